from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.guard import Context, Severity, TextKind, check
from bedside.guard.identifiers import checksums, find, tagger
from bedside.guard.identifiers.dates import ages, dates
from bedside.guard.identifiers.numbers import births, numbers
from bedside.guard.identifiers.phones import is_phone
from bedside.guard.identifiers.places import streets
from bedside.guard.pack import LANGUAGES

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}

# Kind, a right one, and one that is nearly right: a wrong check digit, or the form without what makes it an identifier.
NUMBERS = [
    ("us_ssn", "SSN 078-05-1120", "078-05-11"),
    ("itin", "912-71-1234", "912-41-1234"),
    ("medicare", "1EG4-TE5-MK73", "1EG4-SE5-MK73"),
    ("iban", "CH93 0076 2011 6238 5295 7", "CH93 0076 2011 6238 5295 8"),
    ("iban", "DE89370400440532013000", "DE89370400440532013001"),
    ("card", "4111 1111 1111 1111", "4111 1111 1111 1112"),
    ("ahv", "756.9217.0769.85", "756.9217.0769.84"),
    ("nhs", "943 476 5919", "943 476 5918"),
    ("nino", "AB 12 34 56 C", "QQ 12 34 56 C"),
    ("nir", "2 55 08 14 168 025 38", "2 55 08 14 168 025 39"),
    ("dni", "12345678Z", "12345678A"),
    ("dni", "X-1234567-L", "X-1234567-M"),
    ("nuss", "28 12345678 40", "28 12345678 41"),
    ("codice_fiscale", "RSSMRA85T10A562S", "RSSMRA85T10A562T"),
    ("kvnr", "A123456780", "A123456781"),
    ("vsnr", "15070649C103", "15070649C104"),
    ("svnr", "1237 010180", "1238 010180"),
    ("steuer_id", "Steuer-ID 86 095 742 719", "Steuer-ID 86 095 742 718"),
    ("steuer_id", "IdNr. 86095742719", "86 095 742 719"),
    ("ehic", "80756 00001 23456 78903", "80756 00001 23456 78904"),
    ("dea", "AB1234563", "AB1234564"),
    ("record", "MRN 4471902", "MRN unknown, 4 of 5"),
    ("record", "Fallnummer 22-8841", "Fallzahl 22"),
    ("licence", "driver's license no. F1628235", "a licence for 20 years"),
    ("licence", "pasaporte XDB123456", "pasaporte en regla"),
    ("licence", "Führerschein Nr. B072RRE2I55", "Führerschein seit 1998"),
    ("account", "account number is 12345678", "2 accounts"),
    ("account", "Konto 12 345 678", "Konto seit 1998"),
    ("vehicle", "licence plate ABC 1234", "our plates are 1 m wide"),
    ("vehicle", "Kennzeichen M-AB 1234", "Kennzeichen guter Medizin"),
    ("vehicle", "Kontrollschild ZH 123456", "Kontrollschild der Praxis 1"),
    ("vehicle", "matrícula 1234 BCD", "matrícula de 2024"),
    ("vehicle", "plaque AB-123-CD", "AB-123-C"),
    ("vehicle", "1HGBH41JXMN109186", "1HGBH41J1MN109186"),
    ("device", "serial number HX20417", "serial numbers of 3 devices"),
    ("device", "Seriennummer: 99-8812A", "Seriennummer fehlt, 2 Geräte"),
    ("device", "00:1B:44:11:3A:B7", "00:1B:44:11:3A"),
    ("device", "00-1b-44-11-3a-b7", "00-12-44-11-34-77"),
    ("licence", "certificado ABC12345", "certificado ISO-9001"),
    ("device", "(01)10614141000415(21)ABC123", "(01)10614141000416(21)ABC123"),
    ("ip", "192.168.10.4", "192.168.10.400"),
    ("ip", "2001:db8:85a3:0:0:8a2e:370:7334", "10:30:15"),
]


@pytest.mark.parametrize(("kind", "right", "nearly"), NUMBERS)
def test_a_number_is_found_and_a_near_miss_is_not(kind: str, right: str, nearly: str) -> None:
    assert kind in {found.kind for found in numbers(right)}
    assert kind not in {found.kind for found in numbers(nearly)}


