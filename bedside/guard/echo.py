"""What a reply repeats from the review it answers: health words, also inflected, dates, numbers and names."""

from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.pack import Pack, load
from bedside.guard.reading import Reading
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context
from bedside.guard.words import said

PRIVATE = frozenset({"procedure", "test", "body", "condition", "symptom", "drug", "relative", "money", "insurance"})
TIMES = frozenset({"weekday", "month", "number", "clock", "date"})
STEM = 6  # letters that must agree when a word is inflected


def spots(reading: Reading, pack: Pack, context: Context) -> Iterator[Spot]:
    """Yield the words of a reply that its review holds too."""
    if not context.review:
        return
    private, times = _told(context.review, pack.language)
    for place in range(1, len(reading.symbols) - 1):
        concepts = pack.meanings.get(reading.symbols[place])
        if not concepts:
            continue
        word = reading.folded.text[reading.starts[place] : reading.ends[place]]
        if (PRIVATE.intersection(concepts) and _is_told(word, private)) or (
            TIMES.intersection(concepts) and word in times and len(word) > 1
        ):
            yield Spot(*reading.span(place, place + 1), "echo.repeat")


def _is_told(word: str, told: frozenset[str]) -> bool:
    """Return whether a word or an inflection of it was told; a compound counts for its parts."""
    if word in told:
        return True
    stem = word[: max(STEM, len(word) - 3)] if len(word) >= STEM else word
    return any(
        other.startswith(stem) or (len(other) >= STEM and other[: max(STEM, len(other) - 3)] in word) for other in told
    )


@lru_cache(maxsize=64)
def _told(review: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the private words and the times that a review tells."""
    lexicon = load(language).lexicon
    private, times = set(), set()
    words = said(review)
    for place, pair in enumerate(zip(words, (*words[1:], ""), strict=True)):
        word = pair[0]
        concepts = lexicon.concepts(word)
        for parts, meant in lexicon.phrases.get(pair, {}).items():
            if not PRIVATE.isdisjoint(meant) and words[place : place + len(parts)] == parts:
                private.add(" ".join(parts))
        if not PRIVATE.isdisjoint(concepts):
            private.add(word)
        elif not TIMES.isdisjoint(concepts):
            times.add(word)
    return frozenset(private), frozenset(times)
