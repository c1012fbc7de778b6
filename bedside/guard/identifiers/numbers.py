"""Find identity numbers, record numbers, plates and serials, and dates of birth.

Where a number has a checksum it must be right. Numbers without one need their form to be unmistakable, or a label.
The forms and checksums are those the offices that issue them publish; as collected by the python-stdnum documentation,
https://arthurdejong.org/python-stdnum/doc/, read 2026-11-22.
"""

import re
from collections.abc import Callable, Iterator

from bedside.guard.identifiers import checksums
from bedside.guard.identifiers.dates import DIGIT
from bedside.guard.identifiers.found import Found

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
    ("kvnr", re.compile(r"(?<!\w)[A-Za-z] ?\d{3} ?\d{3} ?\d{3}(?!\w)"), checksums.kvnr),
    ("vsnr", re.compile(r"(?<!\w)\d{2} ?[0-3]\d[01]\d{3} ?[A-Za-z] ?\d{3}(?!\w)"), checksums.vsnr),
    ("svnr", re.compile(r"(?<![\w.-])\d{4}[ -][0-3]\d[01]\d{3}(?![\w-])"), checksums.svnr),
    ("steuer_id", re.compile(r"(?<![\w.+-])[1-9]\d(?: ?\d{3}){3}(?![\w-])"), checksums.steuer_id),
    ("nuss", re.compile(r"(?<![\w.-])\d{2}[ /-]\d{7,8}[ /-]\d{2}(?![\w-])"), checksums.nuss),
    (
        "nino",
        re.compile(r"(?<!\w)(?![DFIQUVdfiquv])[A-Za-z](?![DFIOQUVdfioquv])[A-Za-z](?: ?\d\d){3} ?[A-Da-d](?!\w)"),
        None,
    ),
    ("ehic", re.compile(r"(?<!\w)80[ -]?\d{3}(?:[ -]?\d){15}(?!\w)"), checksums.luhn),
    (
        "medicare",
        re.compile(
            r"(?<!\w)[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}(?!\w)"
        ),
        None,
    ),
    ("itin", re.compile(r"(?<![\w-])9\d\d-(?:[5-8]\d|9[0-24-9])-\d{4}(?![\w-])"), None),
    ("dea", re.compile(r"(?<!\w)[A-Z]{2}\d{7}(?!\w)"), checksums.dea),
    (
        "ip",
        re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\d)"),
        None,
    ),
    ("ip", re.compile(r"(?i)(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])"), None),
    ("ip", re.compile(r"(?i)(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])"), None),
    (
        "device",
        re.compile(
            r"(?i)(?<![\w:-])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:-])|(?<![\w:-])(?=[0-9-]*[a-f])(?:[0-9a-f]{2}-){5}[0-9a-f]{2}(?![\w:-])"
        ),
        None,
    ),
    ("device", re.compile(r"\(01\)\d{14}(?:\(\d{2}\)[\w./-]{1,20}){0,4}"), lambda udi: checksums.gtin(udi[4:18])),
    ("vehicle", re.compile(r"(?<!\w)[A-HJ-NPR-Z\d]{8}[\dX][A-HJ-NPR-Z\d]{2}[A-HJ-NPR-Z\d]{6}(?!\w)"), checksums.vin),
    (
        "vehicle",
        re.compile(r"(?<![\w-])[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}(?![\w-])"),
        None,
    ),  # France since 2009, Italy alike
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


