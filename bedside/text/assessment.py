"""What triage answers about one text, as frozen values. Offsets are Unicode code points."""

from dataclasses import dataclass
from enum import StrEnum


class Sentiment(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    MIXED = "mixed"


class Intent(StrEnum):
    """What the author wants; called `kind` in the JSON contract."""

    PRAISE = "praise"
    COMPLAINT = "complaint"
    QUESTION = "question"
    SUGGESTION = "suggestion"
    SPAM = "spam"
    OTHER = "other"


class Urgency(StrEnum):
    """How soon a person must look, from now to whenever."""

    EMERGENCY = "emergency"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Span:
    """Why: the words that led to a topic or a risk."""

    label: str  # the topic or risk
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that triage says about one text. `score` runs from -1 (very negative) to 1 (very positive)."""

    language: str
    sentiment: Sentiment
    score: float
    kind: Intent
    topics: tuple[str, ...]
    urgency: Urgency
    risks: tuple[str, ...]
    spans: tuple[Span, ...] = ()
