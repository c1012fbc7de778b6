"""Give the findings of a text their suggestions: other words for the flagged ones, or a neutral sentence for the whole.

Suggestions never overlap, so all of them can be taken at once. Where a sentence cannot be mended word by word, its
gravest finding spans it and offers the neutral sentence; the other findings in it offer nothing more.
"""

from collections.abc import Sequence

from bedside.guard.mending.draft import joined
from bedside.guard.mending.replies import answered
from bedside.guard.mending.sentences import Sentence
from bedside.guard.mending.whole import asked, left_out
from bedside.guard.verdict import Context, Finding, TextKind


def suggest(
    text: str, findings: Sequence[Finding], cut: Sequence[Sentence], language: str, context: Context
) -> list[Finding]:
    """Return the findings of a text with their suggestions, in the order of the words."""
    if context.kind is TextKind.REQUEST:
        return asked(text, findings, language)
    cut = joined(cut, findings)
    if context.kind is TextKind.POST:
        return left_out(text, findings, cut, language, context)
    return answered(text, findings, cut, language, context)
