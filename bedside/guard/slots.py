"""Find in a text what the context names: the clinic, its staff and contacts, and the reviewer."""

from collections.abc import Iterable
from functools import lru_cache

from bedside.guard.identifiers.lists import listed
from bedside.guard.lexicon import Lexicon
from bedside.guard.pack import SLOTS
from bedside.guard.verdict import Context
from bedside.guard.words import Word, word_set, words
from bedside.text.normalise import Folded, fold

TITLES = word_set(
    "dr doctor doc prof professor professorin doktor dra doctora docteur docteure dott dottor dottore dottoressa"
)
SHORT_TITLES = frozenset({"dr", "dra", "dott"})
JOINERS = frozenset({"-", "von", "de", "di", "del", "van", "der", "la"})
ANONYMOUS = word_set("a google user anonymous anonym anonymer nutzer utilisateur anonyme usuario anonimo utente")

Table = dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]


class Slots:
    """Which words of a text fill a slot: `at` answers how many words from a place, and the concepts of the slot."""

    def __init__(self, filled: dict[int, tuple[int, frozenset[str]]]) -> None:
        self._filled = filled

    def at(self, position: int) -> tuple[int, frozenset[str]]:
        return self._filled.get(position, (0, frozenset()))

    def items(self) -> Iterable[tuple[int, tuple[int, frozenset[str]]]]:
        """Return place, length and concepts of every filled slot."""
        return self._filled.items()


def fill(found: list[Word], folded: Folded, context: Context, lexicon: Lexicon) -> Slots:
    """Return the slots of a text."""
    table = _names(context.clinic, context.staff, context.contacts, context.reviewer)
    filled: dict[int, tuple[int, frozenset[str]]] = {}
    position = 0
    while position < len(found):
        length, concepts = _known(found, position, table)
        if length == 1 and concepts is SLOTS["staff"] and lexicon.concepts(found[position].text):
            length = 0  # "letzten Sommer" is not Dr. Sommer
        if not length and found[position].text in TITLES:
            length, concepts = _titled(found, position, folded, lexicon), SLOTS["clinician"]
        if not length and is_first_name(found[position], folded):
            length, concepts = 1, SLOTS["name"]
        if length > (0 if concepts is not SLOTS["clinician"] else 1):
            filled[position] = (length, concepts)
        position += max(length, 1)
    return Slots(filled)


def is_first_name(word: Word, folded: Folded) -> bool:
    """Return whether a word is a first name we know, capitalised unless the whole text is in one case."""
    return word.text in listed("names") and (is_capital(word, folded) or folded.original.islower())


def known_names(context: Context) -> frozenset[str]:
    """Return the folded words of every name that the context gives."""
    return frozenset(_names(context.clinic, context.staff, context.contacts, context.reviewer))


def _known(found: list[Word], position: int, table: Table) -> tuple[int, frozenset[str]]:
    for parts, concepts in table.get(found[position].text, ()):
        if position + len(parts) <= len(found) and all(found[position + i].text == p for i, p in enumerate(parts)):
            return len(parts), concepts
    return 0, frozenset()


def _titled(found: list[Word], position: int, folded: Folded, lexicon: Lexicon) -> int:
    """Return how many words a title and the name after it take; 1 when no name follows."""
    length = 1
    while position + length < len(found) and length < 5:
        word = found[position + length]
        is_name = word.text[0].isalpha() and not lexicon.concepts(word.text)
        is_short_title = length == 1 and found[position].text in SHORT_TITLES
        if not (
            word.text in TITLES or word.text in JOINERS or (is_name and (is_short_title or is_capital(word, folded)))
        ):
            break
        length += 1
    while length > 1 and found[position + length - 1].text in JOINERS:
        length -= 1
    return length


def is_capital(word: Word, folded: Folded) -> bool:
    """Return whether a word holds a capital in the original."""
    start, end = folded.span(word.start, word.end)
    written = folded.original[start:end]
    return written != written.lower()


@lru_cache(maxsize=256)
def _names(clinic: tuple[str, ...], staff: tuple[str, ...], contacts: tuple[str, ...], reviewer: str) -> Table:
    table: Table = {}
    _enter(table, contacts, SLOTS["contact"])
    _enter(table, clinic, SLOTS["brand"])
    for name in staff:
        _enter(table, (name,), SLOTS["staff"])
        _enter(table, (part for part in _parts(name) if part not in TITLES), SLOTS["staff"])
    parts = _parts(reviewer)
    if parts and not set(parts) <= ANONYMOUS:
        _enter(table, (reviewer,), SLOTS["reviewer"])
        _enter(table, parts, SLOTS["reviewer"])
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@lru_cache(maxsize=4096)
def _split(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(fold(name)))


def _parts(name: str) -> list[str]:
    return [word for word in _split(name) if len(word) > 2 and word[0].isalpha()]


def _enter(table: Table, names: Iterable[str], concepts: frozenset[str]) -> None:
    for name in names:
        parts = _split(name)
        if parts and parts not in (known for known, _ in table.get(parts[0], ())):
            table.setdefault(parts[0], []).append((parts, concepts))
