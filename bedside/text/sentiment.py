"""Join the lexicon, the trained model and the rating into one mood."""

from bedside.text.assessment import Sentiment
from bedside.text.feeling import Feeling

LEXICON, MODEL, RATING = 0.55, 0.6, 0.9  # shares; the rating weighs nearly as much as all words together
MIDDLE = 0.2  # a score nearer to 0 is neutral
BOTH_SIDES = 0.35  # mixed when the smaller of praise and blame is at least this share of the larger
PLAIN = 2.0  # and each at least one plain word


def score(feeling: Feeling, model: float | None, rating: int | None) -> float:
    """Return the mood from -1 to 1. `model` is -1 to 1 or None, `rating` 1 to 5 or None; others are ignored.

    The more the lexicon found, the less the model counts: it learnt from comments and tweets, not from clinic reviews.
    """
    parts = [(feeling.score, LEXICON)]
    if model is not None:
        parts.append((model, MODEL * PLAIN / (PLAIN + feeling.praise + feeling.blame)))
    if rating is not None and 1 <= rating <= 5:
        parts.append(((rating - 3) / 2, RATING))
    total = sum(value * share for value, share in parts) / sum(share for _, share in parts)
    return round(max(-1.0, min(1.0, total)), 3)


def label(feeling: Feeling, value: float, rating: int | None, *, only_asks: bool = False) -> Sentiment:
    """Return the class of a mood; a text with real praise and real blame is mixed unless the rating is extreme.

    A text that `only_asks`, without a plain word of praise or blame, is neutral: "does it hurt?" is no complaint.
    """
    smaller, larger = sorted((feeling.praise, feeling.blame))
    if smaller >= PLAIN and smaller >= BOTH_SIDES * larger and not _is_decided(rating, value):
        return Sentiment.MIXED
    if only_asks and larger < PLAIN and rating is None:
        return Sentiment.NEUTRAL
    if value >= MIDDLE or (value > 0 and feeling.praise >= PLAIN and feeling.praise > feeling.blame):
        return Sentiment.POSITIVE
    if value <= -MIDDLE or (value < 0 and feeling.blame >= PLAIN and feeling.blame > feeling.praise):
        return Sentiment.NEGATIVE
    return Sentiment.NEUTRAL


def _is_decided(rating: int | None, value: float) -> bool:
    """True when the best or worst rating agrees with the words."""
    return rating in {1, 5} and abs(value) >= 0.4
