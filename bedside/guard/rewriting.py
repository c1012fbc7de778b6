"""Turn a text into one that may go out: take every suggestion."""

from bedside.guard.mending.neutral import neutral
from bedside.guard.pack import LANGUAGES
from bedside.guard.verdict import Finding, Verdict


def rewrite(text: str, verdict: Verdict) -> str:
    """Return the text with all suggestions taken.

    When nothing is left, the neutral reply of the language is returned. Check the result again: a new sentence may
    show what an old one hid.
    """
    for finding in sorted(verdict.findings, key=lambda f: f.start, reverse=True):
        text = take(text, finding)
    if any(character.isalnum() for character in text):
        return text
    return neutral(verdict.language if verdict.language in LANGUAGES else "en")["thanks"].texts[0]


def take(text: str, finding: Finding) -> str:
    """Return the text with the suggestion of one finding taken; unchanged when it has none."""
    if finding.suggestion is None:
        return text
    return text[: finding.start] + finding.suggestion + text[finding.end :]
