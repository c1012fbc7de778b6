"""Everything that identifies a person in an outgoing text, as spots; placeholders too."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.identifiers import contacts, dates, numbers, places
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context, TextKind

PLACEHOLDER = re.compile(
    r"\{\{?[^{}\n]{1,40}\}?\}|\[\[?[A-Za-zÀ-ÿ_ ./'-]{2,40}\]\]?|<[A-Za-zÀ-ÿ_ /'-]{2,40}>|%%?[A-Za-z_]{2,30}%%?|\$\{?[A-Za-z_]{3,30}\}?"
    r"|\b(?:XX+|xxx+|TODO|TBD|lorem ipsum)\b|_{3,}|\b[A-ZÄÖÜÉ]{3,}(?: [A-ZÄÖÜÉ]{2,}){0,3} (?:HERE|HIER|AQUÍ|AQUI|ICI|QUI)\b|(?<!\w)@@\w+"
)
RULE_OF = {"vehicle": "identifier.vehicle", "device": "identifier.device"}  # other kinds of numbers: identifier.record
PUBLISHED = frozenset(
    {"account", "licence", "device", "vehicle"}
)  # in a post they are the clinic's: donations, recalls
MARKUP = re.compile(r"(?i)<\s*/?\s*(?:br|p|div|li|b|i|em|strong|a)\b[^>]{0,80}>")
HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def spots(text: str, context: Context) -> Iterator[Spot]:
    """Yield numbers and dates that identify, contacts of a person, and unresolved placeholders."""
    if text.isascii() or not HIDDEN.search(text):
        yield from _visible(text, context)
        return
    places = [place for place, character in enumerate(text) if not HIDDEN.match(character)]
    visible = "".join(text[place] for place in places)
    for spot in _visible(visible, context):
        yield spot._replace(start=places[spot.start], end=places[spot.end - 1] + 1)


def _visible(text: str, context: Context) -> Iterator[Spot]:
    """Yield the spots of a text without invisible characters."""
    if dates.DIGIT.search(text):
        yield from _with_digits(text, context)
    for start, end, _, _ in dates.ages(text):
        yield Spot(start, end, "identifier.age")
    if context.kind is TextKind.REPLY:
        yield from contacts.mails(text, context)
    for match in PLACEHOLDER.finditer(text):
        if not MARKUP.fullmatch(match.group()):
            yield Spot(match.start(), match.end(), "identity.placeholder")


def _with_digits(text: str, context: Context) -> Iterator[Spot]:
    """Yield the spots that hold a digit: numbers, and in a reply also dates with their year, phones and streets."""
    own = " ".join((*context.contacts, *context.clinic)).lower()
    for start, end, kind, _ in numbers.numbers(text):
        is_published = context.kind is TextKind.POST and kind in PUBLISHED
        if text[start:end].lower() not in own and not is_published:
            yield Spot(start, end, RULE_OF.get(kind, "identifier.record"))
    for start, end, _, _ in numbers.births(text):
        yield Spot(start, end, "identifier.birth")
    if context.kind is TextKind.REPLY:
        for start, end, _, _ in dates.dates(text):
            if dates.has_day_and_year(text[start:end]):
                yield Spot(start, end, "identifier.date")
        yield from contacts.spots(text, context)
        yield from _of_streets(text, context)


def _of_streets(text: str, context: Context) -> Iterator[Spot]:
    """Yield streets that are not among the clinic's own."""
    found = list(places.streets(text))
    if not found:
        return
    own = [plain for plain in map(_plain, (*context.contacts, *context.clinic)) if plain]
    is_theirs = contacts.theirs(text)
    for start, end, _, _ in found:
        street = _plain(text[start:end])
        if not any(street in known or known in street for known in own):
            if is_theirs(start, end):
                yield Spot(start, end, "identifier.contact")
            elif _holds_streets(context.contacts):
                yield Spot(start, end, "identifier.address")


@lru_cache(maxsize=256)
def _holds_streets(contacts: tuple[str, ...]) -> bool:
    return any(True for contact in contacts for _ in places.streets(contact))


def _plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
