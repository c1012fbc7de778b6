"""Times and numbers as words: "in 36 min", "40 min late", "2,200". Filters for the templates."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats, timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WITH_CAPITALS = {"en", "de"}  # the languages that write days and months with a capital letter


def span(amount: timedelta) -> str:
    """Return an amount of time in its two largest useful units: "36 min", "4 h 36", "3 d"."""
    minutes = int(abs(amount).total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return _("%(days)s d") % {"days": hours // 24}
    if hours and minutes:
        return _("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(minutes)s min") % {"minutes": minutes}


def due(moment: datetime, now: datetime, zone: str = "UTC") -> str:
    """Return when something is due: "40 min late", "in 36 min", "tomorrow 10:00", "Friday 10:00", "3 Dec"."""
    if moment <= now:
        return _("%(span)s late") % {"span": span(now - moment)}
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    days = (local.date() - today).days
    if moment - now < timedelta(hours=12) or days == 0:
        return _("in %(span)s") % {"span": span(moment - now)}
    if days == 1:
        return _("tomorrow %(clock)s") % {"clock": clock(local)}
    return f"{weekday(local)} {clock(local)}" if days < 7 else day(local)


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago: "just now", "12 min ago", "4 h ago", and the date after two days."""
    passed = now - moment
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=24):
        hours = int(passed.total_seconds() // 3600)
        amount = span(timedelta(hours=hours)) if hours else span(passed)
        return _("%(span)s ago") % {"span": amount}
    return day(moment)


def clock(moment: datetime) -> str:
    """Return hours and minutes."""
    return f"{moment:%H:%M}"


def day(moment: datetime) -> str:
    """Return day and month, and the year when it is another one."""
    is_this_year = moment.year == timezone.now().year
    return _written(moment, pgettext("date", "j M") if is_this_year else pgettext("date", "j M Y"))


def weekday(moment: datetime) -> str:
    """Return the name of the day."""
    return _written(moment, "l")


def long_day(moment: datetime) -> str:
    """Return weekday, day, month and year."""
    return _written(moment, pgettext("date", "l j F Y"))


def _written(moment: datetime, form: str) -> str:
    """Return a date in words; only some languages write days and months with a capital letter."""
    written = formats.date_format(moment, form)
    return written if translation.get_language() in WITH_CAPITALS else written.lower()


def local(moment: datetime, zone: str) -> datetime:
    """Return the moment on the wall clock of a time zone."""
    return moment.astimezone(ZoneInfo(zone))


def moment_words(moment: datetime, zone: str = "UTC") -> str:
    """Return day and clock."""
    there = local(moment, zone)
    return f"{day(there)} {clock(there)}"


def number(value: int) -> str:
    """Return a whole number with the grouping of the language."""
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def translated(sentence: str) -> str:
    """Return a sentence that is kept in English in the language of the page. Unlike `_` it trusts no letter of it."""
    return _(sentence)


FILTERS = {
    "ago": ago,
    "capfirst": capfirst,
    "clock": clock,
    "day": day,
    "due": due,
    "local": local,
    "long_day": long_day,
    "moment": moment_words,
    "number": number,
    "span": span,
    "translated": translated,
}
