"""Form of a reply: length, loudness, near-copies of recent replies."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from bedside.guard.spot import Spot
from bedside.guard.verdict import Context
from bedside.guard.words import Word
from bedside.text.normalise import Folded, fold

LONGEST_REPLY = 90  # words; about two to five sentences, field study R17
LIKENESS = 0.8  # share of word pairs in common from which a reply counts as a copy
SHOUTED = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,30}(?:[\s,]{1,3}[^\W\d_]{2,30}){1,12}")
EXCLAIMED = re.compile(r"!{2,}|¡{2,}")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2764][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*")
MOST_EMOJI = 2


def spots(folded: Folded, found: list[Word], context: Context) -> Iterator[Spot]:
    """Yield what is wrong with the form of a reply."""
    text = folded.original
    spoken = [word for word in found if word.text[0].isalnum()]
    if len(spoken) > LONGEST_REPLY:
        yield Spot(*folded.span(spoken[0].start, spoken[-1].end), "manners.long")
    yield from _loud(text)
    if spoken and any(likeness(folded.text, fold(recent).text) >= LIKENESS for recent in context.recent):
        yield Spot(*folded.span(spoken[0].start, spoken[-1].end), "manners.copy")


def _loud(text: str) -> Iterator[Spot]:
    for match in SHOUTED.finditer(text):
        if match.group().isupper():
            yield Spot(match.start(), match.end(), "manners.loud")
    for match in EXCLAIMED.finditer(text):
        yield Spot(match.start(), match.end(), "manners.loud", match.group()[0])
    for match in islice(EMOJI.finditer(text), MOST_EMOJI, None):
        start = match.start()
        yield Spot(start - (text[start - 1] == " "), match.end(), "manners.loud", "")


def likeness(one: str, other: str) -> float:
    """Return the share of neighbouring word pairs two folded texts have in common, 0 to 1."""
    pairs, others = _pairs(one), _pairs(other)
    return len(pairs & others) / max(len(pairs | others), 1)


def _pairs(text: str) -> set[tuple[str, str]]:
    found = re.findall(r"\w+", text)
    return set(pairwise(found))
