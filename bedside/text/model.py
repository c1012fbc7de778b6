"""The trained half of the mood: a linear model over hashed words, small enough to explain itself.

Weights: models/sentiment.npz, made by training/sentiment.py, which says from what. Rules may overrule it; it never
decides urgency.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np

BUCKETS = 1 << 15  # hashed features per language
STEM = 5  # letters of a word that stand for its inflections
ENOUGH = 400  # words; the mood of a longer text is clear by then
LANGUAGES = ("en", "de", "es", "fr", "it")


def features(words: Sequence[str]) -> list[int]:
    """Return the buckets of the words, their beginnings and their pairs; repeated ones once."""
    found: set[int] = set()
    before = ""
    for word in words[:ENOUGH]:
        found.add(crc32(word.encode("utf-8", "replace")) % BUCKETS)
        if len(word) > STEM:
            found.add(crc32(f"~{word[:STEM]}".encode("utf-8", "replace")) % BUCKETS)
        if before:
            found.add(crc32(f"{before} {word}".encode("utf-8", "replace")) % BUCKETS)
        before = word
    return sorted(found)


def mood(words: Sequence[str], language: str) -> float | None:
    """Return the mood from -1 to 1, the chance of good minus that of bad; None for an unknown language or no words."""
    if language not in LANGUAGES or not words:
        return None
    import numpy as np

    weights, scale, bias = _weights(language)
    buckets = features(words)
    sums = weights[buckets].sum(axis=0, dtype=np.int32) * scale / len(buckets) ** 0.5 + bias
    chances = np.exp(sums - sums.max())
    return float((chances[2] - chances[0]) / chances.sum())


@cache
def _weights(language: str) -> "tuple[np.ndarray, float, np.ndarray]":
    """Load the int8 weights (buckets by negative, neutral, positive), what one step of them is worth, and the bias."""
    import numpy as np

    with (
        as_file(files("bedside.text") / "models" / "sentiment.npz") as path,
        np.load(path, allow_pickle=False) as stored,
    ):
        return stored[language], float(stored[f"{language}_scale"]), stored[f"{language}_bias"]
