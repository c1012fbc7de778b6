"""What was heard, as it was received, and how far each channel has been listened to.

Retention: a processed RawItem is deleted after a week; a rejected row of an import keeps its line number and reason, never
its text; an import's file is deleted when it has been read.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bedside.accounts.models import Channel, Member, Organisation
from bedside.lib.due import DueQuerySet, DueRow
from bedside.lib.tenant import TenantQuerySet


class Sync(DueRow):
    """The polling state of a channel: where it stopped, and when it listens again."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="sync")
    cursor = models.TextField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    heard_at = models.DateTimeField(null=True)  # the last time the platform answered

    objects: ClassVar[DueQuerySet[Sync]] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="sync_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["lease"], name="sync_lease", condition=~models.Q(lease="")),
        ]

    def __str__(self) -> str:
        return f"sync of channel {self.channel_id}"


class Form(models.TextChoices):
    PUSH = "push", _("As the platform pushed it")
    INCOMING = "incoming", _("As the connector read it")


class RawItem(models.Model):
    """One item as received; the same content on the same channel is stored once."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="raw_items")
    form = models.CharField(max_length=10, choices=Form)
    content_hash = models.CharField(max_length=64)
    content = models.TextField()
    received_at = models.DateTimeField(default=timezone.now)
    ingested_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "content_hash"], name="raw_item_once")]
        indexes = [
            models.Index(fields=["id"], name="raw_item_waiting", condition=models.Q(ingested_at__isnull=True)),
            models.Index(fields=["ingested_at"], name="raw_item_done", condition=models.Q(ingested_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"raw item {self.pk}"


class ImportState(models.TextChoices):
    MAPPING = "mapping", _("Waiting for its columns")
    READING = "reading", _("Reading")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class Import(DueRow):
    """One file of mentions brought in. `mapping` says which column is what: {"text": "Review", …}."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="imports")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    path = models.CharField(max_length=500, blank=True)  # under the data directory; empty once read
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.MAPPING)
    mapping = models.JSONField(default=dict)
    bytes_in_all = models.PositiveBigIntegerField(default=0)
    bytes_read = models.PositiveBigIntegerField(default=0)
    lines_read = models.PositiveBigIntegerField(default=0)
    new = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    known = models.PositiveBigIntegerField(default=0)
    bad = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[DueQuerySet[Import]] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="import_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["organisation", "-id"], name="import_newest"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def percent(self) -> int:
        """How much of the file has been read, 0 to 100."""
        return min(100, self.bytes_read * 100 // self.bytes_in_all) if self.bytes_in_all else 0

    @property
    def rows(self) -> int:
        """How many rows have been read, good and bad."""
        return self.new + self.changed + self.known + self.bad

    def time_left(self, now: datetime) -> timedelta | None:
        """Return how long reading will go on, None before that can be said. `due_at` is when it began."""
        if self.due_at is None or not self.bytes_read or now <= self.due_at:
            return None
        return (now - self.due_at) / self.bytes_read * max(0, self.bytes_in_all - self.bytes_read)


class BadRowQuerySet(TenantQuerySet["BadRow"]):
    path = "of_import__organisation"


class BadRow(models.Model):
    """A row that could not be read: which line, and why."""

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="bad_rows")
    line = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)

    objects: ClassVar[BadRowQuerySet] = BadRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("line",)
        indexes = [models.Index(fields=["of_import", "line"], name="bad_row_line")]

    def __str__(self) -> str:
        return f"line {self.line}"
