"""Mend a sentence word by word, where the words around a finding bear it: a name left out, a visit become feedback."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from bedside.guard.manners import EMOJI
from bedside.guard.mending.neutral import is_familiar
from bedside.guard.mending.sentences import Sentence
from bedside.guard.verdict import Finding

Edit = tuple[int, int, str]
FEWEST_LETTERS = 8  # that a sentence must hold besides a name

FEEDBACK = {  # formal and familiar
    "en": ("your feedback", "your feedback"),
    "de": ("Ihre Rückmeldung", "deine Rückmeldung"),
    "es": ("su opinión", "tu opinión"),
    "fr": ("votre retour", "ton retour"),
    "it": ("il riscontro", "il tuo riscontro"),
}
TEAM = {"en": "our team", "de": "unser Team", "es": "nuestro equipo", "fr": "notre équipe", "it": "il nostro team"}
THIS = {"en": "this", "de": "dies", "es": "esto", "fr": "cela", "it": "questo"}
BEFORE_THANKED = {  # what stands before the thing one thanks for
    "en": r"(?:\bfor|appreciate)\s+$",
    "de": r"\bfür\s+$",
    "es": r"\bpor\s+$",
    "fr": r"\b(?:pour|de)\s+$",
    "it": r"\bper\s+$",
}
BEFORE_THIS = {
    "en": r"\b(?:about|sharing|share|describing)\s+$",
    "de": r"(?!)",
    "es": r"(?!)",
    "fr": r"(?!)",
    "it": r"(?!)",
}
# What stands before a colleague who is not the subject of the sentence, and what becomes of it.
BEFORE_STAFF = {
    "en": ((r"\b(?:to|for|with|from|thank|tell|by|and)\s+$", "our team"),),
    "de": (
        (r"\b(?:an|für)\s+$", "unser Team"),
        (r"\b(?:von|mit|bei|zu)\s+$", "unserem Team"),
    ),
    "es": (
        (r"\bal\s+$", "a nuestro equipo"),
        (r"\bdel\s+$", "de nuestro equipo"),
        (r"\b(?:a|de|con|para|por)(?:\s+(?:el|la|los|las))?\s+$", "nuestro equipo"),
    ),
    "fr": (
        (r"\bau\s+$", "à notre équipe"),
        (r"\bdu\s+$", "de notre équipe"),
        (r"\b(?:à|de|avec|pour|par)(?:\s+(?:le|la|les))?\s+$", "notre équipe"),
    ),
    "it": (
        (r"\b(?:al|alla)\s+$", "al nostro team"),
        (r"\b(?:del|della)\s+$", "del nostro team"),
        (r"\b(?:dal|dalla)\s+$", "dal nostro team"),
        (r"\bcon(?:\s+(?:il|la|lo))?\s+$", "con il nostro team"),
        (r"\bper(?:\s+(?:il|la|lo))?\s+$", "per il nostro team"),
        (r"\ba\s+$", "al nostro team"),
        (r"\bdi\s+$", "del nostro team"),
    ),
}
DEAR = re.compile(
    r"(?i)\b(?:dear|sehr geehrte[rs]?|geehrte[rs]?|liebe[rs]?|querid[oa]|estimad[oa]|apreciad[oa]|ch[eè]re?|gentile|gentilissim[oa]|car[oa]|egregi[oa])\s*\Z"
)
ENDS_PHRASE = re.compile(r"\s*(?:[.!?…,;:)\n]|$|[–-]\s)")
SAID_FEEDBACK = re.compile(
    r"(?i)feedback|comment|review|rückmeldung|bewertung|worte|opini|reseña|palabras|retour|avis|riscontro|recension|parole"
)


def wordwise(
    text: str, sentence: Sentence, findings: Sequence[Finding], language: str
) -> list[tuple[Finding, Edit]] | None:
    """Return an edit for each finding of a sentence; None when the sentence cannot be mended that way."""
    edits: list[tuple[Finding, Edit]] = []
    for finding in findings:
        mend = MENDING.get(finding.rule)
        edit = mend(text, sentence, finding, language) if mend else None
        if edit is None:
            return None
        edits.append((finding, edit))
    edits.sort(key=lambda pair: pair[1][0])
    if any(one[1][1] > other[1][0] for one, other in pairwise(edits)):
        return None
    said = [edit[2] for _, edit in edits if edit[2][:1].isalpha()]
    if len(set(said)) < len(said):
        return None  # our team and our team
    return edits


def _name(text: str, sentence: Sentence, finding: Finding, language: str) -> Edit | None:
    """Leave a name out, and begin the sentence with a capital; a pattern's finding is no name."""
    said = sum(character.isalnum() for character in text[sentence.start : sentence.end])
    if finding.suggestion is None or said <= finding.end - finding.start + FEWEST_LETTERS:
        return None  # "Dear Mr Miller," with nothing after it
    start, end = finding.start, finding.end
    dear = DEAR.search(text, sentence.start, start)
    if dear and text[sentence.start : dear.start()].strip():
        start = sentence.start + len(text[sentence.start : dear.start()].rstrip(" ,"))  # "…, liebe Frau Ott."
    elif dear:
        start = sentence.start
        while end < sentence.end and text[end] in ",!: –-":
            end += 1
        if end == sentence.end:
            return None
    if start == sentence.start and end < sentence.end:
        return (start, end + 1, text[end].upper()) if text[end].isalnum() else None
    if not ENDS_PHRASE.match(text, end) and start > sentence.start:
        return None
    return start, end, ""


