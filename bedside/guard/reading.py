"""Read a text the way the patterns see it: a string of symbols, one for each word, phrase or slot."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from bedside.guard.lexicon import END, ENDS, MARK, QUESTION
from bedside.guard.pack import Pack
from bedside.guard.pattern import Pattern
from bedside.guard.slots import Slots
from bedside.guard.words import Word, is_boundary
from bedside.text.normalise import Folded

MOST = 50  # matches of one pattern in one text; more say nothing new
STILL = frozenset(ENDS + MARK)
WORDLIKE = frozenset("#@$€£%&+")


@dataclass(frozen=True, slots=True)
class Reading:
    """Symbols of a text; symbol i covers the folded characters starts[i] to ends[i]. It begins and ends with END."""

    folded: Folded
    symbols: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def without(self, spans: list[tuple[int, int]], symbol: str) -> "Reading":
        """Return the reading with the words in all spans standing for one and the same symbol."""
        if not spans:
            return self
        symbols = list(self.symbols)
        for first, last in spans:
            for place in range(first, last):
                if symbols[place] not in STILL:
                    symbols[place] = symbol
        return replace(self, symbols="".join(symbols))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the span in the original text of the symbols first to last - 1, without marks at its edges."""
        while last - 1 > first and self.symbols[last - 1] in STILL:
            last -= 1
        while first < last - 1 and self.symbols[first] in STILL:
            first += 1
        return self.folded.span(self.starts[first], self.ends[last - 1])


def read_text(folded: Folded, found: list[Word], pack: Pack, slots: Slots) -> Reading:
    """Turn words into symbols: slots first, then phrases, then single words."""
    symbols = [END]
    starts = [0]
    ends = [0]
    lexicon = pack.lexicon
    position = 0
    while position < len(found):
        word = found[position]
        length, concepts = slots.at(position)
        if not length and word.text in lexicon.opens:
            length, concepts = _phrase(found, position, pack)
        if length:
            symbols.append(lexicon.symbol(concepts))
        elif word.text[0].isalnum() or word.text in WORDLIKE or word.text in lexicon.exact:
            length = 1
            symbols.append(lexicon.symbol_of(word.text))
        else:
            length = 1
            symbols.append(_mark(word.text))
        starts.append(word.start)
        ends.append(found[position + length - 1].end)
        position += length
    symbols.append(END)
    starts.append(len(folded.text))
    ends.append(len(folded.text))
    return Reading(folded, "".join(symbols), tuple(starts), tuple(ends))


def _mark(text: str) -> str:
    if not is_boundary(text):
        return MARK
    return QUESTION if "?" in text else END


def _phrase(found: list[Word], position: int, pack: Pack) -> tuple[int, frozenset[str]]:
    """Return the length in words and the concepts of the longest phrase that begins at a place; 0 when none does."""
    if position + 1 == len(found):
        return 0, frozenset()
    for parts, concepts in pack.lexicon.phrases.get((found[position].text, found[position + 1].text), {}).items():
        if tuple(word.text for word in found[position : position + len(parts)]) == parts:
            return len(parts), concepts
    return 0, frozenset()


def matches(pattern: Pattern, symbols: str) -> list[tuple[int, int]]:
    """Return the spans, in symbols, that a pattern flags; at most MOST."""
    found = pattern.expression.finditer(symbols)
    return [
        match.span(pattern.group)
        for match in islice(found, MOST)
        if match.end(pattern.group) > match.start(pattern.group)
    ]


def sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a reading as spans of symbols, without the ends."""
    first = 1
    for place in range(1, len(reading.symbols)):
        if reading.symbols[place] in ENDS:
            if place > first:
                yield first, place
            first = place + 1
