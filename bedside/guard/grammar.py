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
    """Patterns in their order, indexed by the symbols of the smallest set each needs."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self.always = [place for place, pattern in enumerate(self.patterns) if not pattern.needed]
        self.index: dict[str, list[int]] = {}
        for place, pattern in enumerate(self.patterns):
            for symbol in pattern.needed[0] if pattern.needed else ():
                self.index.setdefault(symbol, []).append(place)

    def candidates(self, present: Set[str]) -> list[Pattern]:
        """Return, in their order, the patterns whose rarest needed word is in the text."""
        places = set(self.always)
        for symbol in present:
            places.update(self.index.get(symbol, ()))
        return [self.patterns[place] for place in sorted(places)]


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
        reading = reading.without(matches(pattern, reading.symbols, present), OTHER)
    return reading


def spots(reading: Reading, pack: Pack, kind: TextKind) -> Iterator[Spot]:
    """Yield what the patterns match; what a claiming rule matches is read as `claimed` by the patterns after it."""
    _, claiming, patterns = chosen(pack.language, kind)
    claimed = pack.lexicon.symbol(SLOTS["claimed"])
    present = frozenset(reading.symbols)
    for pattern in claiming.candidates(present):
        found = matches(pattern, reading.symbols, present)
        yield from (Spot(*reading.span(first, last), pattern.rule) for first, last in found)
        reading = reading.without(found, claimed)
    present = frozenset(reading.symbols)
    for pattern in patterns.candidates(present):
        for first, last in matches(pattern, reading.symbols, present):
            yield Spot(*reading.span(first, last), pattern.rule, is_strong=pattern.is_strong)
