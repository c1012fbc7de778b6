"""Tell what the author wants: to praise, complain, ask, suggest, sell, or none of these."""

from bedside.text.assessment import Intent, Sentiment
from bedside.text.dangers import Dangers
from bedside.text.feeling import Feeling
from bedside.text.reading import Reading

SPAM_SIGNS = 2  # one sign alone, such as a link, is not yet spam
SERIOUS = frozenset({"self_harm", "medical_emergency", "violence", "adverse_event", "discrimination", "privacy"})
COMPLAINT_RISKS = frozenset({"adverse_event", "violence", "discrimination", "privacy", "legal_threat"})


def intent(reading: Reading, mood: Sentiment, felt: Feeling, found: Dangers) -> Intent:
    """Return the kind of a text."""
    if not SERIOUS.intersection(found.risks) and _is_spam(reading):
        return Intent.SPAM
    if reading.has("cue.job") and mood is not Sentiment.NEGATIVE:
        return Intent.QUESTION if _asks(reading) else Intent.OTHER
    if mood is Sentiment.NEGATIVE:
        return Intent.QUESTION if _only_asks(reading, felt, found) else _blame(reading, felt, found)
    if mood is Sentiment.MIXED:
        return Intent.PRAISE if _asks_nothing(reading, felt, found) else Intent.COMPLAINT
    if COMPLAINT_RISKS & set(found.risks) and not _asks(reading):
        return Intent.COMPLAINT
    if (_asks(reading) or reading.has("cue.request")) and felt.praise < 3:
        return Intent.QUESTION
    if reading.has("cue.suggestion"):
        return Intent.SUGGESTION
    if mood is Sentiment.POSITIVE:
        return Intent.PRAISE
    if felt.blame > felt.praise:
        return Intent.COMPLAINT
    return Intent.QUESTION if _asks(reading) else Intent.OTHER


def _blame(reading: Reading, felt: Feeling, found: Dangers) -> Intent:
    """A mild wish for something better is a suggestion; the rest is a complaint."""
    is_mild = felt.blame <= 2 and not found.risks
    return Intent.SUGGESTION if is_mild and reading.has("cue.suggestion") else Intent.COMPLAINT


def _asks_nothing(reading: Reading, felt: Feeling, found: Dangers) -> bool:
    """True when praise is more than twice the blame, and nothing is asked of us."""
    wishes = any(reading.has(name) for name in ("cue.ask", "cue.suggestion", "cue.request"))
    return felt.praise > 2 * felt.blame and not wishes and not reading.words.asked and found.urgency is None


def _asks(reading: Reading) -> bool:
    """True when a sentence ends with a question mark, or asks without one and nothing else is said."""
    if reading.words.asked:
        return True
    return any(
        reading.words.sentences[match.first] == 0 and match.first <= 1
        for match in reading.matches.get("cue.question", ())
    )


def _only_asks(reading: Reading, felt: Feeling, found: Dangers) -> bool:
    """True for a worried question ("does the injection hurt?"): all blame stands in what is asked."""
    blamed = {reading.sentence(match) for match in reading.named("feel.n")}
    return bool(reading.words.asked) and blamed <= reading.words.asked and felt.blame <= 2 and not found.risks


def _is_spam(reading: Reading) -> bool:
    """True when several signs of selling come together; an advertisement of a competitor counts."""
    signs = {match.first for name in ("cue.spam", "cue.advert") for match in reading.matches.get(name, ())}
    return len(signs) >= SPAM_SIGNS and (reading.has("cue.spam") or len(signs) > SPAM_SIGNS)
