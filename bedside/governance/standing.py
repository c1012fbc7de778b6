"""How a channel stands: a sign, a few words, and whether somebody has to do something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bedside.accounts.models import Channel, ChannelState
from bedside.connectors.base import Can, Manifest, Mode
from bedside.lib.words import ago


@dataclass(frozen=True, slots=True)
class Standing:
    """`alarm` is stop when a person has to reconnect, care when the platform does not answer, else empty."""

    sign: str
    tone: str
    words: str
    alarm: str = ""


def standing(channel: Channel, now: datetime) -> Standing:
    """Return how the channel stands. Fetch it with `credential` and `sync`."""
    if channel.state == ChannelState.EXPIRED:
        return Standing("stop", "stop", _("Reconnect needed"), "stop")
    if not channel.has_credential:
        return Standing("gone", "", _("Disconnected"))
    if channel.state == ChannelState.PAUSED:
        return Standing("held", "wait", _("Paused"))
    if Can.FETCH not in channel.manifest.can:
        return Standing("good", "good", _("Connected"))
    return _heard(channel, now)


def _heard(channel: Channel, now: datetime) -> Standing:
    sync = getattr(channel, "sync", None)
    if sync and sync.failures and sync.heard_at:
        return Standing("care", "care", _("No answer, last heard %(ago)s") % {"ago": ago(sync.heard_at, now)}, "care")
    if sync and sync.failures:
        return Standing("care", "care", _("No answer yet"), "care")
    if sync and sync.heard_at:
        return Standing("good", "good", _("Heard %(ago)s") % {"ago": ago(sync.heard_at, now)})
    return Standing("queued", "", _("Being listened to for the first time"))


def abilities(manifest: Manifest) -> list[tuple[bool, str]]:
    """Return what a platform can and cannot do, in words."""
    can = manifest.can
    return [
        (bool(can & {Can.FETCH, Can.RECEIVE, Can.STREAM}), _("listen")),
        (Can.REPLY in can, _("answer")),
        (Can.PUBLISH in can, _("publish")),
        (Can.MODERATE in can, _("take back")),
    ]


def modes() -> list[tuple[Mode, str, str, str]]:
    """Return each way a channel works: its icon, its name and what it means."""
    return [
        (
            Mode.API,
            "plug",
            _("Connected by API"),
            _("Bedside and the platform speak with each other. New things arrive by themselves, and answers go out."),
        ),
        (
            Mode.FEED,
            "mail",
            _("By feed or e-mail"),
            _("The platform tells us. You answer there; Bedside keeps the text, the check and the proof."),
        ),
        (Mode.HAND, "hand", _("By hand"), _("Paste in what you see, copy out what you answer.")),
    ]
