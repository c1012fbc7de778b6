"""The response clock: when the first answer is due, by what was said.

Start values derived from what patients expect and platforms advise (81 % expect an answer within a week, a fifth within a
day: BrightLocal, Local Consumer Review Survey, 2020 to 2026); a clinic will be able to change them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bedside.accounts.models import Location
from bedside.lib import opening
from bedside.text.assessment import Assessment, Intent, Sentiment, Urgency


@dataclass(frozen=True, slots=True)
class ClockRule:
    """How long until the first answer; counted in opening hours, or by the wall clock."""

    name: str
    amount: timedelta
    in_opening_hours: bool


EMERGENCY = ClockRule("emergency", timedelta(minutes=15), in_opening_hours=False)
DANGER = ClockRule("danger", timedelta(hours=2), in_opening_hours=False)
COMPLAINT = ClockRule("complaint", timedelta(hours=4), in_opening_hours=True)
QUESTION = ClockRule("question", timedelta(hours=8), in_opening_hours=True)
ORDINARY = ClockRule("ordinary", timedelta(hours=24), in_opening_hours=False)
PRAISE = ClockRule("praise", timedelta(hours=72), in_opening_hours=False)
SPAM = ClockRule("spam", timedelta(days=7), in_opening_hours=False)
RULES = {rule.name: rule for rule in (EMERGENCY, DANGER, COMPLAINT, QUESTION, ORDINARY, PRAISE, SPAM)}

SOON = timedelta(hours=2)


def rule_for(assessment: Assessment, rating: int | None) -> ClockRule:
    """Return the rule that decides; the most pressing one comes first."""
    if assessment.urgency is Urgency.EMERGENCY:
        return EMERGENCY
    if assessment.urgency is Urgency.HIGH:
        return DANGER
    if assessment.kind is Intent.SPAM:
        return SPAM
    if (rating is not None and rating <= 2) or assessment.kind is Intent.COMPLAINT:
        return COMPLAINT
    if assessment.kind is Intent.QUESTION:
        return QUESTION
    if (rating is not None and rating >= 4) or assessment.sentiment is Sentiment.POSITIVE:
        return PRAISE
    return ORDINARY


def due_at(rule: ClockRule, start: datetime, location: Location) -> datetime:
    """Return when the first answer is due, in UTC."""
    if not rule.in_opening_hours:
        return start + rule.amount
    return opening.add(start, rule.amount, location.hours, location.time_zone)


def left(rule: ClockRule, now: datetime, due: datetime, location: Location) -> timedelta:
    """Return what is left on the clock, negative when it is late, in the time the rule counts."""
    if now >= due or not rule.in_opening_hours:
        return due - now
    return opening.between(now, due, location.hours, location.time_zone)


def go_on(rule: ClockRule, now: datetime, paused_left: timedelta, location: Location) -> datetime:
    """Return the new due time of a clock that stood still with this much left; late stays late by as much."""
    if paused_left <= timedelta(0) or not rule.in_opening_hours:
        return now + paused_left
    return opening.add(now, paused_left, location.hours, location.time_zone)
