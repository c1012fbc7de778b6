"""API keys: making one, and finding whose a key is."""

from __future__ import annotations

import secrets
from hashlib import sha256

from django.utils import timezone

from bedside.accounts.models import ApiKey, Member

PREFIX = "bedside_"  # so that whoever finds one in a log knows what it opens


def make(name: str, *, by: Member) -> tuple[ApiKey, str]:
    """Return a new row and the key itself, which nothing keeps."""
    key = PREFIX + secrets.token_urlsafe(32)
    return ApiKey.objects.create(organisation=by.organisation, name=name, digest=_digest(key), made_by=by), key


def find(key: str) -> ApiKey | None:
    """Return the living key, and note the day; None for one that was ended or never made."""
    found = ApiKey.objects.living().select_related("organisation").filter(digest=_digest(key)).first()
    today = timezone.now().date()
    if found and found.used_on != today:
        ApiKey.objects.filter(pk=found.pk).update(used_on=today)
    return found


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
