"""Train the weighers of the guard: which sentences of a reply, a post or a request must not go out.

Reads training/corpus/*.dev.jsonl (or the folders in CORPUS, separated by colons) and, for real wording of replies,
$BEDSIDE_DATA/provider_replies_dev.jsonl (ODbL 1.0, a public set of Google reviews). Writes
bedside/guard/models/{disclosure,post,request}.bin. Needs numba and numpy.

    python training/weigher.py                  # five-fold figures, then train on everything and write all three
    python training/weigher.py post request     # the same for these kinds alone
    python training/weigher.py post misses      # the figures, and the texts judged wrongly on standard error; nothing written
"""

import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numba import njit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bedside.guard import judging, weigher  # noqa: E402
from bedside.guard.check import unjudged  # noqa: E402
from bedside.guard.command import context_of  # noqa: E402
from bedside.guard.detecting import detect  # noqa: E402
from bedside.guard.pack import LANGUAGES  # noqa: E402
from bedside.guard.rules import RULES  # noqa: E402
from bedside.guard.verdict import Severity, TextKind  # noqa: E402
from bedside.guard.words import words  # noqa: E402
from bedside.text.normalise import fold  # noqa: E402

RANKS = {"pass": 0, "warn": 2, "block": 3}
DOUBTFUL = 0.6  # the weight of a sentence beside the offending one, in a text labelled as a whole
REAL = 3.0  # the weight of a sentence that somebody published
SAFE = 2.0  # the weight of a sentence that passes: a guard that cries wolf is switched off
PLAIN = frozenset({"no_opt_out", "opt_out", "hashtags", "phone"})  # families of which the words are no matter
BY_PROFILE = frozenset({"before_after", "testimonial"})  # families that the rules raise from warn to block
MIX = (
    0.25  # of what speaks for flagging counts for blocking too, and the other way round: both are learnt from few texts
)
FOLDS = 5
UNLIKELY = re.compile(r"[a-z]{2}(?:3|5b)-")  # ids of riddles and of pairs by family: they teach, and choose no limits
PASSES = 12
RATE = 0.1
DECAY = 1e-3
SEEDS = (7, 8, 9)  # of the models whose mean is written
Row = dict[str, Any]


class Plan(NamedTuple):
    """How a model is trained."""

    size: int  # of each of its two tables, a power of two
    drop: float  # the share of features left out at each step; more where texts are fewer


FEW = Plan(1 << 17, 0.5)
PLANS = {TextKind.REPLY: Plan(weigher.MASK + 1, 0.3), TextKind.POST: FEW, TextKind.REQUEST: FEW}


@dataclass
class Sample:
    """One sentence: hashed features, what the label says, and what the patterns found."""

    indices: np.ndarray
    rank: int  # of the label: 0 pass, 2 warn, 3 block
    weight: float
    found: int  # the worst rank among the patterns
    hard: int  # the same among those that are certain
    is_strong: bool  # whether a strong pattern is among them
    raised: int  # the worst rank among those that the profile raises once the sentence is flagged


Scores = list[list[tuple[float, float]]]  # for each sentence of each text, of blocking and of flagging


class Table(NamedTuple):
    """What texts are judged by: a row for each sentence, but for the last two, which have one for each text."""

    text: np.ndarray  # the number of the text
    scores: np.ndarray  # of blocking and of flagging
    found: np.ndarray
    hard: np.ndarray
    raised: np.ndarray
    strong: np.ndarray
    certain: np.ndarray
    severity: np.ndarray


@dataclass
class Text:
    """One text: its sentences, and the rank of what the detectors without a model found in it."""

    row: Row
    samples: list[Sample] = field(default_factory=list)
    certain: int = 0


def rows(kind: TextKind) -> list[Row]:
    folders = os.environ.get("CORPUS", str(ROOT / "training" / "corpus")).split(":")
    found = [
        json.loads(line)
        for folder in folders
        for path in sorted(Path(folder).glob("*.dev.jsonl"))
        for line in path.open(encoding="utf-8")
    ]
    real = Path(os.environ.get("BEDSIDE_DATA", "/nowhere")) / "provider_replies_dev.jsonl"
    if real.is_file():
        found += [json.loads(line) | {"language": "en", "real": True} for line in real.open(encoding="utf-8")]
    return [whole(row) for row in found if row.get("kind", "reply") == kind]


