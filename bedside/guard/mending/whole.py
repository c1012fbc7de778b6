"""Offer what stands for a request, and what may be left out of a post."""

import re
from collections.abc import Sequence

from bedside.guard.mending.draft import Draft, dangles, inside, offered, trimmed, with_space
from bedside.guard.mending.neutral import neutral
from bedside.guard.mending.sentences import Sentence
from bedside.guard.verdict import Context, Finding, Severity

FEWEST_LEFT = 8  # words and marks that still make a post
LEAST_LEFT = 0.6  # of a post; what lives from what cannot be said goes with it
LINK = re.compile(r"https?://\S{1,200}(?<![.,;!?)])|\{[a-z_]{2,30}\}|\[[a-z_ ]{2,30}\]", re.IGNORECASE)


def asked(text: str, findings: Sequence[Finding], language: str) -> list[Finding]:
    """Offer the neutral request, with the link of the text, for the whole of it."""
    worst = max(findings, key=lambda f: (f.severity.rank, -f.start))
    if worst.severity.rank < Severity.WARN.rank or worst.rule == "language.unread":
        return list(findings)
    link = LINK.search(text)
    asking = neutral(language)["request"].texts[0].replace("{link}", f": {link.group()}" if link else "")
    return offered(text, findings, [(worst, (0, len(text), asking))])


def left_out(
    text: str, findings: Sequence[Finding], cut: Sequence[Sentence], language: str, context: Context
) -> list[Finding]:
    """Offer to leave out the sentences of a post that may not stand; when none stays, the neutral post."""
    gone: dict[int, Finding] = {}
    for place, sentence in enumerate(cut):
        pressing = [f for f in inside(findings, sentence) if f.severity.rank >= Severity.WARN.rank]
        if pressing:
            gone[place] = max(pressing, key=lambda f: (f.severity.rank, -f.start))
    draft = Draft(text, language, cut, frozenset(gone), context)
    worst = max(findings, key=lambda f: (f.severity.rank, -f.start))
    if not gone or worst.rule == "language.unread":
        return list(findings)
    left = sum(len(sentence.words) for _, sentence in draft.kept())
    if left < max(FEWEST_LEFT, sum(len(sentence.words) for sentence in cut) * LEAST_LEFT) or len(
        set(map(id, gone.values()))
    ) < len(gone):
        return offered(text, findings, [(worst, (0, len(text), neutral(language)["post"].texts[0]))])
    reached, edits = 0, []
    for place in sorted(gone):
        start, end = with_space(draft, place, place + dangles(draft, place + 1), reached)
        edits.append((place, (start, end, "")))
        reached = end
    return offered(text, findings, [(gone[place], edit) for place, edit in trimmed(text, edits)])
