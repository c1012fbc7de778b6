import pytest

from bedside.guard import Context, check
from bedside.guard.identifiers import checksums
from bedside.guard.identifiers.numbers import births, numbers

FOUND = [
    ("us_ssn", "SSN 078-05-1120"),
    ("iban", "CH93 0076 2011 6238 5295 7"),
    ("card", "4111 1111 1111 1111"),
    ("ahv", "756.9217.0769.85"),
    ("dni", "12345678Z"),
    ("codice_fiscale", "RSSMRA85T10A562S"),
    ("nir", "2 55 08 14 168 025 38"),
    ("record", "MRN 4471902"),
    ("record", "Fallnummer 22-8841"),
    ("ip", "192.168.10.4"),
]


@pytest.mark.parametrize(("kind", "text"), FOUND)
def test_an_identifier_is_found(kind: str, text: str) -> None:
    assert kind in {found for _, _, found in numbers(text)}


@pytest.mark.parametrize(
    "text", ["4111 1111 1111 1112", "12345678A", "Open since 1998", "24/7", "756.9217.0769.84", "8:30 to 17:00"]
)
def test_what_fails_its_checksum_is_no_identifier(text: str) -> None:
    assert not list(numbers(text))


@pytest.mark.parametrize(
    "text",
    [
        "born 14/03/1961",
        "geboren am 14.03.1961",
        "nacida el 3 de mayo de 1980",
        "née le 14/03/1961",
        "nato il 14/03/1961",
    ],
)
def test_a_date_of_birth_is_found(text: str) -> None:
    assert list(births(text))


def test_the_clinics_own_phone_passes() -> None:
    text = "Please call us at 01632 960482."
    assert not check(text, Context(contacts=("01632 960482",))).findings


def test_a_phone_of_the_person_blocks() -> None:
    assert check("We tried to reach you at 555-093-4410.").is_blocked


def test_a_steuer_id_has_its_checksum() -> None:
    assert checksums.steuer_id("86095742719") and not checksums.steuer_id("86095742718")
