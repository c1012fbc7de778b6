"""Read a text the way the patterns see it: a string of symbols, one for each word, phrase or slot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bedside.guard.lexicon import END, ENDS, MARK, Lexicon
from bedside.guard.pack import Pack
from bedside.guard.pattern import Pattern
from bedside.guard.slots import NONE, Slots, is_phrase
from bedside.guard.words import Word
from bedside.text.normalise import Folded

MOST = 50  # matches of one pattern in one text; more say nothing new
STILL = frozenset(ENDS + MARK)


@dataclass(frozen=True, slots=True)
class Reading:
    """Symbols of a text; symbol i covers the folded characters starts[i] to ends[i]. It begins and ends with END."""

    folded: Folded
    symbols: str
    starts: Sequence[int]
    ends: Sequence[int]

    def without(self, spans: list[tuple[int, int]], symbol: str) -> "Reading":
        """Return the reading with the words in all spans standing for one and the same symbol."""
        if not spans:
            return self
        symbols = list(self.symbols)
        for first, last in spans:
            for place in range(first, last):
                if symbols[place] not in STILL:
                    symbols[place] = symbol
        return Reading(self.folded, "".join(symbols), self.starts, self.ends)

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
    opens = lexicon.opens
    symbol_of = lexicon.symbol_of
    reached = 0
    for position, word in enumerate(found):
        if position < reached:
            continue
        text, end = word.text, word.end
        length, concepts = slots.at(position)
        if not length and text in opens:
            length, concepts = _phrase(found, position, lexicon)
        if length:
            symbols.append(lexicon.symbol(concepts))
            reached = position + length
            end = found[reached - 1].end
        else:
            symbols.append(symbol_of(text))
        starts.append(word.start)
        ends.append(end)
    symbols.append(END)
    starts.append(len(folded.text))
    ends.append(len(folded.text))
    return Reading(folded, "".join(symbols), starts, ends)


def _phrase(found: list[Word], position: int, lexicon: Lexicon) -> tuple[int, frozenset[str]]:
    """Return the length in words and the concepts of the longest phrase that begins at a place; 0 when none does."""
    following = found[position + 1].text if position + 1 < len(found) else ""
    for parts, concepts in lexicon.phrases.get((found[position].text, following), {}).items():
        if is_phrase(found, position, parts):
            return len(parts), concepts
    return NONE


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
