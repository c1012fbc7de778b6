"""Find in a reply what the clinic or its profile chose not to say, where sources disagree."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.pack import Pack, load
from bedside.guard.profiles import option
from bedside.guard.reading import Reading
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context, Severity
from bedside.guard.words import Word, said

GOOD = 4  # stars from which a review is praise
PRIVACY = re.compile(
    r"\b(?:privacy|confidential\w*|hipaa|gdpr|datenschutz\w*|schweigepflicht\w*|dsgvo|vertraulich\w*|privatsphare|berufsgeheimnis\w*"
    r"|privacidad|confidencial\w*|rgpd|lopd\w*|secreto (?:profesional|medico)|proteccion de datos|vie privee"
    r"|secret (?:medical|professionnel)|protection des donnees|riservatezza|segreto professionale|dati personali)\b"
)
EXPERIENCE = re.compile(r"\b(?:experiences?|erfahrung(?:en)?|experiencias?|esperienz[ae])\b")
OF_A_PATIENT = frozenset({"patient", "visit", "came", "appointment", "procedure", "test", "cared", "care"})


def spots(reading: Reading, found: list[Word], pack: Pack, context: Context) -> Iterator[Spot]:
    """Yield what the choices of a context forbid in a reply; nothing under the choices of the strict default."""
    folded = reading.folded
    spoken = [word for word in found if word.text[0].isalnum()]
    answer = option(context, "reply")
    if spoken and (answer == "none" or (answer == "praise" and context.stars is not None and context.stars < GOOD)):
        yield Spot(*folded.span(spoken[0].start, spoken[-1].end), "choice.reply")
    if option(context, "privacy") == "none":
        for match in PRIVACY.finditer(folded.text):
            yield Spot(*folded.span(*match.span()), "choice.privacy")
    if option(context, "experience") == "strict":
        for match in EXPERIENCE.finditer(folded.text):
            yield Spot(*folded.span(*match.span()), "relationship.experience", severity=Severity.WARN)
    if option(context, "apology") == "none":
        for place, symbol in enumerate(reading.symbols):
            if "sorry" in pack.meanings.get(symbol, ()):
                yield Spot(*reading.span(place, place + 1), "manners.apology", severity=Severity.WARN)


def is_told(context: Context, language: str) -> bool:
    """Return whether the review itself says that its author is a patient."""
    return option(context, "patient") == "stated" and _is_told(context.review, language)


@lru_cache(maxsize=64)
def _is_told(review: str, language: str) -> bool:
    lexicon = load(language).lexicon
    return any(not OF_A_PATIENT.isdisjoint(lexicon.concepts(word)) for word in said(review))
