"""Let the weigher judge what the patterns found: add what they missed, soften what they took for more than it is."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, islice
from typing import NamedTuple

from bedside.guard import weigher
from bedside.guard.mending.neutral import own_sentences
from bedside.guard.pack import Pack
from bedside.guard.reading import Reading, sentences
from bedside.guard.rules import RULES
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context, Severity
from bedside.guard.weigher import Weight


class Limits(NamedTuple):
    """The log-odds from which a sentence blocks by itself, keeps the block of a pattern, and warns."""

    blocks: float
    keeps: float
    warns: float


# Chosen in five-fold cross-validation by training/disclosure.py: where the goals for blocks and for false alarms cannot
# both be met, the point that misses them by the smallest sum.
LIMITS = {
    "en": Limits(-0.8, -1.6, 0.3),
    "de": Limits(0.0, -1.2, -0.2),
    "es": Limits(-0.2, -0.8, 0.4),
    "fr": Limits(-0.4, -0.8, 0.0),
    "it": Limits(-0.4, -0.4, 0.4),
}
MOST_SENTENCES = 200  # of a text that are weighed, and the words of each; a reply has a tenth of that
MOST_WORDS = 120
MOST_SPOTS = 100
WINDOW = 8  # words that are pointed at where only the model found something
MOST_WINDOWS = 24  # of a sentence that are compared
HARD = ("identifier.", "identity.unmask", "identity.placeholder", "identity.name")


def judge(reading: Reading, pack: Pack, spots: list[Spot], context: Context) -> Iterator[Spot]:
    """Yield the spots of a reply after the weigher has read each of its sentences."""
    limits = LIMITS[pack.language]
    waiting = deque(sorted(spots, key=lambda spot: (spot.start, spot.end, spot.rule)))
    judged: set[Spot] = set()
    around = weigher.setting(context)
    own = own_sentences(pack.language)  # what the guard suggests, it does not doubt
    read = list(islice(sentences(reading), MOST_SENTENCES))
    for number, (first, last) in enumerate(read):
        if reading.folded.text[reading.starts[first] : reading.ends[last - 1]] in own:
            continue
        start, end = reading.span(first, last)
        inside = [spot for spot in islice(waiting, MOST_SPOTS) if spot.start < end and spot.end > start]
        while waiting and waiting[0].end <= end:
            waiting.popleft()
        hits = {spot.rule for spot in inside}
        here = around._replace(place=weigher.place_of(number, len(read)))
        weight = weigher.weigh(reading, first, min(last, first + MOST_WORDS), pack, hits, here)
        found = max((RULES[rule].severity.rank for rule in hits), default=0)
        certain = max((RULES[rule].severity.rank for rule in hits if rule.startswith(HARD)), default=0)
        worst = rank(found, certain, weight, limits)
        for spot in inside:
            if spot not in judged:
                judged.add(spot)
                yield softened(spot, worst)
        if worst == Severity.BLOCK.rank:
            start, end, heavy = heaviest(reading, first, last, pack, here)
            is_shown = any(spot.start < end and spot.end > start for spot in inside)
            if found < worst or (heavy >= limits.blocks and not is_shown):
                yield Spot(start, end, "disclosure.likely")
        elif worst == Severity.WARN.rank != found:
            start, end, _ = heaviest(reading, first, last, pack, here, of_blocks=False)
            yield Spot(start, end, "disclosure.possible")
    yield from (spot for spot in spots if spot not in judged)


def heaviest(
    reading: Reading, first: int, last: int, pack: Pack, around: weigher.Setting, *, of_blocks: bool = True
) -> tuple[int, int, float]:
    """Return the span in the text of the WINDOW words of a sentence that weigh most by themselves, and their weight."""
    last = min(last, first + MOST_WORDS)
    if last - first <= WINDOW:
        return *reading.span(first, last), 0.0
    total = [0.0, *accumulate(weigher.shares(reading, first, last, pack, around, of_blocks=of_blocks))]
    starts = range(max(last - first - WINDOW, 0) + 1)
    weight, back = max((total[min(place + WINDOW, last - first)] - total[place], -place) for place in starts)
    return *reading.span(first - back, min(first - back + WINDOW, last)), weight


def rank(found: int, certain: int, weight: Weight, limits: Limits) -> int:
    """Return the rank of a sentence: of the worst that patterns found in it, the worst that is certain, its weight."""
    is_block = weight.blocks >= (limits.keeps if found == Severity.BLOCK.rank else limits.blocks)
    if is_block or certain == Severity.BLOCK.rank:
        return Severity.BLOCK.rank
    return Severity.WARN.rank if weight.flags >= limits.warns else certain


def softened(spot: Spot, worst: int) -> Spot:
    """Return the spot with its severity, or as a note where its sentence weighs less; what is certain stays."""
    if spot.rule.startswith(HARD) or RULES[spot.rule].severity.rank <= worst:
        return spot
    return replace(spot, severity=Severity.NOTE)
