"""Cut a folded text into words and the marks between them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bedside.text.normalise import Folded, fold

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
HASH = "#"
CAMEL_AFTER = frozenset("#/")
ENDING = frozenset(".!?…:\n")
CAMEL = re.compile(r"[A-ZÀ-ÖØ-Þ]+(?![a-zß-öø-ÿ])|[A-ZÀ-ÖØ-Þ]?[^A-ZÀ-ÖØ-Þ]+")
STOPS = frozenset(".!?…")


@dataclass(slots=True)  # not frozen, which would take three times as long to make
class Word:
    """One word or mark: its folded text and its span in the folded text."""

    text: str
    start: int
    end: int


def words(folded: Folded) -> list[Word]:
    """Return words and marks in order; full stops of abbreviations and initials are left out."""
    text = folded.text
    found: list[Word] = []
    before, reached = "", 0  # the last word, and where it ended
    for match in TOKEN.finditer(text):
        token = match[0]
        start, end = match.span()
        if start == reached:
            if token == FULL_STOP and _is_abbreviation(before):
                continue
            if before in CAMEL_AFTER:
                found += _camels(folded, start, end)
                before, reached = found[-1].text, end
                continue
        if token[0] == "\n" and before and _goes_on(folded, before, match):
            continue
        found.append(Word(token, start, end))
        before, reached = token, end
    return found


@lru_cache(maxsize=16)
def said(text: str) -> tuple[str, ...]:
    """Return words and marks of a text that is not folded yet; remembered, since several ask for the same."""
    return tuple(word.text for word in words(fold(text)))


def _goes_on(folded: Folded, before: str, line_break: re.Match[str]) -> bool:
    """Return whether a sentence goes on after one line break: in small letters, and nothing ended before it."""
    end = line_break.end()
    if end >= len(folded.text) or before[0] in ENDING or "\n" in line_break.group()[1:]:
        return False
    return folded.original[folded.span(end, end + 1)[0]].islower()


def _camels(folded: Folded, start: int, end: int) -> list[Word]:
    """Return the words of a hashtag or a path that are told apart by capitals: #ThankYou."""
    first, last = folded.span(start, end)
    written = folded.original[first:last]
    if len(written) != end - start or written.isupper() or written.islower():
        return [Word(folded.text[start:end], start, end)]
    parts = [match.span() for match in CAMEL.finditer(written)]
    return [Word(folded.text[start + one : start + other], start + one, start + other) for one, other in parts]


def _is_abbreviation(word: str) -> bool:
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def is_boundary(word: str) -> bool:
    """Return whether a mark ends a sentence."""
    return word[0] in STOPS or word[0] == "\n"
