"""Find in a text what the context names: the clinic, its staff and contacts, and the reviewer."""

from collections.abc import Iterable, Set
from functools import lru_cache

from bedside.guard.identifiers.lists import listed
from bedside.guard.lexicon import Lexicon
from bedside.guard.pack import SLOTS
from bedside.guard.verdict import Context
from bedside.guard.words import Word, said, word_set
from bedside.text.normalise import Folded

TITLES = word_set(
    "dr doctor doc prof professor professorin doktor dra doctora docteur docteure dott dottor dottore dottoressa"
)
SHORT_TITLES = frozenset({"dr", "dra", "dott"})
JOINERS = frozenset({"-", "von", "de", "di", "del", "van", "der", "la"})
ANONYMOUS = word_set("a google user anonymous anonym anonymer nutzer utilisateur anonyme usuario anonimo utente")
UNNAMED = ANONYMOUS | word_set(  # words in displayed names that name nobody by themselves
    "the and from of und die der das vom von aus ein eine les des une gars fille los las una uno con sin che del della dei gli "
    "family familie familia famille famiglia mum mom dad grandma oma opa mama papa mamma nonna nonno abuela abuelo mamie papi guest gast local guide "
    "patient patientin paciente paziente user usuaria usuario angehorige unbekannt unbekannte unbekannter reader mother father mutter vater"
)

NONE = 0, frozenset[str]()  # the length and the concepts of no slot
Table = dict[str, dict[tuple[str, ...], frozenset[str]]]


class Slots(dict[int, tuple[int, frozenset[str]]]):
    """The words of a text that fill a slot: by the place of the first their number, and the concepts of the slot."""

    def at(self, position: int) -> tuple[int, frozenset[str]]:
        return self.get(position, NONE)


def fill(found: list[Word], folded: Folded, context: Context, lexicon: Lexicon) -> Slots:
    """Return the slots of a text."""
    table = _names(context.clinic, context.staff, context.contacts, context.reviewer)
    first_names = listed("names")
    slots = Slots()
    reached = 0
    for position, word in enumerate(found):
        if position < reached:
            continue
        text = word.text
        length, concepts = _known(found, position, table) if text in table else NONE
        if length == 1 and concepts is SLOTS["staff"] and lexicon.concepts(text):
            length = 0  # "letzten Sommer" is not Dr. Sommer
        if not length and text in TITLES:
            length, concepts = _titled(found, position, folded, lexicon), SLOTS["clinician"]
        if not length and text in first_names and (is_capital(word, folded) or folded.original.islower()):
            length, concepts = 1, SLOTS["name"]
        if length > (0 if concepts is not SLOTS["clinician"] else 1):
            slots[position] = length, concepts
        reached = position + length
    return slots


def known_names(context: Context) -> Set[str]:
    """Return the folded first words of every name that the context gives."""
    return _names(context.clinic, context.staff, context.contacts, context.reviewer).keys()


def _known(found: list[Word], position: int, table: Table) -> tuple[int, frozenset[str]]:
    """Return the length in words and the concepts of the longest name that begins at a place."""
    length, concepts = NONE
    for parts, meant in table[found[position].text].items():
        if len(parts) > length and is_phrase(found, position, parts):
            length, concepts = len(parts), meant
    return length, concepts


def is_phrase(found: list[Word], position: int, parts: tuple[str, ...]) -> bool:
    """Return whether the words from a place on are these."""
    return tuple([word.text for word in found[position : position + len(parts)]]) == parts


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
    """Return the names that a context gives: by their first word the words of each and what it is."""
    own = _own_names(clinic, staff, contacts)
    parts = [part for part in _parts(said(reviewer)) if part[0] not in UNNAMED]
    if not parts:
        return own
    table = dict(own)
    _enter(table, [said(reviewer), *parts], SLOTS["reviewer"])
    return table


@lru_cache(maxsize=256)
def _own_names(clinic: tuple[str, ...], staff: tuple[str, ...], contacts: tuple[str, ...]) -> Table:
    table: Table = {}
    _enter(table, map(said, contacts), SLOTS["contact"])
    _enter(table, map(said, clinic), SLOTS["brand"])
    for name in map(said, staff):
        _enter(table, [name, *(part for part in _parts(name) if part[0] not in TITLES)], SLOTS["staff"])
    return table


def _parts(name: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words of a name that may stand alone."""
    return [(word,) for word in name if len(word) > 2 and word[0].isalpha()]


def _enter(table: Table, names: Iterable[tuple[str, ...]], concepts: frozenset[str]) -> None:
    """Add names to a table; what a name stands for already it keeps."""
    for name in names:
        if name:
            table[name[0]] = {name: concepts} | table.get(name[0], {})
