"""Background work is a row with a due time. A worker claims due rows by a conditional UPDATE, with a lease.

A claim is one statement, the same on SQLite and PostgreSQL: the condition is judged again when the row is locked, so two
workers never hold the same row. A worker that dies loses its lease, and its rows come back. Whoever finishes a row writes
with `release`, which changes nothing when the lease was lost in the meantime.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar
from uuid import uuid4

from django.db import connections, models
from django.db.models import Q
from django.utils import timezone

from bedside.lib.tenant import TenantQuerySet

Row = TypeVar("Row", bound="DueRow", covariant=True)


class DueRow(models.Model):
    """A row that waits for a worker. `due_at` is None when nothing is to be done."""

    due_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    lease = models.CharField(max_length=32, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def release(self, *, due_at: datetime | None = None, **changes: Any) -> bool:
        """Give the row back with its next due time and changes; False, and nothing written, when the lease was lost."""
        changes |= {"due_at": due_at, "leased_until": None, "lease": ""}
        kept = type(self)._base_manager.filter(pk=self.pk, lease=self.lease)
        if not self.lease or not kept.update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True


class DueQuerySet(TenantQuerySet[Row]):
    """Rows of due work."""

    def due(self, now: datetime) -> Self:
        """Return rows whose time has come and that no living worker holds."""
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=now), due_at__lte=now)

    def claim(self, now: datetime, *, limit: int, lease: timedelta) -> list[Row]:
        """Take up to `limit` due rows for `lease`, the longest due first. Nobody else gets them meanwhile."""
        candidates = list(self.due(now).order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
        if not candidates:
            return []
        key = uuid4().hex
        mine = self.filter(pk__in=candidates).due(now).update(lease=key, leased_until=now + lease)
        return list(self.filter(lease=key).order_by("due_at", "pk")) if mine else []


@contextmanager
def kept_alive(rows: list[Any], lease: timedelta) -> Iterator[None]:
    """Renew the lease of claimed rows, a third of its length at a time, for as long as the block runs."""
    if not rows:
        yield
        return
    model, key, done = type(rows[0]), rows[0].lease, threading.Event()

    def renew() -> None:
        while not done.wait(lease.total_seconds() / 3):
            model._base_manager.filter(lease=key).update(leased_until=timezone.now() + lease)
        connections.close_all()

    thread = threading.Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
