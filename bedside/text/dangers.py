"""Tell what in a text endangers somebody, and how soon a person must look. Rules decide; nothing learnt may lower them.

emergency: danger to life or imminent violence, now. high: harm done, abuse, discrimination, privacy, legal, press, vague
threat, medicine running out within a day. A risk that is negated, long past, or somebody's idiom is none.
It cannot see irony, or a threat made of harmless words.
"""

from dataclasses import dataclass

from bedside.text.assessment import Span, Urgency
from bedside.text.phrases import Match
from bedside.text.reading import Reading

FADING = frozenset(
    {"self_harm", "medical_emergency", "violence", "legal_threat", "media_threat"}
)  # over when long past
HARMS = frozenset({"self_harm", "medical_emergency", "violence", "adverse_event", "discrimination"})
ORDER = (
    "self_harm",
    "medical_emergency",
    "violence",
    "adverse_event",
    "discrimination",
    "privacy",
    "legal_threat",
    "media_threat",
    "minor_involved",
)


@dataclass(frozen=True, slots=True)
class Dangers:
    """The risks in ORDER, the highest urgency they call for (None when they call for none), and why."""

    risks: tuple[str, ...]
    urgency: Urgency | None
    spans: tuple[Span, ...]


def dangers(reading: Reading) -> Dangers:
    """Return the risks of a text and the urgency they call for."""
    spans: list[Span] = []
    levels: set[str] = set()
    sentences: dict[str, set[int]] = {}
    for match in reading.named("risk."):
        _, risk, level = match.label.split(".")
        if _is_meant(reading, match, risk):
            spans.append(reading.span(match, risk))
            levels.add(level)
            sentences.setdefault(risk, set()).add(reading.sentence(match))
    for match in reading.named("urgent."):
        if not reading.is_negated(match):
            levels.add(match.label.rpartition(".")[2])
            spans.append(reading.span(match, "urgency"))
    child = _child(reading, sentences)
    if child is not None:
        spans.append(reading.span(child, "minor_involved"))
        sentences["minor_involved"] = {reading.sentence(child)}
    return Dangers(tuple(risk for risk in ORDER if risk in sentences), _highest(levels), _longest(spans))


def _is_meant(reading: Reading, match: Match, risk: str) -> bool:
    """False when the sentence denies the risk, tells of long ago, or uses the words for something else."""
    sentence = reading.sentence(match)
    if reading.is_in_sentence(f"not.{risk}", sentence):
        return False
    if risk in FADING and reading.is_in_sentence("cue.past", sentence):
        return False
    return not reading.is_negated(match)


def _child(reading: Reading, sentences: dict[str, set[int]]) -> Match | None:
    """Return the mention of a child in, or one sentence away from, one that tells of harm."""
    harmed = {number for risk in HARMS & sentences.keys() for number in sentences[risk]}
    near = {number + step for number in harmed for step in (-1, 0, 1)}
    children = reading.matches.get("cue.child", [])
    return next((child for child in children if reading.sentence(child) in near), None)


def _highest(levels: set[str]) -> Urgency | None:
    return next((urgency for urgency in Urgency if urgency.value in levels), None)


def _longest(spans: list[Span]) -> tuple[Span, ...]:
    """Drop the spans that lie inside an earlier or longer one of the same label."""
    kept: list[Span] = []
    end: dict[str, int] = {}
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label)):
        if span.end > end.get(span.label, -1):
            kept.append(span)
            end[span.label] = span.end
    return tuple(kept)
