"""What a conversation's clock shows now: its shape, its words, and how much of it is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bedside.inbox.clock import RULES, SOON
from bedside.lib import words


@dataclass(frozen=True, slots=True)
class Reading:
    """`state` is late, soon, calm, paused or none; `percent` is what is left of the arc, 3 to 100."""

    state: str
    words: str
    percent: int = 100


def read(
    *, due_at: datetime | None, paused_left: timedelta | None, start: datetime, now: datetime, zone: str
) -> Reading:
    """Return what the clock shows at `now` in the location's time zone."""
    if due_at is None:
        return Reading("none", "")
    if paused_left is not None:
        return Reading("paused", _("paused at %(span)s") % {"span": words.span(paused_left)})
    left = due_at - now
    if left <= timedelta(0):
        return Reading("late", words.due(due_at, now, zone))
    whole = max(due_at - start, timedelta(minutes=1))
    percent = max(3, min(100, round(left / whole * 100)))
    return Reading("soon" if left <= SOON else "calm", words.due(due_at, now, zone), percent)


def rule_sentence(name: str) -> str:
    """Return the rule behind a clock as a sentence."""
    sentences = {
        "emergency": _("Somebody may be in danger now: looked at within 15 minutes, day and night."),
        "danger": _("Harm, law, press or privacy are spoken of: answered within 2 hours, day and night."),
        "complaint": _("A low rating or a complaint is answered within 4 opening hours."),
        "question": _("A question is answered within 8 opening hours."),
        "ordinary": _("An ordinary mention is answered within a day."),
        "praise": _("Praise is answered within three days."),
        "spam": _("This looks like advertising; it can wait a week, or be resolved."),
    }
    return sentences[name] if name in RULES else ""
