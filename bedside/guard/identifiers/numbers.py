"""Find identity numbers, record numbers and dates of birth."""

import re
from collections.abc import Callable, Iterator

from bedside.guard.identifiers import checksums

Found = tuple[int, int, str]

PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool] | None], ...] = (
    ("us_ssn", re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])"), None),
    (
        "iban",
        re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?(?!\w)"),
        checksums.iban,
    ),
    (
        "card",
        re.compile(
            r"(?<![\w-])\d{4}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w-])|(?<![\w-])3\d{3}[ -]?\d{6}[ -]?\d{5}(?![\w-])"
        ),
        checksums.luhn,
    ),
    ("ahv", re.compile(r"(?<!\w)756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?!\w)"), checksums.ahv),
    ("nhs", re.compile(r"(?<![\w-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])"), checksums.nhs),
    (
        "nir",
        re.compile(r"(?<!\w)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AaBb]) ?\d{3} ?\d{3} ?\d{2}(?!\w)"),
        checksums.nir,
    ),
    ("dni", re.compile(r"(?<!\w)(?:[XYZxyz][ -]?\d{7}|\d{8}|\d{2}\.\d{3}\.\d{3})[ -]?[A-Za-z](?!\w)"), checksums.dni),
    (
        "codice_fiscale",
        re.compile(r"(?<!\w)[A-Za-z]{6}\d{2}[A-EHLMPR-Ta-ehlmpr-t]\d{2}[A-Za-z]\d{3}[A-Za-z](?!\w)"),
        checksums.codice_fiscale,
    ),
    ("kvnr", re.compile(r"(?<!\w)[A-Z]\d{9}(?!\w)"), None),
    ("ip", re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.])"), None),
)
LABELLED = re.compile(
    r"(?i)\b(?:mrn|ssn|dob|medical record|patient[- ]?id|patient(?:en)?[- ]?(?:nr|nummer|number|no)|case (?:no|number|id)|case|chart (?:no|number)|"
    r"policy (?:no|number)|member (?:no|number|id)|account (?:no|number)|acct|invoice (?:no|number)|ticket|ref(?:erence)?|record (?:no|number)|fallnummer|fall[- ]?nr|vorgang|vorgangsnummer|"
    r"aktenzeichen|versicher(?:ten|ungs)?(?:nummer|[- ]?nr)|kundennummer|rechnungsnummer|ahv|svnr|sozialversicherungsnummer|steuer[- ]?id|"
    r"historia(?: cl[ií]nica)?|n[uú]mero de (?:historia|p[oó]liza|afiliaci[oó]n|expediente|paciente|factura)|expediente|p[oó]liza|nhc|tarjeta sanitaria|dni|nie|"
    r"dossier|num[eé]ro de (?:dossier|patient|s[eé]curit[eé] sociale|facture|police)|n[º°o] de (?:dossier|patient)|ipp|facture|num[eé]ro d'assur[eé]|"
    r"cartella(?: clinica)?|codice (?:paziente|fiscale)|pratica|numero (?:di )?(?:cartella|pratica|polizza|tessera|paziente)|fattura|tessera sanitaria|nosologico|protocollo)"
    r"[\s.:#-]{0,3}(?:n(?:o|r|um|[º°])?[.:º°]{0,2}|number|nummer|ending(?: in)?|ended|acabad[oa] en|n[uú]mero|num[eé]ro|numero)?[\s.:#]{0,3}"
    r"((?=[\w./-]{0,24}\d)[A-Za-z]{0,4}[\w./-]{3,24})"
)
BIRTH = re.compile(
    r"(?i)\b(?:born(?: on)?|dob|d\.o\.b\.?|date of birth|geb(?:oren)?\.?(?: am)?|geburtsdatum|nacid[oa](?: el)?|fecha de nacimiento|n[eé]e?(?: le)?|date de naissance|nat[oa](?: il)?|data di nascita)"
    r"[\s:]{1,3}(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?,? (?:de )?\d{4}|[^\W\d_]{3,10} \d{1,2}(?:st|nd|rd|th)?,? \d{4})"
)


def numbers(text: str) -> Iterator[Found]:
    """Yield start, end and kind of every number that identifies, in the order of kinds."""
    if not any(character.isdigit() for character in text):
        return
    for kind, pattern, check in PATTERNS:
        for match in pattern.finditer(text):
            plain = re.sub(r"[ .-]", "", match.group())
            if check is None or check(plain):
                yield match.start(), match.end(), kind
    for match in LABELLED.finditer(text):
        yield match.start(), match.end(), "record"


def births(text: str) -> Iterator[Found]:
    """Yield dates of birth."""
    for match in BIRTH.finditer(text):
        yield match.start(), match.end(), "birth"
