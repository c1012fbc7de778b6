"""Mood, kind, topics, urgency and language, one table each."""

import pytest

from bedside.text import Intent, Sentiment, Urgency, assess
from bedside.text.language import detect

MOODS = [
    ("en", "I would not recommend this clinic.", Sentiment.NEGATIVE),
    ("en", "Not bad at all, quick check-in.", Sentiment.POSITIVE),
    ("en", "Great doctor but I waited two hours and the receptionist was rude.", Sentiment.MIXED),
    ("en", "Does the injection hurt?", Sentiment.NEUTRAL),
    ("de", "Nicht schlecht, die Praxis.", Sentiment.POSITIVE),
    ("de", "Ich kann diese Praxis nicht empfehlen.", Sentiment.NEGATIVE),
    ("de", "Ich wurde noch nie so unfreundlich behandelt.", Sentiment.NEGATIVE),
    ("es", "No recomiendo esta clínica a nadie.", Sentiment.NEGATIVE),
    ("es", "Nada mal, todo muy rápido.", Sentiment.POSITIVE),
    ("fr", "Je ne recommande pas ce cabinet.", Sentiment.NEGATIVE),
    ("fr", "Pas mal du tout, accueil sympa.", Sentiment.POSITIVE),
    ("it", "Non consiglio questo studio.", Sentiment.NEGATIVE),
    ("it", "Niente male, personale gentile.", Sentiment.POSITIVE),
]

KINDS = [
    ("What are your opening hours on Saturday?", Intent.QUESTION, Urgency.LOW),
    ("Do you treat migraines?", Intent.QUESTION, Urgency.NORMAL),
    ("It would be nice if you had more chairs in the waiting room.", Intent.SUGGESTION, Urgency.NORMAL),
    ("The staff were lovely and explained everything.", Intent.PRAISE, Urgency.LOW),
    ("The bill was wrong and nobody called me back.", Intent.COMPLAINT, Urgency.NORMAL),
    ("Visit our website www.cheap-teeth.example for 50 percent off! Call us", Intent.SPAM, Urgency.LOW),
    ("My insulin runs out tonight and I can't reach anybody.", None, Urgency.HIGH),
    ("Was kostet eine Zahnreinigung?", Intent.QUESTION, Urgency.NORMAL),
    ("Es wäre schön, wenn es mehr Parkplätze gäbe.", Intent.SUGGESTION, Urgency.NORMAL),
    ("¿Cuánto cuesta un implante?", Intent.QUESTION, Urgency.NORMAL),
    ("Ce serait bien d'avoir plus de places de parking.", Intent.SUGGESTION, Urgency.NORMAL),
    ("Siete aperti il sabato?", Intent.QUESTION, Urgency.LOW),
]

TOPICS = [
    ("en", "The bill was wrong and parking is a nightmare.", {"billing", "access"}),
    ("de", "Am Telefon geht niemand ran.", {"telephone"}),
    ("es", "Las instalaciones están sucias.", {"facilities", "cleanliness"}),
    ("fr", "Deux heures d'attente.", {"waiting_time"}),
    ("it", "La segretaria è stata scortese.", {"reception", "staff"}),
    ("en", "Hm.", {"other"}),
]

SPOKEN = [
    ("The doctor was late.", "en"),
    ("The nurse was rude.", "en"),
    ("Rude staff", "en"),
    ("Bad service", "en"),
    ("Sehr gut", "de"),
    ("Gracias", "es"),
    ("Merci", "fr"),
    ("Tutto bene", "it"),
    ("Não recomendo, esperei duas horas e ninguém me atendeu", "pt"),
    ("Slechte ervaring, twee uur gewacht en niemand zei iets", "nl"),
    ("Отличная клиника", "ru"),
    ("非常好的诊所", "zh"),
    ("👍 !!! 123", ""),
]


@pytest.mark.parametrize(("language", "text", "mood"), MOODS)
def test_mood(language: str, text: str, mood: Sentiment) -> None:
    assert assess(text, language=language).sentiment is mood


@pytest.mark.parametrize(("text", "kind", "urgency"), KINDS)
def test_kind_and_urgency(text: str, kind: Intent | None, urgency: Urgency) -> None:
    found = assess(text)
    assert kind is None or found.kind is kind
    assert found.urgency is urgency


@pytest.mark.parametrize(("language", "text", "topics"), TOPICS)
def test_topics(language: str, text: str, topics: set[str]) -> None:
    assert set(assess(text, language=language).topics) == topics


@pytest.mark.parametrize(("text", "language"), SPOKEN)
def test_language(text: str, language: str) -> None:
    assert detect(text)[0] == language


def test_rating_decides_when_words_say_little() -> None:
    assert assess("I was there on Monday.", rating=1).sentiment is Sentiment.NEGATIVE
    assert assess("I was there on Monday.", rating=5).sentiment is Sentiment.POSITIVE


def test_language_we_do_not_speak_waits_for_a_person() -> None:
    found = assess("Slechte ervaring, twee uur gewacht en niemand zei iets")
    assert found.language == "nl"
    assert found.urgency is Urgency.NORMAL
