"""Let the weigher judge what the patterns found: add what they missed, soften what they took for more than it is."""

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import accumulate, islice
from typing import NamedTuple

from bedside.guard import weigher
from bedside.guard.detecting import Detected
from bedside.guard.mending.neutral import own_sentences
from bedside.guard.pack import LANGUAGES
from bedside.guard.reading import sentences
from bedside.guard.rules import RULES
from bedside.guard.spot import Spot
from bedside.guard.verdict import Severity, TextKind
from bedside.guard.weigher import Weight


class Limits(NamedTuple):
    """The log-odds from which a sentence blocks by itself, keeps the block of a pattern, and warns."""

    blocks: float
    keeps: float
    warns: float


class Judge(NamedTuple):
    """The model that judges a kind of text, the rules that speak for it, and its limits by language."""

    model: str
    likely: str
    possible: str
    limits: Mapping[str, Limits]
    is_wide: bool = False  # its patterns flag far more than is wrong: what the model softens is not even a note


# All limits are chosen in five-fold cross-validation by training/weigher.py: where the goals for blocks and for false alarms
# cannot both be met, the point that misses them by the smallest sum.
JUDGES = {
    TextKind.REPLY: Judge(
        "disclosure",
        "disclosure.likely",
        "disclosure.possible",
        {
            "en": Limits(-0.4, -1.6, 0.3),
            "de": Limits(-0.2, -1.2, -0.5),
            "es": Limits(-0.6, -1.2, -0.1),
            "fr": Limits(-0.4, -1.2, 0.0),
            "it": Limits(-0.6, -0.8, -0.8),
        },
    ),
    TextKind.POST: Judge(
        "post",
        "post.likely",
        "post.possible",
        dict.fromkeys(LANGUAGES, Limits(-1.0, -1.2, -0.8)),
        is_wide=True,
    ),
    TextKind.REQUEST: Judge(
        "request",
        "request.likely",
        "request.possible",
        dict.fromkeys(LANGUAGES, Limits(0.4, -0.4, -0.8)),
        is_wide=True,
    ),
}
SPEAKING = frozenset(rule for judge in JUDGES.values() for rule in (judge.likely, judge.possible))
MOST_SENTENCES = 200  # of a text that are weighed, and the words of each; a reply has a tenth of that
MOST_WORDS = 120
MOST_SPOTS = 100
FIRM = 1.0  # log-odds by which a strong pattern holds out longer than a wide one
# Rules for replies of which every pattern is strong: in the first four rounds of the dev corpus they were right in 93 of 100
# sentences or more. In the fifth, which sets a safe twin beside many a block, in 78 to 100.
PRECISE = frozenset(
    f"relationship.{name}"
    for name in "again care chosen clinician conditional dismissed family patient privacy referral".split()
) | {"visit.thanks", "visit.return", "relative.mention", "denial.procedure", "clinical.result", "record.link"}
WHOLE = "whole"  # the place of a text that is weighed as one sentence
WINDOW = 8  # words that are pointed at where only the model found something
HARD = ("identifier.", "identity.unmask", "identity.placeholder", "identity.name", "request.yelp")


class Sentence(NamedTuple):
    """A sentence, what the patterns point at in it, and its features for the weigher."""

    start: int  # characters of the text: the sentence is [start, end)
    end: int
    first: int  # the same in symbols of the reading
    last: int
    around: weigher.Setting
    spots: list[Spot]
    features: set[int]

    @property
    def found(self) -> int:
        """The rank of the worst that patterns found."""
        return max((RULES[spot.rule].severity.rank for spot in self.spots), default=0)

    @property
    def is_strong(self) -> bool:
        """Whether a strong pattern of a rule that blocks or warns is among them."""
        return any(
            spot.rule in PRECISE or (spot.is_strong and RULES[spot.rule].severity.rank >= Severity.WARN.rank)
            for spot in self.spots
        )

    @property
    def certain(self) -> int:
        """The rank of the worst that is certain, whatever the sentence weighs."""
        return max((RULES[spot.rule].severity.rank for spot in self.spots if spot.rule.startswith(HARD)), default=0)


