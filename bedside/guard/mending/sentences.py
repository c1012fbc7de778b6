"""Cut a text into sentences as a reader sees them: with their closing marks, and not at a date, a number or a link."""

from dataclasses import dataclass
from functools import cached_property

from bedside.guard.words import Word, is_boundary
from bedside.text.normalise import Folded

CLOSING = frozenset("\"'”“»)]’")
SPACE = " \t\u00a0"


@dataclass(frozen=True)
class Sentence:
    """The span [start, end) of a sentence in the original text, its closing marks included, and its folded words."""

    start: int
    end: int
    words: tuple[str, ...]

    @cached_property
    def folded(self) -> str:
        """The folded words with a space between them, and one at either end."""
        return f" {' '.join(self.words)} "


def sentences(folded: Folded, found: list[Word]) -> list[Sentence]:
    """Return the sentences of a text, in order. What lies between two of them is white space."""
    cut: list[Sentence] = []
    first = 0
    for place, word in enumerate(found):
        if is_boundary(word.text) and _ends(folded.text, found, place):
            if place > first or word.text[0] != "\n":
                cut.append(_sentence(folded, found, first, place if word.text[0] == "\n" else place + 1))
            first = place + 1
    if first < len(found):
        cut.append(_sentence(folded, found, first, len(found)))
    return _joined(folded.original, cut)


def _ends(text: str, found: list[Word], place: int) -> bool:
    """Return whether a mark ends a sentence here; the stop of "14. Mai" and the dots of an address do not."""
    word = found[place]
    if word.text[0] == "\n" or place + 1 == len(found):
        return True
    if text[word.end] not in " \t\n\"')]":
        return word.text not in {".", ".."}
    before = found[place - 1].text if place else ""
    return not (word.text == "." and before.isdigit() and len(before) < 3 and found[place + 1].text[0].isalpha())


def _sentence(folded: Folded, found: list[Word], first: int, last: int) -> Sentence:
    text = folded.original
    start, end = folded.span(found[first].start, found[last - 1].end)
    while end < len(text) and text[end] in ".!?…":  # the stop of an abbreviation at the end
        end += 1
    while end < len(text) and text[end] in CLOSING and text[end - 1] in ".!?…":
        end += 1
    return Sentence(start, end, tuple(word.text for word in found[first:last]))


def _joined(text: str, cut: list[Sentence]) -> list[Sentence]:
    """Give a piece without any letter or digit, such as a closing quotation mark, to the sentence before it."""
    kept: list[Sentence] = []
    for sentence in cut:
        start = max(sentence.start, kept[-1].end) if kept else sentence.start
        while start < sentence.end and text[start].isspace():
            start += 1
        if kept and not any(word[0].isalnum() for word in sentence.words):
            last = kept.pop()
            kept.append(Sentence(last.start, max(last.end, sentence.end), last.words + sentence.words))
        elif start < sentence.end:
            kept.append(Sentence(start, sentence.end, sentence.words))
    return kept
