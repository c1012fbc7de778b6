"""Tag what identifies a person where no pattern reaches: a small linear tagger, trained by training/tagger.py.

Every feature of a token, hashed, names a row of the table: one small weight for each label. A row is kept as one whole
number with sixteen bits for each label, so that a single addition adds the weights of all labels; the sums of a word
are remembered. Labels are chosen from left to right, the two before being features too.
"""

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from importlib.resources import files
from struct import Struct
from typing import NamedTuple
from zlib import crc32, decompress

from bedside.guard.identifiers.lists import marks
from bedside.text.normalise import fold_character

LABELS = (
    "",
    "person",
    "place",
    "street",
    "date",
    "age",
    "organisation",
    "number",
    "contact",
    "relative",
    "sex",
    "work",
)
NAMES = {"person", "place"}
BITS = 17
ROWS = 1 << BITS
MASK = ROWS - 1
LANES = Struct(f"<{len(LABELS)}H")
TOKEN = re.compile(r"[^\W\d_]+|\d+|\n|[^\w\s]|_")
MOST_TOKENS = 4_000  # of a text that are tagged; a reply has two hundred
LONGEST = 30  # letters of a token that are looked at
REACH = 3  # tokens to either side that a token sees
A, B, C, D = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F  # odd numbers that keep apart what is mixed
KEEP = 20_000  # tokens remembered with their sums


class Token(NamedTuple):
    """One word, number or mark: how it is written and its span in the text."""

    text: str
    start: int
    end: int


class Look(NamedTuple):
    """What the tagger sees of a token: hashes of its word and of its class, and its features for the tokens around.

    `around[REACH]` are the features it gives itself, `around[REACH + 1]` those it gives to the token before it.
    """

    word: int
    kind: int
    around: tuple[tuple[int, ...], ...]


