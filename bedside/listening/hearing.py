"""How well each channel is heard: when it last answered, what is wrong, what to do about it, when it is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.accounts.models import Channel, ChannelState
from bedside.connectors.base import Can
from bedside.lib import words
from bedside.listening.models import Sync


@dataclass(frozen=True, slots=True)
class Hearing:
    """One channel, as the page of listening shows it. `alarm` is stop, care or "" when all is well."""

    channel: Channel
    sign: str
    tone: str
    state: str
    detail: str = ""
    alarm: str = ""
    action: str = ""  # what a person should do, as a verb


def hearings(channels: Sequence[Channel], *, now: datetime) -> list[Hearing]:
    """Return how each channel is heard, those that need somebody first."""
    found = [hearing(channel, now=now) for channel in channels]
    order = {"stop": 0, "care": 1, "": 2}
    return sorted(found, key=lambda one: order[one.alarm])


def hearing(channel: Channel, *, now: datetime) -> Hearing:
    """Return how one channel is heard. Its sync must have been fetched with it."""
    sync: Sync | None = getattr(channel, "sync", None)
    if channel.state == ChannelState.EXPIRED:
        detail = _("Until somebody connects it again nothing is heard here, and no answer goes out.")
        return Hearing(channel, "stop", "stop", _("Signed out by the platform"), detail, "stop", _("Connect again"))
    if channel.state == ChannelState.PAUSED:
        return Hearing(
            channel, "held", "wait", _("Paused by us"), _("What is said meanwhile is fetched when it goes on.")
        )
    if Can.FETCH in channel.manifest.can:
        return _polled(channel, sync, now)
    if Can.RECEIVE in channel.manifest.can or Can.STREAM in channel.manifest.can:
        return Hearing(channel, "good", "good", _("The platform speaks up by itself"))
    return Hearing(channel, "none", "", _("By hand"), _("Bring in what is said there by importing it."))


def _polled(channel: Channel, sync: Sync | None, now: datetime) -> Hearing:
    if sync is None:
        return Hearing(channel, "queued", "", _("Not heard yet"), _("Bedside listens as soon as its worker runs."))
    if sync.failures:
        since = _("last heard %(ago)s") % {"ago": words.ago(sync.heard_at, now)} if sync.heard_at else ""
        state = _("Does not answer, %(since)s") % {"since": since} if since else _("Has not answered yet")
        return Hearing(channel, "care", "care", state, f"{_(sync.problem)} {_next(sync, now)}".strip(), "care")
    if sync.heard_at is None:
        return Hearing(channel, "queued", "", _("Not heard yet"), _next(sync, now))
    heard = _("Heard %(ago)s") % {"ago": words.ago(sync.heard_at, now)}
    return Hearing(channel, "good", "good", heard, _next(sync, now))


def _next(sync: Sync, now: datetime) -> str:
    if sync.due_at is None:
        return ""
    seconds = int((sync.due_at - now).total_seconds())
    if seconds <= 0:
        return _("It is being asked now.")
    if seconds < 60:
        return _("Asked again in %(seconds)s s.") % {"seconds": seconds}
    return _("Asked again in %(span)s.") % {"span": words.span(sync.due_at - now)}


def sentence(found: Sequence[Hearing]) -> str:
    """Say what the page says today."""
    broken = sum(one.alarm == "stop" for one in found)
    silent = sum(one.alarm == "care" for one in found)
    if broken:
        return ngettext(
            "One channel has to be connected again. Until then nothing is heard there.",
            "%(count)s channels have to be connected again. Until then nothing is heard there.",
            broken,
        ) % {"count": broken}
    if silent:
        return ngettext(
            "One channel does not answer. Bedside asks again by itself.",
            "%(count)s channels do not answer. Bedside asks again by itself.",
            silent,
        ) % {"count": silent}
    return ngettext("The one channel is heard.", "All %(count)s channels are heard.", len(found)) % {
        "count": len(found)
    }
