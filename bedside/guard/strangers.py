"""Find names that only the tagger sees: of somebody whom the context does not give, without a greeting or a title."""

from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.detecting import Detected
from bedside.guard.identifiers import tagger
from bedside.guard.identifiers.dates import MONTH_WORDS
from bedside.guard.identifiers.lists import marks
from bedside.guard.naming import ADDRESSED, is_contact, is_sign_off
from bedside.guard.pack import SLOTS, Pack
from bedside.guard.slots import is_capital
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context
from bedside.guard.words import Word, said, word_set
from bedside.text.normalise import Folded

SURE = 300  # margin of the tagger from which a name of several words is told
SURE_ALONE = 450  # the same of one word
MOST_CHARACTERS = 8_000  # of a reply that the tagger reads; platforms take half of that

# Greetings of neighbours, languages, cards and days: capitalised, and nobody's name.
NOBODY = MONTH_WORDS | word_set(
    "kia ora tena koe koutou nga mihi boas tardes bom dia kaixo egun tamil telugu hindi urdu visa christmas eve handy"
)


@lru_cache(maxsize=256)
def _own(names: tuple[str, ...]) -> frozenset[str]:
    """Return the words of every name and address of the clinic, one alone being used for short."""
    return frozenset(word for name in names for word in said(name))


def spots(detected: Detected, context: Context) -> Iterator[Spot]:
    """Yield the names of strangers in a reply that no rule on names points at already."""
    folded, found, slots, pack = detected.folded, detected.found, detected.slots, detected.pack
    own = _own((*context.clinic, *context.contacts))
    given = {
        place
        for first, (length, concepts) in slots.items()
        if concepts is not SLOTS["name"]
        for place in range(first, first + length)
    }

    def is_strange(place: int) -> bool:
        word = found[place]
        return (
            is_capital(word, folded)
            and word.text.isalpha()
            and not pack.lexicon.concepts(word.text)
            and place not in given
            and not (word.text in ADDRESSED or word.text in NOBODY or word.text in own)
            and not is_sign_off(found, place)
            and not is_contact(found, slots, place)
        )

    if not any(map(is_strange, range(len(found)))):
        return
    known = [spot for spot in detected.spots if spot.rule.startswith("identity.")]
    for run, places in _people(folded, found, pack):
        while places and not is_strange(places[0]):  # the word before a name, taken for a part of it
            places.pop(0)
        is_named = any(spot.start < run.end and run.start < spot.end for spot in known)
        if (
            places
            and not is_named
            and _is_sure(run, [found[place] for place in places], pack)
            and all(map(is_strange, places))
        ):
            yield Spot(*folded.span(found[places[0]].start, found[places[-1]].end), "identifier.possible")


def _people(folded: Folded, found: list[Word], pack: Pack) -> Iterator[tuple[tagger.Tagged, list[int]]]:
    """Yield what the tagger takes for people, each with the places of its words."""

    def is_unknown(token: tagger.Token) -> bool:
        return token.text[0].isupper() and not pack.lexicon.concepts(tagger.folded(token.text))

    place = 0
    for run in tagger.tagged(folded.original[:MOST_CHARACTERS], pack.language, is_unknown):
        places = []
        while place < len(found) and folded.span(found[place].start, found[place].end)[0] < run.end:
            if folded.span(found[place].start, found[place].end)[1] > run.start:
                places.append(place)
            place += 1
        if places and run.label == "person":
            yield run, places


def _is_sure(run: tagger.Tagged, named: list[Word], pack: Pack) -> bool:
    """Return whether a run is surely a name. German nouns are capitalised: one alone must be in a list of names."""
    if len(named) > 1:
        return run.margin >= SURE
    return run.margin >= SURE_ALONE and (pack.language != "de" or bool(marks(named[0].text)))
