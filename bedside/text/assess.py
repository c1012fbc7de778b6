"""The one question to this package: what is this text, and how soon must a person look at it?"""

from bedside.text import sentiment
from bedside.text.assessment import Assessment, Intent, Sentiment, Urgency
from bedside.text.dangers import Dangers, dangers
from bedside.text.feeling import feeling
from bedside.text.intent import intent
from bedside.text.language import LANGUAGES, detect
from bedside.text.model import mood
from bedside.text.reading import Reading, read
from bedside.text.topics import topics


def assess(text: str, *, language: str = "", rating: int | None = None) -> Assessment:
    """Return the triage of a text. `language` is found out when empty; `rating` is 1 to 5 stars, None when there is none.

    Never raises on any text. A text in a language other than the five is neutral and of normal urgency: only a person
    can read it.
    """
    language = language.lower().partition("-")[0] or detect(text)[0]
    reading = read(text, language)
    found = dangers(reading)
    felt = feeling(reading, found.risks)
    score = sentiment.score(felt, mood(reading.words.words, language), rating)
    label = sentiment.label(felt, score, rating, only_asks=reading.only_asks())
    kind = intent(reading, label, felt, found)
    subjects, spans = topics(reading)
    return Assessment(
        language=language,
        sentiment=label,
        score=score,
        kind=kind,
        topics=subjects,
        urgency=_urgency(reading, kind, label, found, language),
        risks=() if kind is Intent.SPAM else found.risks,
        spans=tuple(sorted((*found.spans, *spans), key=lambda span: (span.start, span.end, span.label))),
    )


def _urgency(reading: Reading, kind: Intent, label: Sentiment, found: Dangers, language: str) -> Urgency:
    """Return what the dangers call for; without any, what the kind calls for."""
    if found.urgency is not None and kind is not Intent.SPAM:
        return found.urgency
    if language and language not in LANGUAGES:
        return Urgency.NORMAL
    if kind in {Intent.COMPLAINT, Intent.SUGGESTION} or label is Sentiment.NEGATIVE:
        return Urgency.NORMAL
    if kind is Intent.QUESTION and not (reading.has("cue.hours") or reading.has("cue.job")):
        return Urgency.NORMAL
    return Urgency.LOW
