"""Tell the language of a text: one of the five we speak, or another one's code, which then needs a person.

The weights are distilled from py3langid by training/language.py. Other scripts are told by their letters.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from math import exp, log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LANGUAGES = ("en", "de", "es", "fr", "it")
NEIGHBOURS = (
    *("pt", "ca", "gl", "ro", "nl", "da", "sv", "no", "pl", "cs", "sk", "sl", "hr"),
    *("hu", "fi", "tr", "sq", "et", "lv", "lt", "vi", "id", "tl", "eu", "sw"),
)
ENOUGH = 400  # characters; more tell nothing new about the language
SHORT = 32  # letters; of a shorter text we only believe that it is one of the candidates
SURE = 3.0  # how much better another language must fit, in weights by the square root of the length
LONGEST = 6  # bytes of a sequence
TELLING = 4.0  # what one telling word adds to the fit of its language
WORD = 40  # characters of a word that are looked at

# what people write alone, too short for statistics
_GREETINGS = {
    word: code
    for code, words in {
        "en": "hello hi thanks thx great nice awesome good bad ok okay yes no love best worst",
        "de": "danke hallo gut schlecht nett klasse prima top",
        "es": "hola gracias bien mal excelente bueno malo genial",
        "fr": "merci bonjour bien nul super parfait bravo",
        "it": "grazie ciao bene male ottimo pessimo bravi buono",
    }.items()
    for word in words.split()
}
# words that hardly occur in the other four; a short text often holds one, and few telling byte sequences
_TELLING = {
    word: code
    for code, words in {
        "en": "staff rude doctor nobody great waste worst awful the and is are were with you your they this that have had not very would of my for she he it",
        "de": "praxis ärztin arzt wieder der das und ist sind nicht ich wir sie mit eine einen für sehr auch auf wurde habe kein keine zu im bei",
        "es": "trato excelente atención clínica el los las y muy para que pero está son por del nos lo me no hay",
        "fr": "le les et est une très avec pour pas je vous nous dans mais sont mon au des du on ce",
        "it": "il gli è sono molto che per di non della mio mia ho alla nel",
    }.items()
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")
_NOISE = re.compile(r"https?://\S+|[@#]\w+|\d+")
_SCRIPTS = (  # the language that most texts in a script are in; a person reads them anyway
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[іїєґІЇЄҐ]"), "uk"),
    (re.compile(r"[\u0400-\u04ff]"), "ru"),
    (re.compile(r"[\u0370-\u03ff]"), "el"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[پچژگ]"), "fa"),
    (re.compile(r"[\u0600-\u06ff]"), "ar"),
    (re.compile(r"[\u0900-\u097f]"), "hi"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def detect(text: str, *, candidates: Sequence[str] = LANGUAGES) -> tuple[str, float]:
    """Return the code of the language and how sure that is, 0 to 1; ("", 0.0) when nobody could tell."""
    sample = _NOISE.sub(" ", text[: 2 * ENOUGH])[:ENOUGH]
    letters = len(_LETTER.findall(sample))
    latin = len(_LATIN.findall(sample))
    if letters > 2 * latin:
        return next((code for script, code in _SCRIPTS if script.search(sample)), ""), 1 - latin / letters
    known = _GREETINGS.get(sample.strip(" .!?\n").lower()) if letters < SHORT else None
    if known in candidates:
        return known or "", 0.5
    return _among(sample, letters, candidates) if letters else ("", 0.0)


def _among(sample: str, letters: int, candidates: Sequence[str]) -> tuple[str, float]:
    """Return the best candidate, or another language that fits a long enough text much better."""
    scores = _scores(sample)
    if not scores:
        return "", 0.0
    best = max(candidates, key=lambda code: scores.get(code, -1e9))
    other = max(scores, key=lambda code: scores[code])
    lead = scores[other] - scores.get(best, -1e9)
    if other not in candidates and letters >= SHORT and lead > SURE * len(sample) ** 0.5 / 4:
        return other, _chance(other, scores, tuple(scores), len(sample))
    return best, _chance(best, scores, candidates, len(sample))


def _chance(code: str, scores: dict[str, float], among: Sequence[str], length: int) -> float:
    """Return the share of a language among others, 0 to 1; the root of the length keeps long texts from certainty."""
    warmth = max(length, 1) ** 0.5
    shares = [exp((scores[rival] - scores[code]) / warmth) for rival in among if rival in scores]
    return round(1 / sum(shares), 3)


def _scores(sample: str) -> dict[str, float]:
    """Return how well each language fits, empty when no known byte sequence occurs."""
    import numpy as np

    codes, _, weights, scale = _model()
    lowered = sample.lower() if sample.isupper() else sample
    counts: dict[int, int] = {}
    for word in lowered.split():
        for row in _rows_of(word[:WORD]):
            counts[row] = counts.get(row, 0) + 1
    if not counts:
        return {}
    seen = np.array([log1p(count) for count in counts.values()], dtype=np.float32)
    fits = seen @ weights[list(counts)].astype(np.float32) * scale
    scores = dict(zip(codes, fits.tolist(), strict=True))
    for word in set(_WORD.findall(sample.lower())):
        if (code := _TELLING.get(word)) is not None:
            scores[code] += TELLING
    return scores


@lru_cache(maxsize=20_000)
def _rows_of(word: str) -> tuple[int, ...]:
    """Return the rows of the longest known byte sequence that ends at each byte of the word with a space around it."""
    rows = _model()[1]
    data = f" {word} ".encode("utf-8", "replace")
    found: list[int] = []
    for end in range(2, len(data) + 1):
        for length in range(min(LONGEST, end), 1, -1):
            if (row := rows.get(data[end - length : end])) is not None:
                found.append(row)
                break
    return tuple(found)


@cache
def _model() -> "tuple[tuple[str, ...], dict[bytes, int], np.ndarray, float]":
    """Load the languages, the byte sequences with their rows, and the weights (sequences by languages)."""
    import numpy as np

    with (
        as_file(files("bedside.text") / "models" / "language.npz") as path,
        np.load(path, allow_pickle=False) as stored,
    ):
        rows = {sequence: row for row, sequence in enumerate(stored["sequences"].tolist())}
        return tuple(stored["codes"].tolist()), rows, stored["weights"], float(stored["scale"])
