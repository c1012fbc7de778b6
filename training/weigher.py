"""Train the weighers of the guard: which sentences of a reply, a post or a request must not go out.

Reads training/corpus/*.dev.jsonl (or the folders in CORPUS, separated by colons) and, for real wording of replies,
$BEDSIDE_DATA/provider_replies_dev.jsonl (ODbL 1.0, a public set of Google reviews). Writes
bedside/guard/models/{disclosure,post,request}.bin. Needs numpy.

    python training/weigher.py                  # five-fold figures, then train on everything and write all three
    python training/weigher.py post request     # the same for these kinds alone
    python training/weigher.py post misses      # the figures, and the texts judged wrongly on standard error; nothing written
"""

import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

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

SIZE = weigher.MASK + 1
RANKS = {"pass": 0, "warn": 2, "block": 3}
DOUBTFUL = 0.6  # the weight of a sentence beside the offending one, in a text labelled as a whole
DROP = {TextKind.REPLY: 0.3}  # the share of features left out at each step; more where texts are fewer
DROP_FEW = 0.5
SAFE = 2.0  # the weight of a sentence that passes: a guard that cries wolf is switched off
PLAIN = frozenset({"no_opt_out", "opt_out", "hashtags", "phone"})  # families of which the words are no matter
BY_PROFILE = frozenset({"before_after", "testimonial"})  # families that the rules raise from warn to block
MIX = (
    0.25  # of what speaks for flagging counts for blocking too, and the other way round: both are learnt from few texts
)
FOLDS = 5
SEEDS = (7, 8, 9)  # of the models whose mean is written
Row = dict[str, Any]


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
                np.array(sorted(sentence.features)),
                worst[2],
                worst[3],
                sentence.found,
                sentence.certain,
                sentence.is_strong,
                max((rule.severity_in(context.profile).rank for rule in warnings), default=0),
            )
        )
    plain = (RULES[spot.rule] for spot in unjudged(detected, context))
    result.certain = max((rule.severity.rank for rule in plain if context.kind in rule.kinds), default=0)
    return result


