"""Turn a text into one that may go out: take every suggestion, and drop the sentences that cannot be said."""

import re

from bedside.guard.pack import LANGUAGES, wording
from bedside.guard.verdict import Severity, Verdict

SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+[\"'”»)]*\s*|\n\s*|$)|[.!?…\n]+\s*")


def rewrite(text: str, verdict: Verdict) -> str:
    """Return the text with all suggestions taken.

    A sentence that blocks and has no suggestion is left out. When nothing is left, the neutral reply of the language
    is returned. Check the result again: a new sentence may show what an old one hid.
    """
    rewritten = _replace(text, _edits(text, verdict))
    if any(character.isalnum() for character in rewritten):
        return rewritten
    language = verdict.language if verdict.language in LANGUAGES else "en"
    return wording(language)["rewrite.neutral"].suggestion or ""


def _edits(text: str, verdict: Verdict) -> list[tuple[int, int, str]]:
    edits: list[tuple[int, int, str]] = []
    for match in SENTENCE.finditer(text):
        inside = [f for f in verdict.findings if f.start < match.end() and f.end > match.start()]
        if any(f.severity is Severity.BLOCK and f.suggestion is None for f in inside):
            edits.append((match.start(), match.end(), ""))
        else:
            edits.extend((f.start, f.end, f.suggestion) for f in inside if f.suggestion is not None)
    return edits


def _replace(text: str, edits: list[tuple[int, int, str]]) -> str:
    """Make the edits from left to right; an edit that overlaps one already made is left for the next check."""
    pieces: list[str] = []
    position = 0
    for start, end, replacement in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start < position:
            continue
        pieces += (text[position:start], replacement)
        position = end
    return "".join((*pieces, text[position:]))
