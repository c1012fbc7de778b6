"""Find phones, mail addresses, links and street addresses, and tell the clinic's own from a person's."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache

from bedside.guard.identifiers.found import Found
from bedside.guard.identifiers.phones import is_line, is_phone
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context, Severity

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(r"(?<![\w@/.-])(?:\+|00)?\(?\d{1,4}\)?(?:[ ./-]{0,2}\(?\d{1,4}\)?){1,7}(?![\w@])")
LINK = re.compile(
    r"(?i)(?<![\w@.])(?:https?://|www\.)?[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:example|com|org|net|de|es|fr|it|ch|at|eu|uk|us|health|clinic|info)(?:/[\w./?=&%#-]{0,200})?"
)
ADDRESS_OF_PAGE = re.compile(r"(?i)(?<![\w@.])(?:https?://|www\.)[\w.-]{2,200}(?::\d{2,5})?(?:/[\w./?=&%#~+-]{0,200})?")
RECORD_PATH = re.compile(
    r"(?i)/(?:record|patient|chart|mychart|akte|dossier|historia|cartella|result|befund|portal)\w{0,12}/?\w{0,4}\d"
)
PO_BOX = re.compile(r"(?i)\bp\.? ?o\.? box \d{1,6}|\bpostfach \d{1,6}")
REACHED = re.compile(
    r"(?i)(?:reach(?:ed)? you|call(?:ed)? you|tried|text(?:ed)? you|your (?:cell|mobile|phone|number|e-?mail|address|line)|ihre? (?:handy|nummer|mail|adresse|telefon)|sie (?:\w+ )?(?:unter|auf)|erreichen"
    r"|su (?:m[oó]vil|tel[eé]fono|n[uú]mero|correo)|llamamos|llamado|localizarl|votre (?:portable|num[eé]ro|mail|adresse)|vous (?:joindre|appel)|suo (?:cellulare|numero|indirizzo)|chiamat[ao]|contattarl|still your|mobile ending)"
)
LEAST_DIGITS = 7
MOST_PHONES = 30  # of a text that are looked up in the numbering plans; a reply has two


def mails(text: str, context: Context) -> Iterator[Spot]:
    """Yield mail addresses that are not the clinic's own; without known contacts only those said to be the person's."""
    if "@" in text:
        own = "".join(context.contacts).lower()
        is_theirs = theirs(text)
        for match in MAIL.finditer(text):
            if match.group().lower() not in own and (context.contacts or is_theirs(*match.span())):
                yield Spot(match.start(), match.end(), "identifier.contact")


def spots(text: str, context: Context) -> Iterator[Spot]:
    """Yield post boxes, phones and links with digits that are not the clinic's own, or said to be the person's."""
    own = "".join(context.contacts).lower()
    own_digits = _numbers(context.contacts)
    is_theirs = theirs(text)
    for match in PO_BOX.finditer(text):
        if match.group().lower() not in own:
            yield Spot(match.start(), match.end(), "identifier.contact")
    looked_up = 0
    for start, end in phones(text):
        digits = _digits(text[start:end])
        if any(known[-7:] in digits for known in own_digits):
            continue
        if is_theirs(start, end):
            yield Spot(start, end, "identifier.contact")
        elif own_digits and looked_up < MOST_PHONES:
            looked_up += 1
            if is_line(text[start:end], context.language):
                yield Spot(start, end, "identifier.contact", severity=Severity.WARN)
    for match in LINK.finditer(text):
        if RECORD_PATH.search(match.group()):
            yield Spot(match.start(), match.end(), "identifier.contact")


def contacts(text: str, language: str = "") -> Iterator[Found]:
    """Yield mail addresses, links, and what looks like a phone number; it is sure when some country has such numbers."""
    for match in MAIL.finditer(text):
        yield Found(*match.span(), "mail")
    for match in ADDRESS_OF_PAGE.finditer(text):
        yield Found(*match.span(), "link")
    for number, (start, end) in enumerate(phones(text)):
        yield Found(start, end, "phone", number < MOST_PHONES and is_phone(text[start:end], language))


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of what looks like a phone number."""
    for match in PHONE.finditer(text):
        if len(_digits(match.group())) >= LEAST_DIGITS and not _is_date(match.group()):
            yield match.span()


def theirs(text: str) -> Callable[[int, int], bool]:
    """Return whether the words around a place in a text say that what stands there is the person's."""
    said: list[tuple[int, int]] | None = None

    def is_theirs(start: int, end: int) -> bool:
        nonlocal said
        if said is None:  # most texts hold no contact, and need not be searched
            said = [match.span() for match in REACHED.finditer(text)]
        place = bisect_left(said, (start - 60, 0))
        return place < len(said) and said[place][1] <= end + 30

    return is_theirs


@lru_cache(maxsize=256)
def _numbers(contacts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the digits of the numbers among contacts."""
    return tuple(digits for digits in map(_digits, contacts) if len(digits) >= LEAST_DIGITS)


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}", text.strip()) is not None
