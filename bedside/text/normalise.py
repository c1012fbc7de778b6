"""Fold a text to plain lower-case letters, remembering where every folded character came from.

Folding undoes what hides words from a rule: case, accents, ligatures, full-width and mathematical letters, letters
of other scripts that look Latin, zero-width characters, HTML entities and line-break tags.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LOOKALIKES = dict(
    zip(
        "аЬеорсухіјѕһԁԛԝкмтвгнАВЕКМНОРСТУХІЈЅαβεηικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɑɡʟɪℓ",
        "abeopcyxijshdqwkmtbrhabekmhopctyxijsabenikvoptuxabezhikmnoptyxiaglil",
        strict=True,
    )
)
EXPANSIONS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
PUNCTUATION = str.maketrans("’‘ʼ`´′＇“”„«»‹›‐‑‒–—―−\u00a0", "'''''''\"\"\"\"\"''------- ")
MARKUP = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});|<\s{0,3}/?\s{0,3}(?:br|p|div|li)\s{0,3}/?\s{0,3}>"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `offsets[i]` is the place in `original` of the folded character i; one more marks the end."""

    original: str
    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original that the folded span [start, end) came from."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]


class _Table(dict[int, str | int]):
    """Maps one code point to one folded character; what becomes none or several is kept for the slow way (0xE000)."""

    def __missing__(self, code: int) -> str | int:
        folded = fold_character(chr(code))
        self[code] = folded if len(folded) == 1 else UNEVEN
        return self[code]


UNEVEN = "\ue000"
_table = _Table()
_uneven: dict[str, str] = {}


def fold_character(character: str) -> str:
    """Return the folded form of one character: empty for what is invisible, several letters for a ligature."""
    if character in LOOKALIKES:
        return LOOKALIKES[character]
    if character in EXPANSIONS:
        return EXPANSIONS[character]
    swapped = character.translate(PUNCTUATION)
    if swapped != character:
        return swapped
    kept = [c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c) not in INVISIBLE]
    folded = "".join(EXPANSIONS.get(c) or LOOKALIKES.get(c) or c for c in kept).casefold()
    return "".join(c for c in folded if unicodedata.category(c) not in INVISIBLE)[:8]


INVISIBLE = {"Mn", "Me", "Cf", "Cs"}


def fold(text: str) -> Folded:
    """Fold a text; linear in its length."""
    if text.isascii() and "&" not in text and "<" not in text:
        return Folded(text, text.lower(), range(len(text) + 1))
    if "&" in text or "<" in text:
        return _fold_slowly(text)
    folded = text.translate(_table)
    if UNEVEN not in folded:
        return Folded(text, folded, range(len(text) + 1))
    return _fold_slowly(text)


def _fold_slowly(text: str) -> Folded:
    pieces: list[str] = []
    offsets: list[int] = []
    position = 0
    for match in MARKUP.finditer(text):
        _fold_plain(text, position, match.start(), pieces, offsets)
        replacement = _markup_text(match.group())
        for character in replacement:
            folded = fold_character(character)
            pieces.append(folded)
            offsets.extend([match.start()] * len(folded))
        position = match.end()
    _fold_plain(text, position, len(text), pieces, offsets)
    offsets.append(len(text))
    return Folded(text, "".join(pieces), offsets)


def _markup_text(markup: str) -> str:
    return "\n" if markup.startswith("<") else html.unescape(markup)


def _fold_plain(text: str, start: int, end: int, pieces: list[str], offsets: list[int]) -> None:
    """Fold text[start:end], in runs of characters that stay one character."""
    folded = text[start:end].translate(_table)
    run = 0
    while (hole := folded.find(UNEVEN, run)) >= 0:
        pieces.append(folded[run:hole])
        offsets.extend(range(start + run, start + hole))
        character = text[start + hole]
        if character not in _uneven:
            _uneven[character] = fold_character(character) if character != UNEVEN else ""
        pieces.append(_uneven[character])
        offsets.extend([start + hole] * len(_uneven[character]))
        run = hole + 1
    pieces.append(folded[run:])
    offsets.extend(range(start + run, end))
