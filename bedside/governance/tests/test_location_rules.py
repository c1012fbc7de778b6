"""The rules of a location: chosen on a page, kept where they differ from the profile, written to the log."""

import re

import pytest
from django.db import connection
from django.test import Client

from bedside.accounts.models import Location, Member
from bedside.governance.models import AuditEvent
from bedside.guard.profiles import OPTIONS, PROFILES
from bedside.testing import make_location, make_member

pytestmark = pytest.mark.django_db
UNTOUCHED = dict.fromkeys(OPTIONS, "")


@pytest.fixture
def owner(client: Client) -> Member:
    member = make_member(role="owner")
    client.force_login(member.user)
    return member


@pytest.fixture
def place(owner: Member) -> Location:
    return make_location(organisation=owner.organisation, profile="ch", country="CH")


def page_of(client: Client, place: Location) -> str:
    return client.get(f"/settings/locations/{place.pk}/rules/").content.decode()


def post(client: Client, place: Location, **chosen: str) -> str:
    """Post the form with these answers, follow, and return the page; the location is read again."""
    posted = {"profile": place.profile} | UNTOUCHED | chosen
    page = client.post(f"/settings/locations/{place.pk}/rules/", posted, follow=True).content.decode()
    place.refresh_from_db()
    return page


def checked(page: str) -> dict[str, str]:
    """Return the id of what is chosen, by the name of its question."""
    inputs = [tag for tag in re.findall(r"<input[^>]*radio[^>]*>", page) if " checked" in tag]
    return {re.findall(r'name="(\w+)"', tag)[0]: re.findall(r' id="(\w+)"', tag)[0] for tag in inputs}


def test_every_profile_and_option_is_asked_with_its_sources(client: Client, place: Location) -> None:
    page = page_of(client, place)
    for profile in PROFILES.values():
        assert f'value="{profile.name}"' in page and profile.law.url.replace("&", "&amp;") in page
    for option in OPTIONS.values():
        assert option.asks in page
        for choice in option.choices:
            assert choice.means in page and choice.source.url in page
    assert page.count("Default of these rules") == len(OPTIONS)
    assert page.count("Default for this country") == 1


def test_a_location_nobody_chose_for_keeps_nothing(client: Client, place: Location) -> None:
    assert "are saved" in post(client, place)
    assert place.rules == {"profile": "ch", "options": {}} and not AuditEvent.objects.exists()


def test_a_choice_is_kept_shown_and_written_to_the_log(client: Client, owner: Member, place: Location) -> None:
    page = post(client, place, profile="de", apology="none")
    assert f"The rules of {place.name} are saved." in page
    assert place.rules == {"profile": "de", "options": {"apology": "none"}}
    assert (checked(page)["apology"], checked(page)["privacy"]) == ("id_apology_1", "id_privacy_0")
    event = AuditEvent.objects.get()
    assert (event.action, event.subject) == ("location.rules_changed", f"location {place.pk}")
    assert event.details == {"was": {"profile": "ch", "options": {}}, **place.rules}
    assert "changed the rules of a location" in client.get("/governance/audit-log/").content.decode()
    for path in ("/settings/locations/", f"/settings/locations/{place.pk}/"):
        assert "1 choice of its own" in client.get(path).content.decode()


def test_what_is_left_at_the_default_goes_with_the_profile(client: Client, place: Location) -> None:
    post(client, place, name="displayed")
    assert place.options == {"name": "displayed"}
    post(client, place, profile="at", name="displayed")
    assert place.rules == {"profile": "at", "options": {}}
    post(client, place, profile="at", patient="never")
    assert place.options == {"patient": "never"}


def test_saving_the_same_again_writes_nothing(client: Client, place: Location) -> None:
    post(client, place, apology="none")
    post(client, place, apology="none")
    assert AuditEvent.objects.count() == 1


def test_another_profile_is_looked_at_and_nothing_is_kept(client: Client, place: Location) -> None:
    posted = {"profile": "at", "look": "1"} | UNTOUCHED
    address = f"/settings/locations/{place.pk}/rules/"
    drawn = client.post(address, posted, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in drawn and 'id="options"' in drawn
    assert (checked(drawn)["patient"], checked(drawn)["apology"]) == ("id_patient_1", "id_apology_0")
    assert "<html" in client.post(address, posted).content.decode()
    place.refresh_from_db()
    assert place.rules == {"profile": "ch", "options": {}} and not AuditEvent.objects.exists()


@pytest.mark.parametrize("wrong", [{"profile": "mars"}, {"apology": "loud"}, {"patient": "<script>"}])
def test_what_is_not_offered_is_refused_in_one_sentence(client: Client, place: Location, wrong: dict[str, str]) -> None:
    page = post(client, place, **{"privacy": "none"} | wrong)
    assert page.count("This is none of the choices. Choose one of these.") == 1 and "1 field needs you" in page
    assert place.rules == {"profile": "ch", "options": {}} and not AuditEvent.objects.exists()


@pytest.mark.parametrize("lost", ["profile", "apology"])
def test_a_question_that_got_lost_is_asked_again(client: Client, place: Location, lost: str) -> None:
    post(client, place, apology="none")
    posted = {"profile": "ch"} | UNTOUCHED
    del posted[lost]
    page = client.post(f"/settings/locations/{place.pk}/rules/", posted).content.decode()
    place.refresh_from_db()
    assert page.count("Choose one of these.") == 1 and "1 field needs you" in page
    assert place.options == {"apology": "none"}


def test_the_page_of_the_place_no_longer_changes_the_rules(client: Client, place: Location) -> None:
    filled = {"name": place.name, "country": "CH", "language": "de", "time_zone": "", "profile": "es"}
    assert client.post(f"/settings/locations/{place.pk}/", filled).status_code == 302
    place.refresh_from_db()
    assert place.profile == "ch"


@pytest.mark.parametrize("role", ["community_manager", "clinician", "compliance_officer", "auditor", "agency"])
def test_only_those_who_manage_choose(client: Client, place: Location, role: str) -> None:
    client.force_login(make_member(role=role, organisation=place.organisation).user)
    address = f"/settings/locations/{place.pk}/rules/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"profile": "de"} | UNTOUCHED).status_code == 403
    place.refresh_from_db()
    assert place.profile == "ch"


def test_a_stranger_changes_nothing(client: Client, place: Location) -> None:
    client.force_login(make_member(role="owner").user)
    assert client.post(f"/settings/locations/{place.pk}/rules/", {"profile": "de"} | UNTOUCHED).status_code == 404
    place.refresh_from_db()
    assert place.profile == "ch"


def test_a_row_written_by_older_code_has_no_choices(place: Location) -> None:
    """The column has its default in the database, so that the version before still adds locations."""
    known = [field.column for field in Location._meta.fields if field.name not in {"id", "options", "name"}]
    columns = ", ".join(known)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO accounts_location (name, {columns}) SELECT 'Older', {columns} FROM accounts_location"
        )
    assert Location.objects.get(name="Older").options == {}
