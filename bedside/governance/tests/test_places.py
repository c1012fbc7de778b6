"""Locations: what is typed is kept, in the words of a door plate."""

import pytest
from django.test import Client

from bedside.accounts.models import Location
from bedside.governance.models import AuditEvent
from bedside.testing import make_location, make_member, make_practitioner

pytestmark = pytest.mark.django_db
FILLED = {"name": "Fährmatt Baden", "country": "CH", "language": "de", "time_zone": "", "profile": "ch"}


@pytest.fixture
def owner(client: Client) -> object:
    member = make_member(role="owner")
    client.force_login(member.user)
    return member


def test_location_is_added_with_hours_and_people(client: Client, owner: object) -> None:
    hours = {"mon": "8-12, 13:30-18", "sat": "09:00-11:00"}
    names = "Dr. Ilse Furrer\n\n  Dr. Ilse Furrer \nReto  Amsler"
    response = client.post(
        "/settings/locations/add/", FILLED | hours | {"practitioners": names, "website": "faehrmatt.example"}
    )
    assert response.status_code == 302
    place = Location.objects.get()
    assert place.hours == {"mon": [["08:00", "12:00"], ["13:30", "18:00"]], "sat": [["09:00", "11:00"]]}
    assert place.time_zone == "Europe/Zurich" and place.website == "https://faehrmatt.example"
    assert [person.name for person in place.practitioners.all()] == ["Dr. Ilse Furrer", "Reto Amsler"]
    assert AuditEvent.objects.get().action == "location.added"


def test_form_shows_what_is_kept(client: Client, owner: object) -> None:
    place = make_location(organisation=owner.organisation, hours={"mon": [["08:00", "12:00"]]})  # type: ignore[attr-defined]
    make_practitioner(location=place)
    page = client.get(f"/settings/locations/{place.pk}/").content.decode()
    assert 'value="08:00-12:00"' in page and "Dr. Ilse Furrer" in page


def test_people_who_left_are_taken_off(client: Client, owner: object) -> None:
    place = make_location(organisation=owner.organisation)  # type: ignore[attr-defined]
    stays, leaves = make_practitioner(location=place), make_practitioner(location=place, name="Reto Amsler")
    client.post(f"/settings/locations/{place.pk}/", FILLED | {"practitioners": "Dr. Ilse Furrer"})
    assert [person.pk for person in place.practitioners.all()] == [stays.pk] and leaves.pk != stays.pk
    assert "practitioners" in AuditEvent.objects.get().details["fields"]


def test_log_names_what_changed_and_nothing_else(client: Client, owner: object) -> None:
    filled = FILLED | {
        "time_zone": "Europe/Zurich",
        "mon": "08:00-12:00",
        "practitioners": "Dr. Ilse Furrer\r\nReto Amsler",
    }
    client.post("/settings/locations/add/", filled)
    address = f"/settings/locations/{Location.objects.get().pk}/"
    client.post(address, filled)
    client.post(address, filled | {"tue": "8-12"})
    assert [event.details["fields"] for event in AuditEvent.objects.order_by("number")][1:] == [["tue"]]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Write the name of this place"),
        ("mon", "8 to 12", "Write it like 08:00-12:00, 13:30-18:00"),
        ("email", "nope", "Write the address like name@clinic.example."),
        ("website", "not a site", "Write it like https://clinic.example."),
        ("country", "US", "This country has several time zones."),
    ],
)
def test_bad_input_says_how_to_write_it(client: Client, owner: object, field: str, value: str, sentence: str) -> None:
    page = client.post("/settings/locations/add/", FILLED | {"phone": "056 555 01 40", field: value}).content.decode()
    assert sentence in page and "056 555 01 40" in page and "1 field needs you" in page
    assert value in page
    assert not Location.objects.exists()


def test_name_is_once_in_an_organisation_and_free_in_others(client: Client, owner: object) -> None:
    make_location(name="Fährmatt Baden")
    client.post("/settings/locations/add/", FILLED)
    assert Location.objects.filter(name="Fährmatt Baden").count() == 2
    page = client.post("/settings/locations/add/", FILLED).content.decode()
    assert "You have a location of this name." in page
