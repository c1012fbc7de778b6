"""What the worker does to listen: poll the channels that are due, read imports, and forget what has been read."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from bedside.accounts.models import Channel, ChannelState
from bedside.connectors import errors, registry
from bedside.connectors.base import Can, Fetches, Page
from bedside.lib.due import kept_alive
from bedside.lib.sealing import SealBroken
from bedside.listening import intake
from bedside.listening.importing import KEPT as UPLOAD_KEPT
from bedside.listening.ingest import ingest_waiting, store_incoming
from bedside.listening.models import Import, RawItem, Sync

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=settings.LEASE_SECONDS)
BATCH = 8
KEPT = timedelta(days=7)
MOST_PAGES = 20  # of one channel at a time, so that a talkative one does not silence the others
LONGEST_WAIT = timedelta(hours=1)
UNFORESEEN = gettext_noop("Something unforeseen happened; see the log.")  # kept in English, read in any language


def listen_to(channel: Channel, *, now: datetime) -> Sync | None:
    """Begin to poll a channel, if its platform can be polled."""
    if Can.FETCH not in channel.manifest.can:
        return None
    sync, _ = Sync.objects.get_or_create(channel=channel, defaults={"due_at": now})
    return sync


def listen_to_new(now: datetime) -> int:
    """Begin to poll connected channels that nobody listens to yet. Return how many."""
    silent = Channel.objects.filter(sync=None, state=ChannelState.CONNECTED)
    platforms = silent.order_by("platform").values_list("platform", flat=True).distinct()
    fetched = [
        name for name in platforms if name in registry.INSTALLED and Can.FETCH in registry.get(name).manifest.can
    ]
    new = silent.filter(platform__in=fetched) if fetched else ()
    return sum(listen_to(channel, now=now) is not None for channel in new)


def poll_due(now: datetime) -> int:
    """Fetch what is new on up to BATCH due channels. Return how many were asked."""
    rows = Sync.objects.filter(channel__state=ChannelState.CONNECTED).claim(now, limit=BATCH, lease=LEASE)
    with kept_alive(rows, LEASE):
        for row in rows:
            _poll(Sync.objects.select_related("channel__organisation", "channel__location").get(pk=row.pk))
    return len(rows)


def _poll(sync: Sync) -> None:
    channel = sync.channel
    try:
        cursor = _fetch_all(channel, sync.cursor)
    except (errors.AuthExpired, SealBroken) as exc:
        channel.expire()
        sync.release(due_at=timezone.now(), problem=str(exc)[:300])
    except Exception as exc:
        if not isinstance(exc, errors.ConnectorError):
            logger.exception("channel %s could not be polled", channel.pk)
        elif not sync.failures:
            logger.warning("channel %s does not answer", channel.pk)
        _try_later(sync, exc)
    else:
        if sync.failures:
            logger.info("channel %s answers again", channel.pk)
        heard_at = timezone.now()
        sync.release(due_at=heard_at + _pace(channel), cursor=cursor, failures=0, problem="", heard_at=heard_at)


def _fetch_all(channel: Channel, cursor: str | None) -> str | None:
    """Store page after page, oldest first, and return the cursor of the last one that was stored."""
    connector = cast(Fetches, registry.get(channel.platform))
    session = channel.connect()
    for _ in range(MOST_PAGES):
        page: Page = connector.fetch(session, cursor)
        store_incoming(channel, page.items, now=timezone.now())
        while ingest_waiting(timezone.now()):
            pass
        cursor = page.cursor
        if not page.has_more:
            break
    return cursor


def _pace(channel: Channel) -> timedelta:
    return channel.manifest.poll_every


def _try_later(sync: Sync, exc: Exception) -> None:
    failures = sync.failures + 1
    asked = getattr(exc, "retry_after", None) or timedelta(0)
    wait = min(_pace(sync.channel) * 2 ** min(failures, 6), LONGEST_WAIT)
    message = exc.message if isinstance(exc, errors.ConnectorError) else UNFORESEEN
    sync.release(due_at=timezone.now() + max(wait, asked), failures=failures, problem=message[:300])


def import_due(now: datetime) -> int:
    """Read the import that has waited longest, to its end; a large one takes minutes. Return how many were taken."""
    rows = Import.objects.claim(now, limit=1, lease=LEASE)
    with kept_alive(rows, LEASE):
        for row in rows:
            intake.take(Import.objects.select_related("channel__organisation", "channel__location").get(pk=row.pk))
    return len(rows)


def forget_uploads(now: datetime) -> int:
    """Delete files of uploads that no import knows any more: those of a worker killed at the very end."""
    known = set(Import.objects.exclude(path="").values_list("path", flat=True))
    files = settings.UPLOADS.iterdir() if settings.UPLOADS.exists() else ()
    before = (now - UPLOAD_KEPT).timestamp()
    old = [file for file in files if file.name not in known and file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def forget_ingested(now: datetime) -> int:
    """Delete raw items a week after they were read."""
    deleted, _ = RawItem.objects.filter(ingested_at__lt=now - KEPT).delete()
    return deleted
