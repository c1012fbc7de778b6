"""Train bedside/text/models/sentiment.npz and print how well it does on texts it has not seen.

    BEDSIDE_DATA=/path/to/data python training/sentiment.py

Reads from BEDSIDE_DATA, and copies no text into the project:
- nhs_fft_topics_train.csv, nhs_fft_sentiment_train.csv: comments of the NHS Friends and Family Test, published by the
  trusts in github.com/The-Strategy-Unit/pxtextmining (MIT); weights may ship with this attribution.
- tweets_sentiment_train.jsonl: UMSAB from github.com/cardiffnlp/xlm-t; weights only.

Every fifth text, chosen by its hash so that equal comments stay on one side, is held out; the weights that ship never
saw those. Same input, same bytes out.
"""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import numpy as np

from bedside.text.fold import fold
from bedside.text.model import BUCKETS, LANGUAGES, features
from bedside.text.words import cut

DATA = Path(os.environ["BEDSIDE_DATA"])
MODEL = Path(__file__).parent.parent / "bedside/text/models/sentiment.npz"
CLASSES = {"negative": 0, "neutral": 1, "positive": 2}
EPOCHS, RATE, DECAY, SEED = 12, 0.3, 2e-5, 7

Row = tuple[str, str, int]  # source, text, class


def nhs_rows() -> Iterator[Row]:
    """Yield comments with a clear mood; answers to "what could be better" that say "nothing" mean nothing elsewhere."""
    with (DATA / "nhs_fft_topics_train.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["Comment sentiment"]:
                yield "nhs", row["FFT answer"], {"1": 2, "2": 2, "3": 1, "4": 0, "5": 0}[row["Comment sentiment"]]
    with (DATA / "nhs_fft_sentiment_train.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["code"] != "xn" and row["criticality"].lstrip("-").isdigit():
                yield "nhs1", row["feedback"], int(np.sign(int(row["criticality"]))) + 1


def tweet_rows(language: str) -> Iterator[Row]:
    with (DATA / "tweets_sentiment_train.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["language"] == language:
                yield "tweets", row["text"], CLASSES[row["sentiment"]]


def rows(language: str) -> list[Row]:
    return [*(nhs_rows() if language == "en" else ()), *tweet_rows(language)]


def is_held_out(text: str) -> bool:
    return crc32(fold(text).strip().encode()) % 5 == 0


def train(examples: list[tuple[list[int], int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and bias of a softmax regression, by AdaGrad over single examples in a fixed order."""
    weights, bias = np.zeros((BUCKETS, 3), np.float32), np.zeros(3, np.float32)
    seen = np.full((BUCKETS, 3), 1e-2, np.float32)
    order = np.random.default_rng(SEED)
    for _ in range(EPOCHS):
        for index in order.permutation(len(examples)):
            buckets, wanted = examples[index]
            size = 1 / len(buckets) ** 0.5
            sums = weights[buckets].sum(axis=0) * size + bias
            error = np.exp(sums - sums.max())
            error /= error.sum()
            error[wanted] -= 1
            step = error * size + DECAY * weights[buckets] * len(examples) ** 0.5
            seen[buckets] += step**2
            weights[buckets] -= RATE * step / np.sqrt(seen[buckets])
            bias -= 0.01 * error
    return weights, bias


def report(language: str, held_out: list[Row], weights: np.ndarray, bias: np.ndarray) -> None:
    """Print accuracy and macro-F1 per source."""
    for source in sorted({row[0] for row in held_out}):
        counts = np.zeros((3, 3), int)
        for _, text, wanted in (row for row in held_out if row[0] == source):
            buckets = features(cut(text, language).words)
            sums = weights[buckets].sum(axis=0) / max(len(buckets), 1) ** 0.5 + bias
            counts[wanted, int(sums.argmax())] += 1
        hits = np.diag(counts)
        f1 = 2 * hits / np.maximum(counts.sum(0) + counts.sum(1), 1)
        print(
            f"{language} {source:7} n={counts.sum():5} accuracy={hits.sum() / counts.sum():.3f} macro-F1={f1.mean():.3f}"
        )


def main() -> None:
    stored: dict[str, np.ndarray] = {}
    for language in LANGUAGES:
        everything = rows(language)
        examples = [
            (buckets, wanted)
            for _, text, wanted in everything
            if not is_held_out(text) and (buckets := features(cut(text, language).words))
        ]
        weights, bias = train(examples)
        scale = float(np.abs(weights).max()) / 127
        whole = np.round(weights / scale).astype(np.int8)
        stored |= {language: whole, f"{language}_scale": np.array(scale, np.float32), f"{language}_bias": bias}
        report(language, [row for row in everything if is_held_out(row[1])], whole * scale, bias)
    np.savez_compressed(MODEL, **stored)
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
