"""Opening hours as somebody writes them."""

import pytest

from bedside.lib.opening import NotHours, read_day, write_day


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("08:00-12:00", [["08:00", "12:00"]]),
        ("08:00-12:00, 13:30-18:00", [["08:00", "12:00"], ["13:30", "18:00"]]),
        ("8–12; 13.30–18h", [["08:00", "12:00"], ["13:30", "18:00"]]),
        ("00:00-24:00", [["00:00", "24:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, spans: list[list[str]]) -> None:
    assert read_day(text) == spans
    assert read_day(write_day(spans)) == spans


@pytest.mark.parametrize(
    "text",
    ["8 to 12", "12-8", "08:00", "8-25", "08:70-09:00", "24:30-24:40", "8-12, 11-14", "8-9, 10-11, 12-13", "closed"],
)
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(NotHours):
        read_day(text)