@pytest.mark.parametrize("text", ["Open since 1998", "24/7", "8:30 to 17:00", "100 % of 3,000 people in 12 rooms"])
def test_everyday_numbers_identify_nobody(text: str) -> None:
    assert not list(numbers(text))


CHECKED = [
    (checksums.luhn, "4111111111111111"),
    (checksums.ahv, "7569217076985"),
    (checksums.nhs, "9434765919"),
    (checksums.steuer_id, "86095742719"),
    (checksums.kvnr, "A123456780"),
    (checksums.vsnr, "15070649C103"),
    (checksums.svnr, "1237010180"),
    (checksums.gtin, "10614141000415"),
    (checksums.iban, "DE89370400440532013000"),
    (checksums.dea, "AB1234563"),
]


@pytest.mark.parametrize(("is_right", "number"), CHECKED, ids=lambda value: getattr(value, "__name__", ""))
@given(data=st.data())
def test_one_wrong_digit_breaks_a_checksum(is_right: Callable[[str], bool], number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([place for place, c in enumerate(number) if c.isdigit()]))
    other = data.draw(st.sampled_from("0123456789").filter(lambda c: c != number[place]))
    assert is_right(number)
    if is_right in (checksums.dea, checksums.svnr, checksums.vsnr):
        return  # their weights let some through
    assert not is_right(number[:place] + other + number[place + 1 :])


DATES = [
    ("en", "the twenty-first of May, 2024", "it may be the twenty-first time"),
    ("en", "March 3rd, 1961", "march on"),
    ("de", "am dritten Mai 2024", "zum dritten Mal"),
    ("de", "3. Februar", "3. Stock"),
    ("es", "el veintiuno de mayo de 2024", "veintiuno de cada cien"),
    ("es", "1 de enero", "1 de cada 3"),
    ("fr", "le premier mai", "le premier mot"),
    ("fr", "vingt et un mars 1999", "vingt et un jours"),
    ("it", "il ventuno maggio 2024", "il ventuno per cento"),
    ("it", "1° giugno", "1° piano"),
    ("any", "2024-05-12", "2024-15-42"),
    ("any", "14.03.1961", "version 14.30.1961.2"),
]


@pytest.mark.parametrize(("language", "text", "near"), DATES)
def test_a_date_is_found_in_digits_and_in_words(language: str, text: str, near: str) -> None:
    assert [found.kind for found in dates(text)] == ["date"]
    assert not list(dates(near))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(list(LANGUAGES)))
def test_any_day_is_found_in_any_language(day: date, language: str) -> None:
    month = MONTHS[language].split()[day.month - 1]
    written = f"{day.day} de {month} de {day.year}" if language == "es" else f"{day.day}. {month} {day.year}"
    (found,) = dates(f"x, {written}, y")
    assert written == f"x, {written}, y"[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("a lady 93 years old", "a lady 83 years old"),
        ("a 90-year-old", "our clinic is 90 years old"),
        ("93 Jahre alt", "unser Haus ist 93 Jahre alt"),
        ("dreiundneunzigjährig", "dreiundzwanzigjährig"),
        ("tiene 94 años", "más de 94 años de experiencia"),
        ("elle a 95 ans", "95 ans d'expérience"),
        ("ha 96 anni", "da 96 anni"),
    ],
)
def test_an_age_over_89_is_found(text: str, near: str) -> None:
    assert list(ages(text))
    assert not list(ages(near))


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("14 Elm Tree Road", "14 people on the road"),
        ("Lindenstrasse 14", "die Strasse 14 Tage lang"),
        ("calle de Olmo, 14", "la calle 14 días cerrada"),
        ("14 bis, rue des Ormes", "14 personnes dans la rue"),
        ("via degli Olmi 14", "via libera per 14 giorni"),
        ("PO Box 1234", "box 12 in the hall"),
    ],
)
def test_a_street_is_found(text: str, near: str) -> None:
    assert list(streets(text))
    assert not list(streets(near))


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


