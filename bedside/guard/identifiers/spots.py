"""Everything that identifies a person in an outgoing text, as spots; placeholders too."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bedside.guard.identifiers import contacts, numbers
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context, TextKind

PLACEHOLDER = re.compile(
    r"\{\{?[^{}\n]{1,40}\}?\}|\[\[?[A-Za-zÀ-ÿ_ ./'-]{2,40}\]\]?|<[A-Za-zÀ-ÿ_ /'-]{2,40}>|%%?[A-Za-z_]{2,30}%%?|\$\{?[A-Za-z_]{3,30}\}?"
    r"|\b(?:XX+|xxx+|TODO|TBD|lorem ipsum)\b|_{3,}|\b[A-ZÄÖÜÉ]{3,}(?: [A-ZÄÖÜÉ]{2,}){0,3} (?:HERE|HIER|AQUÍ|AQUI|ICI|QUI)\b|(?<!\w)@@\w+"
)
MARKUP = re.compile(r"(?i)<\s*/?\s*(?:br|p|div|li|b|i|em|strong|a)\b[^>]{0,80}>")


HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def spots(text: str, context: Context) -> Iterator[Spot]:
    """Yield numbers and dates that identify, contacts of a person, and unresolved placeholders."""
    if not HIDDEN.search(text):
        yield from _visible(text, context)
        return
    places = [place for place, character in enumerate(text) if not HIDDEN.match(character)]
    visible = "".join(text[place] for place in places)
    for spot in _visible(visible, context):
        yield replace(spot, start=places[spot.start], end=places[spot.end - 1] + 1)


def _visible(text: str, context: Context) -> Iterator[Spot]:
    """Yield the spots of a text without invisible characters."""
    own = " ".join((*context.contacts, *context.clinic))
    for start, end, _ in numbers.numbers(text):
        if text[start:end] not in own:
            yield Spot(start, end, "identifier.record")
    for start, end, _ in numbers.births(text):
        yield Spot(start, end, "identifier.birth")
    if context.kind is TextKind.REPLY:
        yield from contacts.spots(text, context)
    for match in PLACEHOLDER.finditer(text):
        if not MARKUP.fullmatch(match.group()):
            yield Spot(match.start(), match.end(), "identity.placeholder")
