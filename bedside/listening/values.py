"""What people and platforms write for a rating, a date, an address, as values. A ValueError means: not readable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WORDS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}  # as Google Business Profile writes stars
STARS = re.compile(r"[★⭐🌟☆✩✰\s\ufe0f]+")
NUMBER = re.compile(
    r"(?P<value>\d{1,3}(?:[.,]\d+)?)\s*(?:(?:/|out of|of|von|sur|de|su|di)\s*(?P<most>\d{1,3}))?\s*(?P<percent>%)?[^\d/%]{0,20}",
    re.IGNORECASE,
)
DATE = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[./-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>\d{4}|\d{2})"
    r"(?:,?[\sT]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<seconds>\d{2}))?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?)?\s*(?:Uhr|h)?"
)
YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # nobody reviewed anything online before
SOONEST = timedelta(days=1)  # what a wrong time zone may make of today


class DateOrder(StrEnum):
    """What comes first in 03/11/2026."""

    DAY = "day"
    MONTH = "month"


def rating(text: str) -> int | None:
    """Return 1 to 5 stars, None for nothing. Reads 4, 4.0, 4,0, 4/5, 8/10, 80 %, ★★★★☆, 4 stars, FOUR."""
    text = text.strip()
    if not text or text.endswith("_UNSPECIFIED"):
        return None
    if word := WORDS.get(text.upper()):
        return word
    if STARS.fullmatch(text):
        stars = float(sum(text.count(star) for star in "★⭐🌟"))
    elif found := NUMBER.fullmatch(text):
        stars = _scaled(found)
    else:
        raise ValueError("not a rating")
    result = int(stars + 0.5)
    if not 1 <= result <= 5:
        raise ValueError("not from 1 to 5")
    return result


def _scaled(found: re.Match[str]) -> float:
    value = float(found["value"].replace(",", "."))
    if found["percent"]:
        return value / 20
    most = int(found["most"] or 5)
    if most == 0 or value > most:
        raise ValueError("more than the most")
    return value * 5 / most


def moment(text: str, *, order: DateOrder, zone: ZoneInfo) -> datetime:
    """Return the moment, aware. Without a time of day it is noon; without a time zone, the clinic's own."""
    text = text.strip()
    if EPOCH.fullmatch(text):
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)
    if found := DATE.fullmatch(text):
        return _local(found, order, zone)
    if text[:4].isdecimal():
        return _iso(text, zone)
    raise ValueError("not a date")


def _iso(text: str, zone: ZoneInfo) -> datetime:
    text = YEAR_FIRST.sub(lambda found: f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}", text, count=1)
    text = text.removesuffix(" UTC").removesuffix(" GMT") + ("Z" if text.endswith((" UTC", " GMT")) else "")
    if len(text) <= 10:
        return datetime.combine(date.fromisoformat(text), time(12), zone)
    found = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _local(found: re.Match[str], order: DateOrder, zone: ZoneInfo) -> datetime:
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    is_day_first = found["mark"] == "." or order is DateOrder.DAY
    day, month = (first, second) if is_day_first else (second, first)
    hour, minute = (int(found["hour"]), int(found["minute"])) if found["hour"] else (12, 0)
    if half := found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("not an hour")
        hour = hour % 12 + (12 if half in "Pp" else 0)
    year += 2000 if year < 100 else 0
    return datetime(year, month, day, hour, minute, int(found["seconds"] or 0), tzinfo=zone)


def is_plausible(found: datetime, now: datetime) -> bool:
    """Return whether somebody can have written something then."""
    return EARLIEST <= found <= now + SOONEST


def guess_order(texts: Iterable[str], *, country: str) -> DateOrder:
    """Return the order that reads more of these dates; when they do not tell, what is usual in the country."""
    day = month = 0
    for text in texts:
        found = DATE.match(text.strip())
        if found and found["mark"] != ".":
            day += int(found["first"]) > 12
            month += int(found["second"]) > 12
    if day == month:
        return DateOrder.MONTH if country == "US" else DateOrder.DAY
    return DateOrder.DAY if day > month else DateOrder.MONTH


def language(text: str) -> str:
    """Return the code of a language, "" when the text is something else."""
    found = LANGUAGE.fullmatch(text.strip())
    return found[1].lower() if found else ""


def url(text: str) -> str:
    """Return a web address, "" when the text is something else."""
    text = text.strip()
    return text if text.startswith(("https://", "http://")) and len(text) <= 500 and " " not in text else ""


def words(text: str) -> str:
    """Return the text without what no database keeps, and without white space around it."""
    return text.replace("\x00", "").strip()