# The words before a plate, a serial, a licence; then at most a few words or marks; then the code itself.
VEHICLE = re.compile(
    r"(?i)\b(?:licen[cs]e plate|number plate|registration plate|plate(?: no\.?| number)?|vin|(?:auto)?kennzeichen|kontrollschild|autonummer|fahrgestellnummer|"
    r"matr[ií]cula|bastidor|plaque(?: d'immatriculation)?|immatricul(?:ation|é|ée)|targa|telaio)[\s:#,]{1,3}(?:is |ist |es |est |è |number |nummer |n[º°.o]{1,2} )?"
    r"(?!(?:de|del|of|von|aus|di|du|on|in|seit|no|nr|at|to|um|am|il|le|el) )([A-ZÄÖÜ]{1,3}[ -]?\d{1,6}(?:[ -]?[A-ZÄÖÜ]{1,3})?|[A-ZÄÖÜ]{1,3}[ -][A-ZÄÖÜ]{1,2}[ -]?\d{1,4}|\d{1,4}[ -]?[A-Z]{2,3}(?:[ -]?\d{1,2})?|[A-Z]{2}\d{2}[ -]?[A-Z]{3}|(?=[A-Z]{0,16}\d)[A-HJ-NPR-Z\d]{17})(?![\w-])"
)
DEVICE = re.compile(
    r"(?i)\b(?:serial(?: no\.?| number)?|s/n|udi|lot(?: no\.?| number)|ser(?:ien|iennummer|iennr)\.?-?(?:nummer|nr\.?)?|ger[aä]te-?(?:nummer|nr\.?)|chargennummer|"
    r"n[uú]mero de (?:serie|lote)|num[eé]ro de (?:s[eé]rie|lot)|n[°º] de s[eé]rie|numero di (?:serie|lotto)|matricola|imei|mac(?: address|-adresse)?)"
    r"[\s:#.,]{1,3}(?:is |ist |es |est |è )?((?=[\w/-]{0,20}\d)[\w/-]{4,24})(?![\w-])"
)
LICENCE = re.compile(
    r"(?i)\b(?:(?:driver'?s?|driving|marriage|birth|death) (?:licen[cs]e|certificate)|licen[cs]e (?:no\.?|number|#)|certificate (?:no\.?|number|#)|passport|"
    r"f[uü]hrerschein|(?:reise)?pass|personalausweis|ausweis|urkunde|permiso de conducir|carn[eé] de conducir|pasaporte|certificado|passeport|permis(?: de conduire)?|carte d'identit[eé]|certificat|"
    r"patente(?: di guida)?|passaporto|carta d'identit[aà]|certificato)[\s:#,-]{1,3}(?:(?:no|nr|num|n[º°o]?|number|nummer|n[uú]mero|num[eé]ro)\b[.:]? ?|is |ist |es |est |è |# ?){0,2}"
    r"((?!ISO|DIN|EN-)(?=[\w-]{0,14}\d{3})[\w-]{5,20})(?![\w-])"
)
BANK = re.compile(
    r"(?i)\b(?:account|acct|routing|sort code|konto|kontonummer|blz|bankleitzahl|cuenta|compte|conto(?: corrente)?)(?: (?:no|nr|number|nummer|n[º°]))?[\s.:#]{1,3}"
    r"(?:is |ist |es |est |è )?(\d[\d -]{4,22}\d)(?![\w-])"
)
# Each with beginnings of words of which one must be in the text, in small letters.
LABELS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "record",
        tuple(
            "mrn ssn dob patient case chart policy member account acct invoice ticket ref record fall vorgang akten versich kunden rechnung ahv svnr "
            "sozial steuer historia mero expediente liza nhc tarjeta dni nie dossier dossier patient ipp facture cartella codice pratica fattura tessera "
            "nosolog protocollo".split()
        ),
        LABELLED,
    ),
    (
        "vehicle",
        tuple(
            "plate vin kennzeichen kontrollschild autonummer fahrgestell matr bastidor plaque immatric targa telaio".split()
        ),
        VEHICLE,
    ),
    (
        "device",
        tuple("serial s/n udi lot ser ger charg n°des serie série lotto matricola imei mac".split()),
        DEVICE,
    ),
    (
        "licence",
        tuple("licen certific pass pasap schein ausweis urkunde permi carn carte patente carta".split()),
        LICENCE,
    ),
    ("account", tuple("acc routing sort konto blz bank cuenta compte conto".split()), BANK),
)
# Numbers whose form is that of a phone need a word before them.
WORD_BEFORE = {"steuer_id": re.compile(r"(?i)steuer|idnr|identifikationsn|\btin\b")}
NEAR = 60  # letters before a number in which that word stands
CLUSTER = re.compile(r"\d(?:\D{0,12}\d)*")
AROUND = 24  # letters of an identifier that may stand before its first digit or after its last
FEW = 4  # digits without which only the kinds below can be there
KINDS_OF_FEW = frozenset({"ip", "device", "vehicle"})


def numbers(text: str) -> Iterator[Found]:
    """Yield every number that identifies: those with a form of their own, then those with a label."""
    if not DIGIT.search(text):
        return
    for start, end, digits in _clusters(text):
        for kind, pattern, check in PATTERNS:
            if digits < FEW and kind not in KINDS_OF_FEW:
                continue
            for match in pattern.finditer(text, start, end):
                plain = match.group() if kind in ("ip", "device") else re.sub(r"[ ./-]", "", match.group())
                if (check is None or check(plain)) and _is_said(text, match, kind):
                    yield Found(match.start(), match.end(), kind)
    low = text.lower()
    for kind, stems, pattern in LABELS:
        if any(stem in low for stem in stems):
            for match in pattern.finditer(text):
                yield Found(match.start(), match.end(), kind)


def _clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the parts of a text with digits close together: start, end with some letters around, number of digits."""
    start = end = digits = 0
    for match in CLUSTER.finditer(text):
        if digits and match.start() - AROUND > end:
            yield start, end, digits
            digits = 0
        if not digits:
            start = max(match.start() - AROUND, 0)
        end = match.end() + AROUND
        digits += len(DIGIT.findall(match.group()))
    if digits:
        yield start, end, digits


def _is_said(text: str, match: re.Match[str], kind: str) -> bool:
    word = WORD_BEFORE.get(kind)
    return word is None or word.search(text, max(match.start() - NEAR, 0), match.start()) is not None


def births(text: str) -> Iterator[Found]:
    """Yield dates of birth."""
    if not DIGIT.search(text):
        return
    for match in BIRTH.finditer(text):
        yield Found(match.start(), match.end(), "birth")
