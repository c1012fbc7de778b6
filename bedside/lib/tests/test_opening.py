"""Counting opening time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.lib import opening

HOURS = {day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in opening.DAYS[:5]}
ZONE = "Europe/Zurich"


def at(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-03T09:00+01:00", 2, "2026-03-03T11:00+01:00"),
        ("2026-03-03T11:00+01:00", 2, "2026-03-03T14:00+01:00"),  # over lunch
        ("2026-03-03T16:00+01:00", 2, "2026-03-04T09:00+01:00"),  # over night
        ("2026-03-06T16:00+01:00", 2, "2026-03-09T09:00+01:00"),  # over the weekend
        ("2026-03-07T10:00+01:00", 1, "2026-03-09T09:00+01:00"),  # starts when closed
        ("2026-03-27T16:00+01:00", 2, "2026-03-30T09:00+02:00"),  # the clocks go forward in between
        ("2026-03-03T09:00+01:00", 8, "2026-03-04T09:00+01:00"),
    ],
)
def test_opening_time_is_added(start, hours, end):
    assert opening.add(at(start), timedelta(hours=hours), HOURS, ZONE) == at(end)


def test_without_opening_hours_the_wall_clock_counts():
    assert opening.add(at("2026-03-03T09:00Z"), timedelta(hours=2), {}, ZONE) == at("2026-03-03T11:00Z")


def test_midnight_may_be_written_as_24():
    assert opening.add(at("2026-03-03T23:30+01:00"), timedelta(hours=1), {"tue": [["00:00", "24:00"]]}, ZONE) == at(
        "2026-03-10T00:30+01:00"
    )


@given(
    start=st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2027, 1, 1)),
    minutes=st.integers(min_value=0, max_value=60 * 60),
    zone=st.sampled_from(["UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata"]),
)
def test_what_was_added_lies_between(start, minutes, zone):
    begin, amount = start.replace(tzinfo=UTC), timedelta(minutes=minutes)
    end = opening.add(begin, amount, HOURS, zone)
    assert end >= begin
    assert opening.between(begin, end, HOURS, zone) == amount
