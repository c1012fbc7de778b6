"""The words of a language and what they stand for: each distinct set of concepts becomes one symbol.

A text turned into symbols is a short string, over which patterns run as plain regular expressions.
"""

from collections.abc import Iterable
from typing import TypeVar

from bedside.guard.misspelling import Misspellings
from bedside.guard.words import is_boundary

_Key = TypeVar("_Key", str, tuple[str, ...])

FIRST_SYMBOL = 0x4E00
END = "\u0001"  # the end of a sentence
QUESTION = "\u0005"  # the same, with a question mark
ENDS = END + QUESTION
MARK = "\u0002"  # a comma, a dash, a bracket
OTHER = "\u0003"  # a word no pattern knows
WORDLIKE = frozenset("#@$€£%&+")  # marks that are read as words
LONGEST = 40  # letters of a word that are looked at, from either end
CACHED = 20_000  # words remembered with their concepts

NUMBERS = (
    frozenset({"number"}),
    frozenset({"number", "clock"}),
    frozenset({"number", "date"}),
    frozenset({"number", "year"}),
)


class Lexicon:
    """Concepts of words: whole words, beginnings (`operat*`), endings (`*termin`) and phrases of several words."""

    def __init__(self) -> None:
        self.exact: dict[str, frozenset[str]] = {}
        self.beginnings: dict[str, frozenset[str]] = {}
        self.endings: dict[str, frozenset[str]] = {}
        self.phrases: dict[tuple[str, str], dict[tuple[str, ...], frozenset[str]]] = {}  # by their first two words
        self.phrase_words: set[str] = set()
        self.symbols: dict[frozenset[str], str] = {}
        self._misspellings = Misspellings(())
        self.opens: frozenset[str] = frozenset()  # the words with which a phrase begins
        self._cache: dict[str, frozenset[str]] = {}
        self._symbols: dict[str, str] = {}
        self._holding: dict[str, str] = {}  # the symbols of all sets that hold a concept

    def add(self, concept: str, entries: Iterable[str]) -> None:
        """Add the words of a concept."""
        for entry in entries:
            parts = tuple(entry.split())
            if len(parts) > 1:
                _include(self.phrases.setdefault((parts[0], parts[1]), {}), parts, concept)
                self.phrase_words.update(part for part in parts if len(part) > 1)
            elif entry.endswith("*"):
                _include(self.beginnings, entry[:-1], concept)
            elif entry.startswith("*"):
                _include(self.endings, entry[1:], concept)
            else:
                _include(self.exact, entry, concept)

    def extend(self, concept: str, entries: Iterable[str]) -> None:
        """Add the words of a concept to a filled lexicon; each keeps what it stands for already."""
        for entry in entries:
            parts = tuple(entry.split())
            if len(parts) > 1:
                _include(self.phrases.setdefault((parts[0], parts[1]), {}), parts, concept)
            elif entry.endswith("*"):
                self.beginnings[entry[:-1]] = self._look_up(entry[:-1]) | {concept}
                for word in [word for word in self.exact if word.startswith(entry[:-1])]:
                    self.exact[word] |= {concept}
            elif entry.startswith("*"):
                self.endings[entry[1:]] = self._look_up(entry[1:]) | {concept}
            else:
                self.exact[entry] = self._look_up(entry) | {concept}

    def add_literal(self, word: str) -> None:
        """Add a word that a pattern names itself; it keeps what it stands for otherwise."""
        self.exact[word] = self._look_up(word) | {"=" + word}

    def close(self, slots: Iterable[frozenset[str]]) -> None:
        """Give every set of concepts its symbol; no word is added afterwards."""
        for table in self.phrases.values():
            for parts in sorted(table, key=len, reverse=True):
                self._symbol_for(table[parts])
        for known in (*self.exact.values(), *self.beginnings.values(), *self.endings.values(), *NUMBERS, *slots):
            self._symbol_for(known)
        self.phrases = {
            first: dict(sorted(table.items(), key=lambda item: -len(item[0]))) for first, table in self.phrases.items()
        }
        self._misspellings = Misspellings(self.exact.items())
        self.opens = frozenset(first for first, _ in self.phrases)
        for concepts, symbol in self.symbols.items():
            for concept in concepts:
                self._holding[concept] = self._holding.get(concept, "") + symbol
        self._cache.clear()

    def _symbol_for(self, concepts: frozenset[str]) -> None:
        self.symbols.setdefault(concepts, chr(FIRST_SYMBOL + len(self.symbols)))

    def symbol(self, concepts: frozenset[str]) -> str:
        """Return the symbol of a set of concepts; OTHER for the empty set."""
        return self.symbols[concepts] if concepts else OTHER

    def symbol_of(self, word: str) -> str:
        """Return the symbol of a folded word or mark."""
        found = self._symbols.get(word)
        if found is None:
            is_word = word[0].isalnum() or word in WORDLIKE or word in self.exact
            found = self.symbol(self.concepts(word)) if is_word else _mark(word)
            if len(self._symbols) < CACHED:
                self._symbols[word] = found
        return found

    def symbols_of(self, concept: str) -> str:
        """Return the symbols of all sets that hold a concept."""
        return self._holding.get(concept, "")

    def has(self, word: str) -> bool:
        """Return whether a folded word stands in the lexicon as it is, by itself or in a phrase."""
        return word in self.exact or word in self.phrase_words

    def concepts(self, word: str) -> frozenset[str]:
        """Return the concepts of a folded word; empty for an unknown one."""
        found = self._cache.get(word)
        if found is None:
            found = self._look_up(word) or self._misspellings.meant(word)
            if len(self._cache) < CACHED:
                self._cache[word] = found
        return found

    def _look_up(self, word: str) -> frozenset[str]:
        if word in self.exact:
            return self.exact[word]
        if word[0].isdigit():
            return _number(word)
        short = word[:LONGEST]
        begins = next((n for n in range(len(short), 2, -1) if short[:n] in self.beginnings), 0)
        ending = word[-LONGEST:]
        ends = next((n for n in range(len(ending), 2, -1) if ending[-n:] in self.endings), 0)
        if begins > ends:
            return self.beginnings[short[:begins]]
        return self.endings[ending[-ends:]] if ends else frozenset()


def _include(table: dict[_Key, frozenset[str]], key: _Key, concept: str) -> None:
    table[key] = table.get(key, frozenset()) | {concept}


def _mark(text: str) -> str:
    if not is_boundary(text):
        return MARK
    return QUESTION if "?" in text else END


def _number(word: str) -> frozenset[str]:
    if ":" in word:
        return NUMBERS[1]
    if any(word.count(mark) == 2 for mark in "./-"):
        return NUMBERS[2]
    is_year = len(word) == 4 and word[:2] in ("19", "20") and word.isdigit()
    return NUMBERS[3] if is_year else NUMBERS[0]
