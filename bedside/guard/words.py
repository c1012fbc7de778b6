"""Cut a folded text into words and the marks between them."""

import re
from dataclasses import dataclass

from bedside.text.normalise import Folded

TOKEN = re.compile(
    r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+|[.!?…]+|\n\s*|[#@$€£%&+]|(?<!\w)-|-(?!\w)|[,;:()\[\]{}<>\"/|*_]|[^\w\s'-]",
)


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


ABBREVIATIONS = word_set(  # short forms that end in a full stop
    "dr mr mrs ms prof st sr sra srta dott dra dres med dent nr tel bzw ca ggf inkl usw etc mme mlle no av inc ltd vs "
    "sig gent approx dipl ing frau hr fr str ref bspw evtl mio ext phd jr"
)
FULL_STOP = "."
STOPS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark: its folded text and its span in the folded text."""

    text: str
    start: int
    end: int


def words(folded: Folded) -> list[Word]:
    """Return words and marks in order; full stops of abbreviations and initials are left out."""
    text = folded.text
    found: list[Word] = []
    for match in TOKEN.finditer(text):
        token = match.group()
        if token == FULL_STOP and found and _is_abbreviation(found[-1].text) and found[-1].end == match.start():
            continue
        found.append(Word(token, match.start(), match.end()))
    return found


def _is_abbreviation(word: str) -> bool:
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def is_boundary(word: str) -> bool:
    """Return whether a mark ends a sentence."""
    return word[0] in STOPS or word[0] == "\n"
