"""A text while it is mended: its sentences, which of them must go, and what becomes of the space around them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bedside.guard.mending.neutral import neutral
from bedside.guard.mending.sentences import SPACE, Sentence
from bedside.guard.mending.wordwise import Edit
from bedside.guard.verdict import Context, Finding

WHOLE = frozenset({"manners.long", "manners.copy", "language.unread", "choice.reply"})  # on the text, not on a sentence
FEWEST = 3  # words of a sentence that is more than a greeting or a name below
LONGEST_DANGLING = 8
DANGLING = {  # how a sentence begins that speaks of the one before it
    "en": re.compile(r" (?:it|that|this|he|she|they|so|then|otherwise) (?!said)"),
    "de": re.compile(r" (?:das|dies|es|er|so) (?:ist|war|freut|hat|heisst|geht|macht|bedeutet|steht|gilt|kommt|wird) "),
    "es": re.compile(r" (?:eso|esto|asi|ella|ellos) "),
    "fr": re.compile(r" (?:c est|c ' est|c etait|cela|ca|voila|il|elle|ils|elles) "),
    "it": re.compile(r" (?:cio|questo|quello|cosi|lui) "),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply while it is mended: its sentences, which of them must go, and how it speaks."""

    text: str
    language: str
    sentences: Sequence[Sentence]
    gone: frozenset[int]
    context: Context

    def kept(self) -> Iterator[tuple[int, Sentence]]:
        return ((place, s) for place, s in enumerate(self.sentences) if place not in self.gone)


def inside(findings: Iterable[Finding], sentence: Sentence) -> list[Finding]:
    return [f for f in findings if f.start < sentence.end and f.end > sentence.start]


def joined(cut: Sequence[Sentence], findings: Iterable[Finding]) -> list[Sentence]:
    """Return the sentences, those that one finding spans as one: they can only be mended together."""
    wide = [(finding.start, finding.end) for finding in findings if finding.rule not in WHOLE]
    kept: list[Sentence] = []
    for sentence in cut:
        if kept and any(start < kept[-1].end and end > sentence.start for start, end in wide):
            last = kept.pop()
            sentence = Sentence(last.start, sentence.end, last.words + sentence.words)
        kept.append(sentence)
    return kept


def offered(text: str, findings: Sequence[Finding], edits: Iterable[tuple[Finding, Edit]]) -> list[Finding]:
    """Return the findings, those with an edit spanning what it replaces, the others offering nothing."""
    edited = {id(finding): edit for finding, edit in edits}
    given = []
    for finding in findings:
        if (edit := edited.get(id(finding))) is not None:
            start, end, suggestion = edit
            marked = max(finding.marked[0], start), min(finding.marked[1], end)
            marked = marked if marked[0] <= marked[1] else (start, end)
            finding = replace(finding, start=start, end=end, text=text[start:end], suggestion=suggestion, marked=marked)
        elif finding.suggestion is not None:
            finding = replace(finding, suggestion=None)
        given.append(finding)
    return sorted(given, key=lambda f: (f.start, -f.end, f.rule))


def speaks(sentence: Sentence) -> bool:
    return len(sentence.words) > FEWEST


def dangles(draft: Draft, place: int) -> bool:
    """Return whether a sentence says nothing without the one before it: "It says so on the card."."""
    if place >= len(draft.sentences) or place in draft.gone:
        return False
    spoken = [word for word in draft.sentences[place].words if word[0].isalnum()]
    known = neutral(draft.language)
    folded = draft.sentences[place].folded
    if not spoken or any(word[0].isdigit() for word in spoken) or "@" in folded:
        return False
    if any(known[purpose].is_said(folded) for purpose in ("thanks", "wish", "contact", "regret", "glad")):
        return False
    is_short = len(spoken) < FEWEST and folded.endswith(". ")  # "Fixed."; a name below a reply has no stop
    return is_short or (len(spoken) <= LONGEST_DANGLING and bool(DANGLING[draft.language].match(folded)))


def with_space(draft: Draft, first: int, last: int, reached: int) -> tuple[int, int]:
    """Return the span of sentences that are left out, with the spaces after them, and the line when it is empty then.

    `reached` is where the last edit ended.
    """
    text = draft.text
    start, end = max(draft.sentences[first].start, reached), draft.sentences[last].end
    while end < len(text) and text[end] in SPACE:
        end += 1
    if end < len(text) and text[end] == "\n" and (start == 0 or text[start - 1] == "\n"):
        end += 1
    return start, end


def trimmed(text: str, edits: list[tuple[int, Edit]]) -> list[tuple[int, Edit]]:
    """Return the edits; where the last sentences of a line are left out, the white space before them goes as well."""
    trimmed = len(text)  # where the sentences left out at the end of the line begin
    for number in range(len(edits) - 1, -1, -1):
        place, (start, end, suggestion) = edits[number]
        if suggestion or not (end in (trimmed, len(text)) or text[end] == "\n"):
            continue
        floor = edits[number - 1][1][1] if number else 0
        space = SPACE if end < len(text) and text[end] == "\n" else SPACE + "\n"
        while start > floor and text[start - 1] in space:
            start -= 1
        trimmed = start
        edits[number] = place, (start, end, suggestion)
    return edits
