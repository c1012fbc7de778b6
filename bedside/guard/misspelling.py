"""Read a misspelt word as the word it is one slip away from: swapped, missing, doubled letters and wrong vowels.

Only words of the lexicon that could give somebody away are looked for, and only slips inside a word: what differs at its
beginning or end may be another word, or another form of it. One look costs as many steps as the word has letters.
"""

from collections.abc import Iterable, Iterator

from bedside.guard.words import word_set

SHORTEST = 6  # letters of the word that is meant, for two swapped
SHORTEST_CHANGED = 8  # for a letter too many or missing, and for a wrong vowel: shorter words have too many neighbours
LONGEST = 24
# Ordinary words one slip away from a telling one, in the five languages.
ORDINARY = word_set(
    "mediation selling singles historical professional schulen schuler einlangen verlangen sylvester plaster calientes fracturado "
    "compter prenant specialite specialita accompagnent messages messaggi compliment compliments atendemos urgencias urgencia"
)
VOWELS = frozenset("aeiouy")
TELLING = frozenset(  # concepts by which a word can give somebody away
    "appointment visit patient procedure test body condition symptom drug insurance record relative care cared clinician "
    "weekday month money paid missed refused came".split()
)


class Misspellings:
    """The words of a lexicon by what is left of them when one letter is missing."""

    def __init__(self, words: Iterable[tuple[str, frozenset[str]]]) -> None:
        self.whole: dict[str, frozenset[str]] = {}
        self.shortened: dict[str, list[str]] = {}
        for word, concepts in words:
            if SHORTEST <= len(word) <= LONGEST and word.isalpha() and TELLING & concepts:
                self.whole[word] = concepts
                for shorter in _shorter(word):
                    self.shortened.setdefault(shorter, []).append(word)

    def meant(self, word: str) -> frozenset[str]:
        """Return the concepts of the one word that is meant; empty when none or several may be."""
        if not SHORTEST <= len(word) <= LONGEST + 1 or not word.isalpha() or word in ORDINARY:
            return frozenset()
        found = {other for other in self.shortened.get(word, ()) if len(other) >= SHORTEST_CHANGED}  # one is missing
        for shorter in _shorter(word):
            if len(shorter) >= SHORTEST_CHANGED and shorter in self.whole:
                found.add(shorter)  # one too many
            found.update(other for other in self.shortened.get(shorter, ()) if _is_slip(word, other))
        meanings = {self.whole[other] for other in found}
        return meanings.pop() if len(meanings) == 1 else frozenset()


def _shorter(word: str) -> Iterator[str]:
    """Yield a word without one of its letters, the first and the last two excepted."""
    return (word[:place] + word[place + 1 :] for place in range(1, len(word) - 2))


def _is_slip(word: str, other: str) -> bool:
    """Return whether two words of one length differ by two neighbours swapped or by one vowel."""
    if len(word) != len(other):
        return False
    differing = [place for place in range(len(word)) if word[place] != other[place]]
    if len(differing) == 2 and differing[1] == differing[0] + 1:
        one, two = differing
        return word[one] == other[two] and word[two] == other[one]
    vowels = [{word[place], other[place]} <= VOWELS for place in differing if place < len(word) - 3]
    return len(word) > SHORTEST_CHANGED and len(differing) == 1 and vowels == [True]