def whole(row: Row) -> Row:
    """Return a row with the text and severity of all its sentences."""
    if "sentences" not in row:
        return row
    parts = row["sentences"]
    worst = max((part[1] for part in parts), key=RANKS.__getitem__)
    families = [part[2] for part in parts if part[1] == worst and part[2]]
    return row | {"text": " ".join(part[0] for part in parts), "severity": worst, "families": families}


def labels(row: Row) -> list[tuple[int, int, int, float]]:
    """Return spans of the text with their rank and weight; what no span touches passes, with the weight of the last."""
    text = row["text"]
    if "sentences" in row:
        spans, start = [], 0
        for sentence, severity, _, offending in row["sentences"]:
            place = sentence.find(offending) if offending else 0
            begin, length = (place, len(offending)) if offending and place >= 0 else (0, len(sentence))
            spans.append((start + begin, start + begin + length, RANKS[severity], 1.0))
            start += len(sentence) + 1
        return [*spans, (0, 0, 0, 1.0)]
    families = set(row.get("families") or ())
    rank = (
        0 if families & PLAIN else min(RANKS[row["severity"]], 2) if families & BY_PROFILE else RANKS[row["severity"]]
    )
    place = text.find(row["span"]) if row.get("span") else -1
    if place >= 0:
        return [(place, place + len(row["span"]), rank, 1.0), (0, 0, 0, DOUBTFUL if rank else 1.0)]
    return [(0, len(text), rank, 1.0), (0, 0, 0, 1.0)]


def read(row: Row) -> Text:
    """Return a text with its sentences, as the guard sees them."""
    text, context = row["text"], context_of(row)
    folded = fold(text)
    detected = detect(folded, words(folded), row["language"], context)
    spans = labels(row)
    if row["severity"] == "block" and "sentences" not in row and not row.get("span"):
        blocks = [(s.start, s.end, 3, 1.0) for s in detected.spots if RULES[s.rule].severity is Severity.BLOCK]
        spans = [*blocks, (0, 0, 0, DOUBTFUL)] if blocks else spans
    result = Text(row)
    for sentence in judging.split(detected):
        touching = [span for span in spans if span[0] < sentence.end and span[1] > sentence.start]
        worst = max(touching, key=lambda span: span[2], default=spans[-1])
        warnings = [RULES[spot.rule] for spot in sentence.spots if RULES[spot.rule].severity is Severity.WARN]
        result.samples.append(
            Sample(
                np.unique(np.array(sorted(sentence.features)) & (PLANS[context.kind].size - 1)),
                worst[2],
                worst[3] * (REAL if "real" in row else 1.0),
                sentence.found,
                sentence.certain,
                sentence.is_strong,
                max((rule.severity_in(context.profile).rank for rule in warnings), default=0),
            )
        )
    plain = (RULES[spot.rule] for spot in unjudged(detected, context))
    result.certain = max((rule.severity.rank for rule in plain if context.kind in rule.kinds), default=0)
    return result