def train(
    data: list[Sample], passes: int = 12, rate: float = 0.1, decay: float = 1e-3, drop: float = 0.3, seed: int = 7
) -> np.ndarray:
    """Fit two logistic regressions by adaptive gradient descent, leaving out a share of the features at each step."""
    weights = np.zeros((SIZE, 2))
    total = np.zeros((SIZE, 2))
    squares = np.full((SIZE, 2), 1.0)
    chance = np.random.default_rng(seed)
    targets = np.array([[s.rank == 3, s.rank >= 2] for s in data], dtype=float)
    factors = np.array([s.weight * (1.0 if s.rank else SAFE) for s in data])
    for step in range(passes):
        for position in chance.permutation(len(data)):
            every = data[position].indices
            kept = every[chance.random(len(every)) >= drop]
            own = weights[kept]
            score = 1 / (1 + np.exp(-own.sum(axis=0) / (1 - drop)))
            gradient = (score - targets[position]) * factors[position] + decay * own
            squares[kept] += gradient**2
            weights[kept] = own - rate * gradient / np.sqrt(squares[kept])
        if step >= passes // 2:
            total += weights
    return total / (passes - passes // 2) @ np.array([[1.0, MIX], [MIX, 1.0]])


def quantised(weights: np.ndarray) -> np.ndarray:
    return np.clip(np.round(weights * weigher.SCALE), -127, 127) + 128


def scored(weights: np.ndarray, data: list[Sample]) -> list[tuple[float, float]]:
    """Return the log-odds of every sentence under the quantised weights."""
    table = quantised(weights) - 128
    return [tuple(table[sample.indices].sum(axis=0) / weigher.SCALE) for sample in data]


def fold_scores(job: tuple[list[Sample], list[Sample], float]) -> list[tuple[float, float]]:
    known, unknown, drop = job
    return scored(train(known, drop=drop), unknown)


def crossed(texts: list[Text], drop: float) -> list[list[tuple[float, float]]]:
    """Return, for every text, the scores of its sentences by a model that has not seen the text.

    The corpora of the languages tell of the same subjects in the same order: what stands at one place in them is left out
    together, or a model would have seen the text in another language.
    """
    places: dict[str, int] = defaultdict(int)
    chance = random.Random(3)
    parts = [chance.randrange(FOLDS) for _ in texts]
    part_of = []
    for text in texts:
        part_of.append(parts[places[text.row["language"]]])
        places[text.row["language"]] += 1
    jobs = [
        (
            [s for text, part in zip(texts, part_of, strict=True) if part != out for s in text.samples],
            [s for text, part in zip(texts, part_of, strict=True) if part == out for s in text.samples],
            drop,
        )
        for out in range(FOLDS)
    ]
    with ProcessPoolExecutor(2) as pool:
        flat = [iter(found) for found in pool.map(fold_scores, jobs)]
    return [[next(flat[part]) for _ in text.samples] for text, part in zip(texts, part_of, strict=True)]


def verdict(text: Text, scores: list[tuple[float, float]], limits: judging.Limits) -> int:
    """Return the rank of the verdict on a text, from the scores of its sentences."""
    worst = text.certain
    for sample, score in zip(text.samples, scores, strict=True):
        rank = judging.rank(sample.found, sample.hard, weigher.Weight(*score), limits, is_strong=sample.is_strong)
        worst = max(worst, rank, sample.raised if rank >= Severity.WARN.rank else 0)
    return worst


def figures(texts: list[Text], scores: list[list[tuple[float, float]]], limits: judging.Limits) -> dict[str, float]:
    """Return the shares blocked and flagged, by what the label says."""
    counted: dict[str, list[int]] = defaultdict(list)
    for text, own in zip(texts, scores, strict=True):
        counted[text.row["severity"]].append(verdict(text, own, limits))

    def share(severity: str, rank: int) -> float:
        return sum(found >= rank for found in counted[severity]) / max(len(counted[severity]), 1)

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


def best(texts: list[Text], scores: list[list[tuple[float, float]]]) -> judging.Limits:
    return min(tried(), key=lambda limits: shortfall(figures(texts, scores, limits)))


def show(name: str, texts: list[Text], scores: list[list[tuple[float, float]]], limits: judging.Limits) -> None:
    found = figures(texts, scores, limits)
    cells = "  ".join(f"{key} {value:.3f}" for key, value in found.items())
    print(f"{name:9} {len(texts):5} {limits}  {cells}", flush=True)


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
    scores = crossed(texts, DROP.get(kind, DROP_FEW))
    judge = judging.JUDGES[kind]
    for language in LANGUAGES:
        of = [place for place, text in enumerate(texts) if text.row["language"] == language]
        chosen, own = [texts[place] for place in of], [scores[place] for place in of]
        show(language, chosen, own, judge.limits[language])
        if kind is TextKind.REPLY:
            show(f"{language} best", chosen, own, best(chosen, own))
        for name, fits in (("long", "sentences"), ("real", "real")):
            some = [place for place in of if fits in texts[place].row]
            if some:
                show(f"{language} {name}", [texts[p] for p in some], [scores[p] for p in some], judge.limits[language])
        if is_trial:
            print_misses(chosen, own, judge.limits[language])
    if kind is not TextKind.REPLY:  # too few to choose by language
        show("all", texts, scores, judge.limits["en"])
        show("all best", texts, scores, best(texts, scores))


def write(kind: TextKind, data: list[Sample]) -> None:
    """Train on everything and write the model."""
    target = ROOT / "bedside" / "guard" / "models" / f"{judging.JUDGES[kind].model}.bin"
    weights = np.mean([train(data, drop=DROP.get(kind, DROP_FEW), seed=seed) for seed in SEEDS], axis=0)
    target.write_bytes(quantised(weights).astype(np.uint8).T.tobytes())
    print("written", target.stat().st_size, "bytes")


def print_misses(texts: list[Text], scores: list[list[tuple[float, float]]], limits: judging.Limits) -> None:
    """Print what should block and does not, and what should pass and does not, by family."""
    for text, own in sorted(zip(texts, scores, strict=True), key=lambda pair: pair[0].row.get("families") or []):
        rank, row = verdict(text, own, limits), text.row
        if (row["severity"] == "block" and rank < 3) or (row["severity"] == "pass" and rank >= 2):
            best_of = "/".join(f"{b:.1f},{f:.1f}" for b, f in own)
            print(row["language"], row["severity"], rank, row.get("families"), best_of, row["text"], file=sys.stderr)


if __name__ == "__main__":
    main()
