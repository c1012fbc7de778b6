"""The first run: once, and from elsewhere only with the code."""

import pytest
from django.conf import settings
from django.test import Client

from bedside.accounts.models import Location, Member, Organisation, User
from bedside.governance.models import AuditEvent, Policy
from bedside.lib.installation import setup_code
from bedside.testing import make_user

pytestmark = pytest.mark.django_db
FILLED = {
    "organisation": "Fährmatt Praxen",
    "country": "CH",
    "language": "de",
    "name": "Mira Ackeret",
    "email": "Mira@clinic.example",
    "password": "three little ferries",
}
ELSEWHERE = {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}


@pytest.fixture
def here() -> Client:
    return Client(headers={"host": "localhost"})


def test_one_page_makes_organisation_location_and_owner(here: Client) -> None:
    response = here.post("/first-run/", FILLED)
    assert response.status_code == 302
    member, location = Member.objects.get(), Location.objects.get()
    assert (member.role, member.user.email) == ("owner", "mira@clinic.example")
    assert (location.name, location.time_zone, location.profile) == ("Fährmatt Praxen", "Europe/Zurich", "ch")
    assert Policy.objects.get().eyes == "always"
    assert AuditEvent.objects.get().action == "organisation.created"
    assert here.get("/settings/").status_code == 200  # signed in


def test_second_run_leads_to_the_door(here: Client) -> None:
    make_user()
    assert here.get("/first-run/")["Location"] == "/accounts/login/"
    here.post("/first-run/", FILLED)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "how",
    [
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_another_machine_needs_the_code(here: Client, how: dict[str, str]) -> None:
    assert "Setup code" in here.get("/first-run/", **how).content.decode()
    assert here.post("/first-run/", FILLED, **how).status_code == 200
    here.post("/first-run/", FILLED | {"setup_code": "guessed"}, **how)
    assert not User.objects.exists()
    here.post("/first-run/", FILLED | {"setup_code": setup_code(settings.HOME)}, **how)
    assert User.objects.count() == 1


def test_name_of_another_machine_needs_the_code(client: Client) -> None:
    assert "Setup code" in client.get("/first-run/").content.decode()  # the test client calls itself testserver


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("organisation", "", "Write the name of your practice or group."),
        ("country", "US", "This country has several time zones. Choose one."),
        ("email", "mira", "Write the address like name@clinic.example."),
        ("password", "short", "Choose a password of 12 letters or more."),
        ("password", "mira@clinic.example", "does not look like your name or address"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_typed_is_lost(
    here: Client, field: str, value: str, sentence: str
) -> None:
    page = here.post("/first-run/", FILLED | {field: value}).content.decode()
    assert sentence in page
    assert "Mira Ackeret" in page
    assert "three little ferries" not in page
    assert not User.objects.exists()


def test_browser_says_country_and_language(here: Client) -> None:
    page = here.get("/first-run/", HTTP_ACCEPT_LANGUAGE="de-AT,de;q=0.9").content.decode()
    assert '<option value="AT" selected>' in page and '<option value="de" selected>' in page