class Tagged(NamedTuple):
    """A run of tokens with one label: its span in the text, and how much more it weighs than no label."""

    start: int
    end: int
    label: str
    margin: int


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens, at most MOST_TOKENS."""
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        found.append(Token(match.group(), match.start(), match.end()))
        if len(found) == MOST_TOKENS:
            break
    return found


def shape(text: str) -> str:
    """Return how a token is written: X for capitals, x for small letters, the number of digits; a mark is its own."""
    if text.isdigit():
        return f"d{min(len(text), 9)}"
    if not text[0].isalpha():
        return text
    if text.islower():
        return "x"
    if len(text) == 1:
        return "X"
    if text.isupper():
        return "XX"
    return "Xx" if text[0].isupper() and text[1:].islower() else "xX"


def folded(text: str) -> str:
    """Return a token in plain small letters."""
    return text.lower() if text.isascii() else "".join(map(fold_character, text))


@lru_cache(maxsize=KEEP)
def look(text: str, listed: str | None = None) -> Look:
    """Return what is seen of a token; `listed` overrides the lists that hold it, for training."""
    word = folded(text[:LONGEST])
    form = shape(text[:LONGEST])
    if form[0] == "d":
        word = "year" if len(text) == 4 and text[:2] in ("19", "20") else ("0" if text[0] == "0" else "") + form
        kind = form + word
    else:
        kind = form + "".join(marks(word) if listed is None else listed)
    own = [f"0{word}", f"k{kind}", f"s{form}"]
    if form[0] in "xX":
        own += [
            f"<{word[:3]}",
            f">{word[-3:]}",
            f">>{word[-2:]}",
            f">>>{word[-4:]}",
            f"{form}>{word[-3:]}",
            f"{form}{word}",
        ]
    around = []
    for offset in range(-REACH, REACH + 1):
        if offset == 0:
            around.append(_hashed(own))
            continue
        names = [f"{offset}{word}"]
        if abs(offset) < REACH:
            names.append(f"{offset}k{kind}")
        if abs(offset) == 1:
            names.append(f"{offset}>{word[-3:]}")
        around.append(_hashed(names))
    return Look(crc32(word.encode()), crc32(kind.encode()), tuple(around))


def _hashed(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(crc32(name.encode()) & MASK for name in names)


EDGE = Look(1, 1, tuple((offset,) for offset in range(2 * REACH + 1)))


def mixed(before2: Look, before: Look, here: Look, after: Look, after2: Look, language: int) -> tuple[int, ...]:
    """Return the features of a token that join it with its neighbours."""
    kind, word = here.kind, here.word
    pair = before.kind * A + kind * B
    return (
        pair & MASK,
        (kind * C + after.kind * A) & MASK,
        (pair + after.kind * D) & MASK,
        (pair + after.kind * D + before2.kind * C) & MASK,
        (pair + after.kind * D + after2.kind * A + 1) & MASK,
        (before.word * C + after.word * D + 2) & MASK,
        (before.word * A + kind * D + 3) & MASK,
        (after.word * B + kind * A + 4) & MASK,
        (before.word * B + word * C + 5) & MASK,
        (before2.word * D + before.word * A + kind * B + 6) & MASK,
        (after.word * D + after2.word * B + kind * C + 7) & MASK,
        (kind * D + language) & MASK,
    )


def remembered(last: int, second: int, here: Look, before: Look, after: Look) -> tuple[int, ...]:
    """Return the features of a token that come from the labels chosen before it."""
    mark = (last + 1) * 0x51ED27
    return (
        (mark + (second + 1) * 0x2F0B43) & MASK,
        (mark * A + here.kind * B) & MASK,
        (mark * C + here.word * D) & MASK,
        (mark * D + here.kind * A + after.kind * B) & MASK,
        (mark * B + here.kind * C + before.word * A) & MASK,
    )


@lru_cache(maxsize=8)
def tongue(language: str) -> int:
    """Return the number that stands for a language among the features."""
    return crc32(language.encode())


@lru_cache(maxsize=1)
def rows() -> list[int]:
    """Return the weights that ship, compressed."""
    return unpacked(decompress(files("bedside.guard").joinpath("models", "identifiers.bin").read_bytes()))


def unpacked(narrow: bytes) -> list[int]:
    """Return for every row one number, its lanes the labels, from one byte for each weight, around 128."""
    wide = bytearray(2 * len(narrow))
    wide[::2] = narrow
    size = LANES.size
    return [int.from_bytes(wide[place : place + size], "little") for place in range(0, len(wide), size)]


@lru_cache(maxsize=KEEP)
def _sums(text: str) -> tuple[Look, tuple[int, ...]]:
    """Return the look of a token, and the sums of the rows it gives to itself and to the tokens around."""
    weights = rows()
    seen = look(text)
    return seen, tuple(sum([weights[row] for row in group]) for group in seen.around)


def labels(found: Sequence[Token], language: str, wanted: Collection[int] | None = None) -> list[tuple[int, int]]:
    """Return for every token its label, as a place in LABELS, and the margin over having none.

    With `wanted` only those places, the two before each, and what continues them are looked at; it is much faster.
    """
    weights = rows()
    unseen: tuple[Look, tuple[int, ...]] = EDGE, ()
    seen = [unseen] * (len(found) + 2 * REACH)
    edge = EDGE, tuple(sum([weights[row] for row in group]) for group in EDGE.around)
    seen[:REACH] = seen[len(found) + REACH :] = [edge] * REACH
    near = None if wanted is None else {place + step for place in wanted for step in (-2, -1, 0)}
    spoken = tongue(language)
    chosen: list[tuple[int, int]] = []
    last = second = 0
    for place in range(len(found)):
        if near is not None and not last and place not in near:
            chosen.append((0, 0))
            second = 0
            continue
        for step in range(place, place + 2 * REACH + 1):
            if seen[step] is unseen:
                seen[step] = _sums(found[step - REACH].text)
        before3, before2, before, here, after, after2, after3 = seen[place : place + 2 * REACH + 1]
        total = here[1][3] + before[1][2] + after[1][4] + before2[1][1] + after2[1][5] + before3[1][0] + after3[1][6]
        for row in mixed(before2[0], before[0], here[0], after[0], after2[0], spoken):
            total += weights[row]
        for row in remembered(last, second, here[0], before[0], after[0]):
            total += weights[row]
        scores = LANES.unpack(total.to_bytes(LANES.size, "little"))
        best = scores.index(max(scores))
        chosen.append((best, scores[best] - scores[0]))
        second, last = last, best
    return chosen


def tagged(text: str, language: str, is_wanted: Callable[[Token], bool] | None = None) -> list[Tagged]:
    """Return the runs of tokens that carry a label; with `is_wanted` only runs that hold such a token are sure to be found.

    A place that touches a person is part of the name.
    """
    found = tokens(text)
    wanted = None if is_wanted is None else {place for place, token in enumerate(found) if is_wanted(token)}
    runs: list[Tagged] = []
    before = False
    for token, (label, margin) in zip(found, labels(found, language, wanted), strict=True):
        if label:
            one = Tagged(token.start, token.end, LABELS[label], margin)
            if before and (runs[-1].label == one.label or {runs[-1].label, one.label} == NAMES):
                one = _joined(runs.pop(), one)
            runs.append(one)
        before = label > 0
    return runs


def _joined(first: Tagged, second: Tagged) -> Tagged:
    label = first.label if first.label == second.label else "person"
    return Tagged(first.start, second.end, label, max(first.margin, second.margin))
