"""Opening hours as data, and counting time in them.

Hours are {"mon": [["08:00", "12:00"], ["13:30", "18:00"]], …} in the location's own time zone; a missing day is closed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = Mapping[str, Sequence[Sequence[str]]]
WEEKDAYS: Hours = {day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in DAYS[:5]}
HORIZON_DAYS = 60  # a clinic that does not open within two months has no opening hours

MOST_SHIFTS = 2
SHIFT = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})?)?\s*[-–—]\s*(\d{1,2})(?:[:.h](\d{2})?)?"
)  # 8-12, 08:00–12:00, 8.30 - 12h


class NotHours(ValueError):
    """What was written is not a day's opening hours."""


def read_day(text: str) -> list[list[str]]:
    """Return the spans of "08:00-12:00, 13:30-18:00", none for an empty text; raise NotHours for anything else."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    spans = [_read_span(part) for part in parts]
    clocks = [clock for span in spans for clock in span]
    if len(spans) > MOST_SHIFTS or clocks != sorted(set(clocks)):
        raise NotHours
    return spans


def _read_span(text: str) -> list[str]:
    found = SHIFT.fullmatch(text)
    if not found:
        raise NotHours
    opens, closes = _clock(found[1], found[2]), _clock(found[3], found[4])
    if opens >= closes:
        raise NotHours
    return [opens, closes]


def _clock(hour: str, minute: str | None) -> str:
    if int(hour) * 60 + int(minute or 0) > 24 * 60 or int(minute or 0) > 59:
        raise NotHours
    return f"{int(hour):02}:{minute or '00'}"


def write_day(spans: Sequence[Sequence[str]]) -> str:
    """Return a day's hours as `read_day` reads them."""
    return ", ".join(f"{opens}-{closes}" for opens, closes in spans)


def add(start: datetime, amount: timedelta, hours: Hours, zone: str) -> datetime:
    """Return when `amount` of opening time has passed since `start`, in UTC.

    Without any opening hours the wall clock counts.
    """
    left = amount
    for opens, closes in _spans(start, hours, zone):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return start + amount


def between(start: datetime, end: datetime, hours: Hours, zone: str) -> timedelta:
    """Return the opening time from `start` to `end`; zero when `end` is not after `start`."""
    total, has_hours = timedelta(0), False
    for opens, closes in _spans(start, hours, zone):
        has_hours = True
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total if has_hours else max(end - start, timedelta(0))


def _spans(start: datetime, hours: Hours, zone: str) -> Iterator[tuple[datetime, datetime]]:
    """Yield the open spans from `start` on, in UTC, for HORIZON_DAYS."""
    tz = ZoneInfo(zone)
    first = start.astimezone(tz).date()
    for offset in range(HORIZON_DAYS):
        day = first + timedelta(days=offset)
        for opens, closes in hours.get(DAYS[day.weekday()], ()):
            begin, finish = _moment(day, opens, tz), _moment(day, closes, tz)
            if finish > start:
                yield max(begin, start.astimezone(UTC)), finish


def _moment(day: date, clock: str, tz: ZoneInfo) -> datetime:
    """Return the day's clock time in UTC; 24:00 is the next midnight."""
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), tz).astimezone(UTC)
