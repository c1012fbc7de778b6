"""Countries, their time zones and their rules."""

from zoneinfo import ZoneInfo

import pytest

from bedside.accounts.geography import COUNTRIES, MEANINGS, OWN_RULES, UNION, country_choices, profile_for, zone_choices
from bedside.accounts.models import Profile


def test_every_time_zone_exists() -> None:
    assert all(ZoneInfo(zone) for _name, zone in COUNTRIES.values() if zone)
    assert {zone for _name, zone in COUNTRIES.values() if zone} <= {zone for zone, _name in zone_choices()}


def test_every_profile_is_explained_and_every_member_state_is_there() -> None:
    assert set(MEANINGS) == set(Profile)
    assert UNION | set(OWN_RULES) <= {code for code, _name in country_choices()}


@pytest.mark.parametrize(
    ("country", "profile"),
    [("US", "us-hipaa"), ("DE", "de"), ("CH", "ch"), ("PL", "eu"), ("GB", "us-hipaa"), ("ZZ", "us-hipaa")],
)
def test_rules_follow_the_country_and_are_strict_in_doubt(country: str, profile: str) -> None:
    assert profile_for(country) == profile
