"""Tell what a text is about. A text about nothing in particular has the one topic "other"."""

from bedside.text.assessment import Span
from bedside.text.reading import Reading

TOPICS = (
    "waiting_time",
    "appointments",
    "telephone",
    "reception",
    "staff",
    "communication",
    "treatment",
    "results",
    "medication",
    "billing",
    "privacy",
    "facilities",
    "cleanliness",
    "access",
    "food",
    "continuity",
    "organisation",
    "online",
)
OTHER = "other"


def topics(reading: Reading) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Return the topics in the order of TOPICS, and the first words that led to each."""
    spans = [reading.span(matches[0], topic) for topic in TOPICS if (matches := reading.matches.get(f"topic.{topic}"))]
    return tuple(span.label for span in spans) or (OTHER,), tuple(spans)
