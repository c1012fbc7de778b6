"""Find phones, mail addresses, links and street addresses, and tell the clinic's own from a person's."""

import re
from collections.abc import Iterator

from bedside.guard.spot import Spot
from bedside.guard.verdict import Context

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(r"(?<![\w@/.-])(?:\+|00)?\(?\d{1,4}\)?(?:[ ./-]{0,2}\(?\d{1,4}\)?){1,7}(?![\w@])")
LINK = re.compile(
    r"(?i)(?<![\w@.])(?:https?://|www\.)?[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:example|com|org|net|de|es|fr|it|ch|at|eu|uk|us|health|clinic|info)(?:/[\w./?=&%#-]{0,200})?"
)
RECORD_PATH = re.compile(
    r"(?i)/(?:record|patient|chart|mychart|akte|dossier|historia|cartella|result|befund|portal)\w{0,12}/?\w{0,4}\d"
)
PO_BOX = re.compile(r"(?i)\bp\.? ?o\.? box \d{1,6}|\bpostfach \d{1,6}")
REACHED = re.compile(
    r"(?i)(?:reach(?:ed)? you|call(?:ed)? you|tried|text(?:ed)? you|your (?:cell|mobile|phone|number|e-?mail|address|line)|ihre? (?:handy|nummer|mail|adresse|telefon)|sie (?:\w+ )?(?:unter|auf)|erreichen"
    r"|su (?:m[oó]vil|tel[eé]fono|n[uú]mero|correo)|llamamos|llamado|localizarl|votre (?:portable|num[eé]ro|mail|adresse)|vous (?:joindre|appel)|suo (?:cellulare|numero|indirizzo)|chiamat[ao]|contattarl|still your|mobile ending)"
)
LEAST_DIGITS = 7


def spots(text: str, context: Context) -> Iterator[Spot]:
    """Yield contacts that are not the clinic's own; without known contacts only those said to be the person's."""
    own = "".join(context.contacts).lower()
    own_digits = [digits for digits in (_digits(c) for c in context.contacts) if len(digits) >= LEAST_DIGITS]
    for pattern in (MAIL, PO_BOX):
        for match in pattern.finditer(text):
            if match.group().lower() not in own and (pattern is PO_BOX or context.contacts or _is_theirs(text, match)):
                yield Spot(match.start(), match.end(), "identifier.contact")
    for match in PHONE.finditer(text):
        digits = _digits(match.group())
        is_phone = len(digits) >= LEAST_DIGITS and not _is_date(match.group())
        if is_phone and not any(known[-7:] in digits for known in own_digits) and _is_theirs(text, match):
            yield Spot(match.start(), match.end(), "identifier.contact")
    for match in LINK.finditer(text):
        if RECORD_PATH.search(match.group()):
            yield Spot(match.start(), match.end(), "identifier.contact")


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of what looks like a phone number."""
    for match in PHONE.finditer(text):
        if len(_digits(match.group())) >= LEAST_DIGITS and not _is_date(match.group()):
            yield match.span()


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _is_theirs(text: str, match: re.Match[str]) -> bool:
    return REACHED.search(text, max(match.start() - 60, 0), min(match.end() + 30, len(text))) is not None


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}", text.strip()) is not None
