"""Find the phrases of a lexicon in one pass over the words.

A phrase is a line of words: `wait*` begins with, `a|b` either, `the?` may be absent, `_` any one word, `..` up to four
words. A phrase never crosses the end of a sentence. Time is linear in the number of words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bedside.text.fold import fold
from bedside.text.words import Words

CACHED = 20_000  # words per language whose openings are remembered
GAP = 4  # words that `..` may skip
_JOINT = re.compile(r"(?<=\w)[-/&](?=\w)")  # x-ray is two words, as in a text


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its label and the words from `first` up to, not including, `last`."""

    label: str
    first: int
    last: int


@dataclass(slots=True)
class Node:
    """A place in the tree of phrases; `labels` are those of the phrases that end here."""

    exact: dict[str, "Node"] = field(default_factory=dict)
    prefix: dict[str, "Node"] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()  # of the prefixes, the longest first
    anything: "Node | None" = None
    gap: "Node | None" = None
    labels: tuple[str, ...] = ()

    def next(self, word: str) -> list["Node"]:
        """Return the places that this word leads to."""
        found: list[Node] = []
        if (node := self.exact.get(word)) is not None:
            found.append(node)
        for length in self.lengths:
            if (node := self.prefix.get(word[:length])) is not None:
                found.append(node)  # noqa: PERF401  # the innermost loop: a generator costs a third more
        if self.anything is not None:
            found.append(self.anything)
        return found

    def grow(self, part: str) -> "Node":
        """Return the place behind one part of a phrase, made when it is new."""
        if part == "_":
            self.anything = self.anything or Node()
            return self.anything
        if part == "..":
            self.gap = self.gap or Node()
            return self.gap
        if part.endswith("*"):
            stem = part[:-1]
            self.lengths = tuple(sorted({*self.lengths, len(stem)}, reverse=True))
            return self.prefix.setdefault(stem, Node())
        return self.exact.setdefault(part, Node())


class Phrases:
    """A tree of labelled phrases."""

    def __init__(self, labelled: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._root = Node()
        self._opening = lru_cache(maxsize=CACHED)(self._root.next)  # texts begin most phrases with the same few words
        for label, phrases in labelled:
            for phrase in phrases:
                self._add(label, phrase)

    def _add(self, label: str, phrase: str) -> None:
        places = [self._root]
        for token in _JOINT.sub(" ", fold(phrase)).replace("'", "").split():
            optional = token.endswith("?")
            choices = token.removesuffix("?").split("|")
            grown = [place.grow(choice) for place in places for choice in choices]
            places = grown + places if optional else grown
        for place in places:
            if label not in place.labels:
                place.labels += (label,)

    def find(self, words: Words) -> list[Match]:
        """Return all matches in the order of their first word."""
        found: list[Match] = []
        sentences = words.sentences
        for first, word in enumerate(words.words):
            for node in self._opening(word):
                found.extend(_walk(node, words.words, sentences, first, first + 1, set()))
        return found


def _walk(
    node: Node, words: Sequence[str], sentences: Sequence[int], first: int, at: int, seen: set[tuple[int, int]]
) -> Iterator[Match]:
    """Yield the matches that begin at `first` and have come to `node`; `at` is the next word.

    `seen` holds the gaps already followed with the place: several gaps in a phrase must not multiply.
    """
    for label in node.labels:
        yield Match(label, first, at)
    if at < len(words) and sentences[at] == sentences[first]:
        for following in node.next(words[at]):
            yield from _walk(following, words, sentences, first, at + 1, seen)
    if node.gap is not None:
        for place in range(at, min(at + GAP + 1, len(words))):
            if sentences[place] != sentences[first]:
                break
            if (key := (id(node.gap), place)) in seen:
                continue
            seen.add(key)
            for following in node.gap.next(words[place]):
                yield from _walk(following, words, sentences, first, place + 1, seen)