@pytest.mark.parametrize(
    ("language", "number", "nearly"),
    [
        ("en", "(212) 736-5000", "736-50"),
        ("en", "+41 44 668 18 00", "+41 99 668 18 00"),
        ("de", "044 668 18 00", "000 668 18 00"),
        ("es", "914 320 100", "014 320 100"),
        ("fr", "01 42 68 53 00", "00 42 68 53 00"),
        ("it", "06 6982 0000", "99 6982"),
    ],
)
def test_a_phone_number_follows_a_numbering_plan(language: str, number: str, nearly: str) -> None:
    assert is_phone(number, language)
    assert not is_phone(nearly, language)


def test_a_phone_that_is_not_the_clinics_own_is_a_warning() -> None:
    def severities(own: str, text: str = "Please call us at (212) 736-5000.") -> list[Severity]:
        found = check(text, Context(contacts=(own,))).findings
        return [f.severity for f in found if f.rule == "identifier.contact"]

    assert severities("(212) 736-5000") == []
    assert severities("(212) 736-5111") == [Severity.WARN]
    assert severities("(212) 736-5111", "The public helpline is 800-222-1222.") == []


def test_a_phone_of_the_person_blocks() -> None:
    assert check("We tried to reach you at 555-093-4410.").is_blocked


def test_a_steuer_id_has_its_checksum() -> None:
    assert checksums.steuer_id("86095742719") and not checksums.steuer_id("86095742718")


PEOPLE = [
    ("en", "My name is Thornwick Abernathy and I live in Norwell.", ["Thornwick Abernathy", "Norwell"]),
    ("de", "Mein Name ist Annegret Wolkenstein, ich wohne in Winterthur.", ["Annegret Wolkenstein", "Winterthur"]),
    ("es", "Me llamo Casilda Berrocal y vivo en Zaragoza.", ["Casilda Berrocal", "Zaragoza"]),
    ("fr", "Je m'appelle Philiberte Montcalmier et j'habite à Limoges.", ["Philiberte Montcalmier", "Limoges"]),
    ("it", "Mi chiamo Fiordaliso Bentivegna e abito a Ferrara.", ["Fiordaliso Bentivegna", "Ferrara"]),
]


@pytest.mark.parametrize(("language", "text", "named"), PEOPLE)
def test_names_that_no_list_holds_are_found_but_not_sure(language: str, text: str, named: list[str]) -> None:
    found = [one for one in find(text, language) if one.kind in ("person", "place")]
    assert [text[one.start : one.end] for one in found] == named
    assert not any(one.is_sure for one in found)


def test_what_is_found_is_in_order_and_does_not_overlap() -> None:
    text = "Ann Lee, born 3 May 1961, 14 Elm Road, called 555-093-4410 on 12/24/2024 from ann@lee.example."
    found = find(text, "en")
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert {"person", "birth", "street", "phone", "date", "mail"} <= {one.kind for one in found}


@given(st.text(max_size=200), st.sampled_from([*LANGUAGES, "", "xx"]))
def test_any_text_can_be_searched(text: str, language: str) -> None:
    for one in find(text, language):
        assert 0 <= one.start < one.end <= len(text)


def test_a_name_only_the_tagger_sees_is_no_block() -> None:
    verdict = check("Perhaps Winifred Abernathy can say more.")
    assert [f.severity for f in verdict.findings if f.rule == "identifier.possible"] == [Severity.WARN]


def test_the_clinics_own_street_and_people_pass() -> None:
    context = Context(contacts=("2 Harbour Street, Norwell",), staff=("Dr. Thornwick Abernathy",))
    rules = {f.rule for f in check("Ask for Dr. Abernathy at 2 Harbour Street.", context).findings}
    assert not any(rule.startswith("identifier.") for rule in rules)


def test_a_post_may_name_an_account_for_donations() -> None:
    text = "Spenden: Konto 12 345 678."
    assert "identifier.record" in {f.rule for f in check(text).findings}
    assert "identifier.record" not in {f.rule for f in check(text, Context(kind=TextKind.POST)).findings}


def test_looking_at_some_tokens_is_looking_at_all() -> None:
    found = tagger.tokens("Ask Ann Lee of Norwell, born 3 May 1961.")
    assert tagger.labels(found, "en", range(len(found))) == tagger.labels(found, "en")
