"""A text with everything the lexicon found in it: what all judgements read."""

from dataclasses import dataclass

from bedside.text.assessment import Span
from bedside.text.lexicon import lexicon
from bedside.text.phrases import Match
from bedside.text.words import Words, cut

REACH = 3  # words behind a negation that it negates


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, the matches by label, the sentences of each label, and the words under a negation."""

    words: Words
    found: list[Match]  # as they were found: by first word, the more specific phrase first
    matches: dict[str, list[Match]]
    where: dict[str, frozenset[int]]
    negated: bytes  # 1 for a word under a negation

    def named(self, prefix: str) -> list[Match]:
        """Return the matches whose label begins with the prefix, by position, the longer and more specific first."""
        return sorted(
            (match for match in self.found if match.label.startswith(prefix)),
            key=lambda match: (match.first, -match.last),
        )

    def has(self, label: str) -> bool:
        return label in self.matches

    def is_in_sentence(self, label: str, sentence: int) -> bool:
        return sentence in self.where.get(label, ())

    def only_asks(self) -> bool:
        """True when every sentence is a question."""
        return bool(self.words.asked) and self.words.asked >= set(self.words.sentences)

    def sentence(self, match: Match) -> int:
        return self.words.sentences[match.first]

    def is_negated(self, match: Match) -> bool:
        """True when a negation stands at most REACH words before the match, in its clause."""
        return bool(self.negated[match.first])

    def span(self, match: Match, label: str) -> Span:
        return Span(label, self.words.starts[match.first], self.words.ends[match.last - 1])


def read(text: str, language: str) -> Reading:
    """Return what the lexicon of the language finds in the text."""
    words = cut(text, language)
    matches: dict[str, list[Match]] = {}
    found = lexicon(language).find(words)
    for match in found:
        matches.setdefault(match.label, []).append(match)
    where = {label: frozenset(words.sentences[match.first] for match in group) for label, group in matches.items()}
    return Reading(words, found, matches, where, _negated(words, matches))


def _negated(words: Words, matches: dict[str, list[Match]]) -> bytes:
    """Return 1 for every word that a negation reaches; "never so rude" is no negation but a superlative."""
    superlatives = {match.first for match in matches.get("cue.never_so", ())}
    marks = bytearray(len(words.words))
    for negator in matches.get("cue.negator", ()):
        if negator.first in superlatives:
            continue
        clause = words.clauses[negator.last - 1]
        for place in range(negator.last, min(negator.last + REACH, len(marks))):
            if words.clauses[place] == clause:
                marks[place] = 1
    return bytes(marks)