def packed(data: list[Sample]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return where the features of each sentence begin, all features, and the targets and weight of each sentence."""
    begins = np.cumsum([0, *(len(sample.indices) for sample in data)])
    features = np.concatenate([sample.indices for sample in data]).astype(np.int64)
    targets = np.array([[s.rank == 3, s.rank >= 2] for s in data], dtype=float)
    return begins, features, targets, np.array([s.weight * (1.0 if s.rank else SAFE) for s in data])


@njit(cache=True, fastmath=True)
def descend(
    begins: np.ndarray,
    features: np.ndarray,
    targets: np.ndarray,
    factors: np.ndarray,
    size: int,
    drop: float,
    seed: int,
) -> np.ndarray:
    """Fit two logistic regressions by adaptive gradient descent, leaving out a share of the features at each step."""
    np.random.seed(seed)
    weights, total, squares = np.zeros((size, 2)), np.zeros((size, 2)), np.ones((size, 2))
    kept = np.empty(np.max(begins[1:] - begins[:-1]), np.int64)
    order = np.arange(len(factors))
    for step in range(PASSES):
        np.random.shuffle(order)
        for place in order:
            count, score = 0, np.zeros(2)
            for feature in features[begins[place] : begins[place + 1]]:
                if np.random.random() >= drop:
                    kept[count] = feature
                    count += 1
                    score += weights[feature]
            error = (1 / (1 + np.exp(-score / (1 - drop))) - targets[place]) * factors[place]
            for feature in kept[:count]:
                for side in range(2):
                    gradient = error[side] + DECAY * weights[feature, side]
                    squares[feature, side] += gradient**2
                    weights[feature, side] -= RATE * gradient / np.sqrt(squares[feature, side])
        if step >= PASSES // 2:
            total += weights
    return total / (PASSES - PASSES // 2)


def train(data: list[Sample], plan: Plan, seed: int = 7) -> np.ndarray:
    """Return the weights for blocking and for flagging, each with a little of the other."""
    return descend(*packed(data), *plan, seed) @ np.array([[1.0, MIX], [MIX, 1.0]])


def quantised(weights: np.ndarray) -> np.ndarray:
    return np.clip(np.round(weights * weigher.SCALE), -127, 127) + 128


def scored(weights: np.ndarray, data: list[Sample]) -> list[tuple[float, float]]:
    """Return the log-odds of every sentence under the quantised weights."""
    table = quantised(weights) - 128
    return [tuple(table[sample.indices].sum(axis=0) / weigher.SCALE) for sample in data]


def fold_scores(job: tuple[list[Sample], list[Sample], Plan]) -> list[tuple[float, float]]:
    known, unknown, plan = job
    return scored(train(known, plan), unknown)


def crossed(texts: list[Text], plan: Plan) -> Scores:
    """Return, for every text, the scores of its sentences by a model that has not seen the text.

    The corpora of the languages tell of the same subjects in the same order: what stands at one place in them is left out
    together, or a model would have seen the text in another language. So are texts of one group, such as answers to one review.
    """
    places: dict[str, int] = defaultdict(int)
    chance = random.Random(3)
    parts = [chance.randrange(FOLDS) for _ in texts]
    part_of = []
    for text in texts:
        if "group" in text.row:
            part_of.append(crc32(text.row["group"].encode()) % FOLDS)
        else:
            part_of.append(parts[places[text.row["language"]]])
            places[text.row["language"]] += 1
    jobs = [
        (
            [s for text, part in zip(texts, part_of, strict=True) if part != out for s in text.samples],
            [s for text, part in zip(texts, part_of, strict=True) if part == out for s in text.samples],
            plan,
        )
        for out in range(FOLDS)
    ]
    with ProcessPoolExecutor(2) as pool:
        flat = [iter(found) for found in pool.map(fold_scores, jobs)]
    return [[next(flat[part]) for _ in text.samples] for text, part in zip(texts, part_of, strict=True)]


def table(texts: list[Text], scores: Scores) -> Table:
    """Return what texts are judged by, sentence by sentence."""
    samples = [sample for text in texts for sample in text.samples]
    columns = ("found", "hard", "raised", "is_strong")
    return Table(
        np.repeat(np.arange(len(texts)), [len(text.samples) for text in texts]),
        np.array([score for own in scores for score in own]).reshape(-1, 2),
        *(np.array([getattr(sample, name) for sample in samples], dtype=int) for name in columns),
        np.array([text.certain for text in texts]),
        np.array([text.row["severity"] for text in texts]),
    )


def verdicts(judged: Table, limits: judging.Limits) -> np.ndarray:
    """Return the ranks of the verdicts on texts: judging.rank for many sentences at once, and the worst of each text."""
    firm = judging.FIRM * judged.strong
    blocks = judged.scores[:, 0] >= np.where(judged.found == 3, limits.keeps - firm, limits.blocks)
    ranks = np.where(judged.scores[:, 1] >= limits.warns - firm, 2, judged.hard)
    ranks[blocks | (judged.hard == 3)] = 3
    ranks = np.where(ranks >= 2, np.maximum(ranks, judged.raised), ranks)
    worst = judged.certain.copy()
    np.maximum.at(worst, judged.text, ranks)
    return worst


def figures(judged: Table, limits: judging.Limits) -> dict[str, float]:
    """Return the shares blocked and flagged, by what the label says."""
    ranks = verdicts(judged, limits)

    def share(severity: str, rank: int) -> float:
        return float(np.mean(ranks[judged.severity == severity] >= rank)) if severity in judged.severity else 0.0

    return {
        "blocked": share("block", 3),
        "flagged": share("block", 2),
        "false_blocks": share("pass", 3),
        "false_flags": share("pass", 2),
        "warn_blocked": share("warn", 3),
        "warn_flagged": share("warn", 2),
    }


def shortfall(found: dict[str, float]) -> float:
    """Return by how much the goals are missed, with a little for warnings that block."""
    return (
        max(0.97 - found["blocked"], 0)
        + 1.5 * max(found["false_blocks"] - 0.03, 0)  # a safe reply held up costs a person's time each day
        + max(0.99 - found["flagged"], 0)
        + max(found["false_flags"] - 0.08, 0)
        + 0.05 * found["warn_blocked"]
        + 0.02 * (1 - found["warn_flagged"])
    )


def tried() -> Iterator[judging.Limits]:
    for blocks in np.arange(-2.0, 1.01, 0.2):
        for keeps in np.arange(-3.2, 0.01, 0.4):
            for warns in np.arange(-2.6, 1.01, 0.3):
                if keeps <= blocks:
                    yield judging.Limits(round(float(blocks), 2), round(float(keeps), 2), round(float(warns), 2))


def best(judged: Table) -> judging.Limits:
    return min(tried(), key=lambda limits: shortfall(figures(judged, limits)))


def show(name: str, judged: Table, limits: judging.Limits) -> None:
    found = figures(judged, limits)
    cells = "  ".join(f"{key} {value:.3f}" for key, value in found.items())
    print(f"{name:9} {len(judged.certain):5} {limits}  {cells}", flush=True)


def main() -> None:
    is_trial = "misses" in sys.argv
    for kind in [TextKind(name) for name in sys.argv[1:] if name != "misses"] or list(TextKind):
        with ProcessPoolExecutor(2) as pool:
            texts = list(pool.map(read, rows(kind), chunksize=50))
        data = [sample for text in texts for sample in text.samples]
        print(kind, len(texts), "texts", len(data), "sentences", sum(s.rank == 3 for s in data), "that block")
        report(kind, texts, is_trial)
        if not is_trial:
            write(kind, data)


def report(kind: TextKind, texts: list[Text], is_trial: bool) -> None:
    """Print the five-fold figures, with the limits in use and with the best."""
    scores = crossed(texts, PLANS[kind])
    judge = judging.JUDGES[kind]

    def chosen(places: list[int]) -> Table:
        return table([texts[place] for place in places], [scores[place] for place in places])

    for language in LANGUAGES:
        of = [place for place, text in enumerate(texts) if text.row["language"] == language]
        show(language, chosen(of), judge.limits[language])
        if kind is TextKind.REPLY:
            likely = chosen([place for place in of if not UNLIKELY.match(texts[place].row.get("id", ""))])
            show(f"{language} likely", likely, judge.limits[language])
            show(f"{language} best", likely, best(likely))
        real = [place for place in of if "real" in texts[place].row]
        if real:
            show(f"{language} real", chosen(real), judge.limits[language])
        if is_trial:
            print_misses([texts[place] for place in of], [scores[place] for place in of], judge.limits[language])
    everything = chosen(list(range(len(texts))))
    show("all", everything, judge.limits["en"])
    if kind is not TextKind.REPLY:  # too few to choose by language
        show("all best", everything, best(everything))


def write(kind: TextKind, data: list[Sample]) -> None:
    """Train on everything and write the model."""
    target = ROOT / "bedside" / "guard" / "models" / f"{judging.JUDGES[kind].model}.bin"
    weights = np.mean([train(data, PLANS[kind], seed) for seed in SEEDS], axis=0)
    target.write_bytes(quantised(weights).astype(np.uint8).T.tobytes())
    print("written", target.stat().st_size, "bytes")


def print_misses(texts: list[Text], scores: Scores, limits: judging.Limits) -> None:
    """Print what should block and does not, and what should pass and does not, by family."""
    judged = zip(texts, scores, verdicts(table(texts, scores), limits), strict=True)
    for text, own, rank in sorted(judged, key=lambda found: found[0].row.get("families") or []):
        row = text.row
        if (row["severity"] == "block" and rank < 3) or (row["severity"] == "pass" and rank >= 2):
            best_of = "/".join(f"{b:.1f},{f:.1f}" for b, f in own)
            print(row["language"], row["severity"], rank, row.get("families"), best_of, row["text"], file=sys.stderr)


if __name__ == "__main__":
    main()
