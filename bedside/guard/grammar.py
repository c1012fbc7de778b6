"""Run the patterns of a language over a text."""

from collections.abc import Iterable, Iterator, Set
from functools import cache

from bedside.guard.lexicon import OTHER
from bedside.guard.pack import SLOTS, Pack, load_for
from bedside.guard.pattern import Pattern
from bedside.guard.reading import Reading, matches
from bedside.guard.rules import RULES
from bedside.guard.spot import Spot
from bedside.guard.verdict import TextKind


class Patterns:
    """Patterns in their order. Each needs a symbol out of some sets of them; every set is one bit of a number."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        bits: dict[Set[str], int] = {}
        self.patterns = tuple(
            (pattern, sum({bits.setdefault(needed, 1 << len(bits)) for needed in pattern.needed}))
            for pattern in patterns
        )
        self.given: dict[str, int] = {}  # the sets a symbol is in
        for needed, bit in bits.items():
            for symbol in needed:
                self.given[symbol] = self.given.get(symbol, 0) | bit

    def candidates(self, present: Set[str]) -> list[Pattern]:
        """Return, in their order, the patterns of which every needed word is in the text."""
        have = 0
        for symbol in present:
            have |= self.given.get(symbol, 0)
        return [pattern for pattern, needs in self.patterns if needs & have == needs]


@cache
def chosen(language: str, kind: TextKind) -> tuple[Patterns, Patterns, Patterns]:
    """Return the safe, the claiming and the other patterns that apply to a kind of text."""
    pack = load_for(kind, language)
    applies = {rule.id for rule in RULES.values() if kind in rule.kinds}
    return (
        Patterns(pack.safe),
        Patterns(pattern for pattern in pack.claiming if pattern.rule in applies),
        Patterns(pattern for pattern in pack.patterns if pattern.rule in applies),
    )


def mask(reading: Reading, pack: Pack, kind: TextKind = TextKind.REPLY) -> Reading:
    """Return the reading with everything that a safe pattern covers made unknown."""
    present = frozenset(reading.symbols)
    for pattern in chosen(pack.language, kind)[0].candidates(present):
        reading = reading.without(matches(pattern, reading.symbols), OTHER)
    return reading


def spots(reading: Reading, pack: Pack, kind: TextKind) -> Iterator[Spot]:
    """Yield what the patterns match; what a claiming rule matches is read as `claimed` by the patterns after it."""
    _, claiming, patterns = chosen(pack.language, kind)
    claimed = pack.lexicon.symbol(SLOTS["claimed"])
    present = frozenset(reading.symbols)
    for pattern in claiming.candidates(present):
        found = matches(pattern, reading.symbols)
        yield from (Spot(*reading.span(first, last), pattern.rule) for first, last in found)
        reading = reading.without(found, claimed)
    present = frozenset(reading.symbols)
    for pattern in patterns.candidates(present):
        for first, last in matches(pattern, reading.symbols):
            yield Spot(*reading.span(first, last), pattern.rule, is_strong=pattern.is_strong)
