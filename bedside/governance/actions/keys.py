"""Making and ending API keys."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bedside.accounts import keys
from bedside.accounts.models import ApiKey, Member
from bedside.governance.audit import record


@transaction.atomic
def make_key(name: str, *, by: Member) -> str:
    """Return a new key; it can be shown now and never again."""
    row, key = keys.make(name, by=by)
    record(by.organisation, "key.made", by=by, subject=f"key {row.pk}", name=name)
    return key


@transaction.atomic
def end_key(row: ApiKey, *, by: Member) -> None:
    """Shut the door for whoever holds this key, at once. Ending it twice changes nothing."""
    if ApiKey.objects.living().filter(pk=row.pk).update(ended_at=timezone.now()):
        record(by.organisation, "key.ended", by=by, subject=f"key {row.pk}", name=row.name)