def _thanked(text: str, sentence: Sentence, finding: Finding, language: str) -> Edit | None:
    """Thank for feedback instead."""
    before, after = text[sentence.start : finding.start], text[finding.end : sentence.end]
    if not re.search(BEFORE_THANKED[language], before, re.IGNORECASE) or not ENDS_PHRASE.match(after):
        return None
    if SAID_FEEDBACK.search(before + after):
        return None
    return finding.start, finding.end, FEEDBACK[language][is_familiar(language, text)]


def _experience(text: str, sentence: Sentence, finding: Finding, language: str) -> Edit | None:
    before, after = text[sentence.start : finding.start], text[finding.end : sentence.end]
    if not re.search(BEFORE_THIS[language], before, re.IGNORECASE) or not ENDS_PHRASE.match(after):
        return None
    return finding.start, finding.end, THIS[language]


def _staff(text: str, sentence: Sentence, finding: Finding, language: str) -> Edit | None:
    """Speak of the team, where the colleague is not the subject of the sentence."""
    before, after = text[sentence.start : finding.start], text[finding.end : sentence.end]
    if not ENDS_PHRASE.match(after):
        return None
    for pattern, team in BEFORE_STAFF[language]:
        found = re.search(pattern, before, re.IGNORECASE)
        if found is None:
            continue
        preposition = team.split()[0] in {"a", "de", "à", "al", "del", "dal", "con", "per"}
        start = sentence.start + found.start() if preposition else finding.start
        if not preposition and language in {"es", "fr"}:
            start = sentence.start + found.start() + len(found.group().split()[0]) + 1
        return start, finding.end, team
    return None


def _loud(text: str, sentence: Sentence, finding: Finding, language: str) -> Edit | None:
    """Lower the voice: one exclamation mark, fewer emoji, small letters."""
    flagged = text[finding.start : finding.end]
    if set(flagged) <= {"!"} or set(flagged) <= {"¡"}:
        return finding.start, finding.end, flagged[0]
    if finding.end > sentence.end or finding.start < sentence.start:
        return None
    if EMOJI.search(flagged):
        return finding.start, finding.end, ""
    if language == "de" or not flagged.isupper():
        return None  # German nouns want their capitals
    spoken = text[sentence.start : sentence.end]
    if spoken.isupper():
        return sentence.start, sentence.end, re.sub(r"\bi\b", "I" if language == "en" else "i", spoken.capitalize())
    return finding.start, finding.end, flagged.lower()


MENDING: dict[str, Callable[[str, Sentence, Finding, str], Edit | None]] = {
    "identity.name": _name,
    "identity.unmask": _name,
    "visit.thanks": _thanked,
    "relationship.chosen": _thanked,
    "relationship.experience": _experience,
    "identity.staff": _staff,
    "manners.loud": _loud,
}