def split(detected: Detected) -> Iterator[Sentence]:
    """Yield the sentences of a text."""
    reading, pack = detected.reading, detected.pack
    own = own_sentences(pack.language)  # what the guard suggests, it does not doubt
    waiting = deque(sorted(detected.spots, key=lambda spot: (spot.start, spot.end, spot.rule)))
    read = list(islice(sentences(reading), MOST_SENTENCES))
    for number, (first, last) in enumerate(read):
        if reading.folded.text[reading.starts[first] : reading.ends[last - 1]] in own:
            continue
        start, end = reading.span(first, last)
        inside = [spot for spot in islice(waiting, MOST_SPOTS) if spot.start < end and spot.end > start]
        while waiting and waiting[0].end <= end:
            waiting.popleft()
        here = detected.around._replace(place=weigher.place_of(number, len(read)))
        hits = {name for spot in inside for name in _names(spot)}
        seen = weigher.features(reading, first, min(last, first + MOST_WORDS), pack, hits, here)
        yield Sentence(start, end, first, last, here, inside, seen)
    if len(read) > 1 and detected.around.is_published:
        yield _whole(detected, read[0][0], read[-1][1])


def _whole(detected: Detected, first: int, last: int) -> Sentence:
    """Return a text as one sentence: what no sentence says alone, several may say together."""
    reading, pack = detected.reading, detected.pack
    hits = {name for spot in detected.spots[:MOST_SPOTS] for name in _names(spot)}
    here = detected.around._replace(place=WHOLE)
    seen = weigher.features(reading, first, min(last, first + MOST_WORDS), pack, hits, here)
    return Sentence(*reading.span(first, last), first, last, here, [], seen)


def _names(spot: Spot) -> tuple[str, ...]:
    """Return what the weigher is told of a spot: its rule, and whether the pattern was a strong one."""
    return (spot.rule, f"{spot.rule}{weigher.STRONG}") if spot.is_strong else (spot.rule,)


def judge(detected: Detected, kind: TextKind) -> Iterator[Spot]:
    """Yield the spots of a text after the weigher has read each of its sentences."""
    chosen = JUDGES[kind]
    limits = chosen.limits[detected.pack.language]
    judged: set[Spot] = set()
    reached = Severity.PASS.rank
    for sentence in split(detected):
        found = sentence.found
        weight = weigher.weigh(chosen.model, sentence.features)
        worst = rank(found, sentence.certain, weight, limits, is_strong=sentence.is_strong)
        if sentence.around.place == WHOLE and worst <= reached:
            continue
        reached = max(reached, worst)
        for spot in sentence.spots:
            if spot not in judged and not (chosen.is_wide and RULES[spot.rule].severity.rank > worst):
                judged.add(spot)
                yield softened(spot, worst)
        if worst == Severity.BLOCK.rank:
            start, end, heavy = heaviest(chosen.model, detected, sentence)
            is_shown = any(spot.start < end and spot.end > start for spot in sentence.spots)
            if found < worst or (heavy >= limits.blocks and not is_shown):
                yield Spot(start, end, chosen.likely)
        elif worst == Severity.WARN.rank != found:
            start, end, _ = heaviest(chosen.model, detected, sentence, of_blocks=False)
            yield Spot(start, end, chosen.possible)
    if not chosen.is_wide:
        yield from (spot for spot in detected.spots if spot not in judged)


def heaviest(model: str, detected: Detected, sentence: Sentence, *, of_blocks: bool = True) -> tuple[int, int, float]:
    """Return the span in the text of the WINDOW words of a sentence that weigh most by themselves, and their weight."""
    reading, first, last = detected.reading, sentence.first, min(sentence.last, sentence.first + MOST_WORDS)
    if last - first <= WINDOW:
        return *reading.span(first, last), 0.0
    shares = weigher.shares(model, reading, first, last, detected.pack, sentence.around, of_blocks=of_blocks)
    total = [0.0, *accumulate(shares)]
    starts = range(last - first - WINDOW + 1)
    weight, back = max((total[place + WINDOW] - total[place], -place) for place in starts)
    return *reading.span(first - back, first - back + WINDOW), weight


def rank(found: int, certain: int, weight: Weight, limits: Limits, *, is_strong: bool = False) -> int:
    """Return the rank of a sentence: of the worst that patterns found in it, the worst that is certain, its weight."""
    firm = FIRM if is_strong else 0.0
    is_block = weight.blocks >= (limits.keeps - firm if found == Severity.BLOCK.rank else limits.blocks)
    if is_block or certain == Severity.BLOCK.rank:
        return Severity.BLOCK.rank
    return Severity.WARN.rank if weight.flags >= limits.warns - firm else certain


def softened(spot: Spot, worst: int) -> Spot:
    """Return the spot with its severity, or as a note where its sentence weighs less; what is certain stays."""
    if spot.rule.startswith(HARD) or RULES[spot.rule].severity.rank <= worst:
        return spot
    return spot._replace(severity=Severity.NOTE)
