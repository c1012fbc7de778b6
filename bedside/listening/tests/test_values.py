"""What people and platforms write for a rating, a date, an address."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bedside.listening import values
from bedside.listening.values import DateOrder

ZURICH = ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("4", 4), ("4.0", 4), ("4,0", 4), (" 4 ", 4), ("4/5", 4), ("4 / 5", 4), ("8/10", 4), ("80 %", 4), ("4.4", 4), ("4,6", 5),
        ("★★★★☆", 4), ("★★★★★", 5), ("★", 1), ("⭐⭐⭐", 3), ("⭐️⭐️", 2),
        ("4 stars", 4), ("1 star", 1), ("4 Sterne", 4), ("4 von 5 Sternen", 4), ("4 estrellas", 4), ("4 de 5", 4),
        ("4 étoiles", 4), ("4 sur 5", 4), ("4 stelle", 4), ("4 su 5", 4), ("4 out of 5", 4), ("4 out of 5 stars", 4),
        ("FOUR", 4), ("five", 5), ("STAR_RATING_UNSPECIFIED", None), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_reads_ratings(text, stars):
    assert values.rating(text) == stars


@pytest.mark.parametrize(
    "text", ["0", "6", "11", "6/5", "-3", "good", "☆☆☆☆☆", "4/0", "4 stars of 5 of 6", "٤٤٤", "1e9", "4" * 400]
)
def test_refuses_what_is_no_rating(text):
    with pytest.raises(ValueError, match=r"."):
        values.rating(text)


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("2026-11-03", "day", "2026-11-03T12:00+01:00"),
        ("2026-11-03T14:05:09Z", "day", "2026-11-03T14:05:09+00:00"),
        ("2026-11-03 14:05:09 UTC", "day", "2026-11-03T14:05:09+00:00"),
        ("2026-11-03 14:05:09 +0100", "day", "2026-11-03T14:05:09+01:00"),
        ("2026-11-03 14:05", "day", "2026-11-03T14:05+01:00"),
        ("2026-11-03T14:05:09.123456Z", "day", "2026-11-03T14:05:09.123456+00:00"),
        ("2026/11/3", "day", "2026-11-03T12:00+01:00"),
        ("03.11.2026", "day", "2026-11-03T12:00+01:00"),
        ("3.11.26", "day", "2026-11-03T12:00+01:00"),
        ("03.11.2026", "month", "2026-11-03T12:00+01:00"),
        ("03.11.2026 14:05", "day", "2026-11-03T14:05+01:00"),
        ("03.11.2026, 14:05 Uhr", "day", "2026-11-03T14:05+01:00"),
        ("03/11/2026", "day", "2026-11-03T12:00+01:00"),
        ("11/03/2026", "month", "2026-11-03T12:00+01:00"),
        ("11/3/2026 2:05 PM", "month", "2026-11-03T14:05+01:00"),
        ("11/3/2026 12:05 am", "month", "2026-11-03T00:05+01:00"),
        ("03-11-2026", "day", "2026-11-03T12:00+01:00"),
        ("15.07.2026 14:05", "day", "2026-07-15T14:05+02:00"),
        ("1793714709", "day", "2026-11-03T14:05:09+00:00"),
        ("1793714709000", "day", "2026-11-03T14:05:09+00:00"),
    ],
)
def test_reads_moments(text, order, moment):
    assert values.moment(text, order=DateOrder(order), zone=ZURICH) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text", ["gestern", "2 weeks ago", "31.02.2026", "13/13/2026", "2026-13-01", "1", "99999", "11/3/2026 14:05 PM"]
)
def test_refuses_what_is_no_moment(text):
    with pytest.raises(ValueError, match=r"."):
        values.moment(text, order=DateOrder.DAY, zone=ZURICH)


def test_nobody_reviews_in_the_future_or_before_the_web():
    now = datetime(2026, 3, 3, tzinfo=UTC)
    assert values.is_plausible(datetime(2026, 3, 3, 20, tzinfo=UTC), now)
    assert not values.is_plausible(datetime(2026, 3, 5, tzinfo=UTC), now)
    assert not values.is_plausible(datetime(1970, 1, 1, tzinfo=UTC), now)


@pytest.mark.parametrize(
    ("texts", "country", "order"),
    [
        (["03/11/2026", "15/11/2026"], "US", "day"),
        (["03/11/2026", "11/15/2026"], "CH", "month"),
        (["03/11/2026"], "US", "month"),
        (["03/11/2026"], "GB", "day"),
        (["15.11.2026"], "US", "month"),
        ([], "CH", "day"),
    ],
)
def test_the_file_tells_the_order_of_its_dates_or_else_the_country(texts, country, order):
    assert values.guess_order(texts, country=country) == order


@pytest.mark.parametrize(
    ("text", "code"), [("de", "de"), ("de-CH", "de"), ("EN_us", "en"), ("German", ""), ("", ""), ("pt-BR", "pt")]
)
def test_reads_languages(text, code):
    assert values.language(text) == code


@pytest.mark.parametrize(
    ("text", "url"), [("https://a.example/1", "https://a.example/1"), ("javascript:alert(1)", ""), ("", "")]
)
def test_takes_web_addresses_alone(text, url):
    assert values.url(text) == url
