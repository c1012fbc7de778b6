"""Offer other words or neutral sentences for the findings of a reply."""

from collections.abc import Iterator, Sequence

from bedside.guard.manners import LIKENESS, likeness
from bedside.guard.mending.draft import WHOLE, Draft, dangles, inside, offered, trimmed, with_space
from bedside.guard.mending.neutral import is_familiar, neutral
from bedside.guard.mending.purposes import more, purpose_of, spoken
from bedside.guard.mending.sentences import Sentence
from bedside.guard.mending.wordwise import Edit, wordwise
from bedside.guard.verdict import Context, Finding, Severity
from bedside.text.normalise import fold

ENOUGH = 80  # words of a reply that was too long
LONGEST_SIGN_OFF = 8  # words
THANKING = frozenset({"visit.thanks", "relationship.chosen"})  # what becomes thanks for feedback


def answered(
    text: str, findings: Sequence[Finding], cut: Sequence[Sentence], language: str, context: Context
) -> list[Finding]:
    """Return the findings with their suggestions; a note alone needs no mending."""
    if all(finding.severity.rank < Severity.WARN.rank for finding in findings):
        return offered(text, findings, ())
    for finding in findings:
        if finding.rule == "manners.copy":
            return offered(text, findings, [(finding, (finding.start, finding.end, _other(language, text, context)))])
    long = next((finding for finding in findings if finding.rule == "manners.long"), None)
    edits: list[tuple[Finding, Edit]] = []
    gone: dict[int, Finding] = {}
    for place, sentence in enumerate(cut):
        pressing = [f for f in inside(findings, sentence) if _presses(f, is_long=long is not None)]
        mended = wordwise(text, sentence, pressing, language)
        if mended is None or (_thanks(pressing) and (gone or _is_thanked(cut, place, language))):
            gone[place] = max(pressing, key=lambda f: (f.severity.rank, -f.start))
        else:
            edits += mended
    draft = Draft(text, language, cut, frozenset(gone), context)
    whole = [(gone[place], edit) for place, edit in trimmed(text, list(_sentences(draft, gone)))]
    edits = [pair for pair in edits if not any(_overlap(pair[1], edit) for _, edit in whole)] + whole
    return offered(text, findings, _shortened(draft, long, edits) if long else edits)


def _overlap(one: Edit, other: Edit) -> bool:
    return one[0] < other[1] and one[1] > other[0]


def _thanks(findings: Sequence[Finding]) -> bool:
    return any(finding.rule in THANKING for finding in findings)


def _is_thanked(cut: Sequence[Sentence], place: int, language: str) -> bool:
    """Return whether another sentence gives thanks already."""
    others = "".join(sentence.folded for other, sentence in enumerate(cut) if other != place)
    return neutral(language)["thanks"].is_said(others)


def _presses(finding: Finding, *, is_long: bool) -> bool:
    """Return whether a finding asks for a sentence to be mended; in a long reply the model doubts everything."""
    is_doubt = is_long and finding.rule == "disclosure.possible"
    return finding.severity.rank >= Severity.NOTE.rank and finding.rule not in WHOLE and not is_doubt


def _sentences(draft: Draft, gone: dict[int, Finding]) -> Iterator[tuple[int, Edit]]:
    """Yield for every sentence that must go what stands in its place."""
    dangling = {place for place in gone if dangles(draft, place + 1)}
    said = "".join(sentence.folded for place, sentence in draft.kept() if place - 1 not in dangling)
    is_new: list[str] = []
    reached = 0
    for place in sorted(gone):
        last = place + (place in dangling)
        purpose = purpose_of(draft, place, gone[place], said, is_new)
        if purpose:
            is_new.append(purpose)
            words = spoken(draft, purpose)
            if purpose == "thanks" and last == len(draft.sentences) - 1 == place and place == 0:
                also = more(draft, gone[place])
                words = f"{words} {spoken(draft, also)}" if also else words
            edit = draft.sentences[place].start, draft.sentences[last].end, words
        else:
            start, end = with_space(draft, place, last, reached)
            edit = start, end, ""
        reached = edit[1]
        yield place, edit


def _shortened(draft: Draft, long: Finding, edits: list[tuple[Finding, Edit]]) -> list[tuple[Finding, Edit]]:
    """Return the edits, and one that leaves out the sentences that are too many; a sign-off stays."""
    cut = draft.sentences
    change = sum(_count(edit[2]) - _count(draft.text[edit[0] : edit[1]]) for _, edit in edits)
    last = len(cut) - 1
    if last and len(cut[last].words) <= LONGEST_SIGN_OFF and last not in draft.gone:
        last -= 1
    first = last + 1
    total = change + _count(draft.text)
    while first > 1 and total > ENOUGH:
        first -= 1
        total -= 0 if first in draft.gone else len(cut[first].words)
    if first > last:
        return edits
    start, end = with_space(draft, first, last, cut[first - 1].end)
    if end == len(draft.text):
        start = cut[first - 1].end
    return [pair for pair in edits if pair[1][1] <= start or pair[1][0] >= end] + [(long, (start, end, ""))]


def _count(text: str) -> int:
    return len(text.split())


def _other(language: str, text: str, context: Context) -> str:
    """Return a neutral reply that is no copy of a recent one; the last resort may be."""
    own, is_du = neutral(language), is_familiar(language, text)
    thanks, listen = ((own[name].familiar if is_du else own[name].texts) for name in ("thanks", "listen"))
    replies = [*thanks, *(f"{one} {other}" for one in thanks for other in listen), *listen]
    recent = [fold(reply).text for reply in context.recent]
    return next(
        (reply for reply in replies if all(likeness(fold(reply).text, other) < LIKENESS for other in recent)),
        replies[0],
    )
