"""Find the names of people in a reply: the reviewer's, a stranger's, a colleague's."""

from collections.abc import Iterator

from bedside.guard.lexicon import Lexicon
from bedside.guard.pack import SLOTS
from bedside.guard.slots import ANONYMOUS, Slots, is_capital, known_names
from bedside.guard.spot import Spot
from bedside.guard.verdict import Context
from bedside.guard.words import Word, is_boundary, word_set
from bedside.text.normalise import Folded, fold

COURTESY = word_set(
    "mr mrs ms miss mister herr herrn frau monsieur madame mme mlle senor senora sr sra srta signor signora sig don dona"
)
ROLES = word_set(  # words that make a name a contact, in the five languages
    "manager director owner head chief coordinator office reach ask email ombudsman leitung leiter leiterin praxismanagerin kummert "
    "hilft antwortet inhaber inhaberin ansprechpartnerin ansprechpartner director directora responsable responde atendera gerente "
    "directeur directrice repond gerant gerante direttore direttrice responsabile risponde titolare coordinatrice fdo firmado signe firmato "
    "partners partner founder grunder grunderin"
)
ADDRESSED = word_set(  # what one calls somebody whose name one does not know
    "reader writer author reviewer guest friend neighbour neighbor verfasser verfasserin leser leserin schreiber schreiberin rezensent "
    "rezensentin gast lector lectora autor autora usuario usuaria vecino vecina amigo amiga lecteur lectrice auteur autrice auteure "
    "internaute lettore lettrice autore utente visitatore visitatrice mille infinite tante millones familie family familia famille famiglia "
    "unbekannte unbekannter unbekannt mira miren"
)
LIKE = 3  # letters that a name and its short form begin with
NEAR = 30  # words around a name that may make it a contact
SIGNS_OFF = word_set(
    "regards sincerely cheers yours grusse grussen gruss grusst saludos atentamente cordialmente cordialement salutations saluti cordiali signed team ihr ihre"
)
PAUSES = frozenset(",-:")  # after a name by which somebody is addressed
NAMELESS = ADDRESSED | COURTESY | SIGNS_OFF  # what follows a greeting and is nobody's name


def spots(folded: Folded, found: list[Word], slots: Slots, lexicon: Lexicon, context: Context) -> Iterator[Spot]:
    """Yield the names that a reply should not hold."""
    for position, (length, concepts) in slots.items():
        last = position + length
        if concepts is SLOTS["reviewer"]:
            yield _without_comma(folded, found, position, last, "identity.name")
        elif concepts is SLOTS["brand"] or concepts is SLOTS["contact"] or is_sign_off(found, position):
            continue
        elif concepts is not SLOTS["name"] and not is_contact(found, slots, position):
            yield Spot(*folded.span(found[position].start, found[last - 1].end), "identity.staff")
    known = known_names(context)
    for position in vocatives(folded, found, slots, lexicon):
        if found[position].text not in known:
            is_name = slots.at(position)[1] is SLOTS["name"] or (position and found[position - 1].text in COURTESY)
            rule = "identity.unmask" if is_name and is_another(found[position].text, context) else "identity.name"
            yield _without_comma(folded, found, position, position + 1, rule)


def is_another(name: str, context: Context) -> bool:
    """Return whether a folded name is not what the reviewer shows; Fer for Fernanda and Dave for bigdave are.

    Beside an anonymous or unknown reviewer it may be the displayed one.
    """
    shown = fold(context.reviewer).text.split()
    if not shown or set(shown) <= ANONYMOUS:
        return False
    return not any(name in part or part[:LIKE] == name[:LIKE] for part in shown)


def vocatives(folded: Folded, found: list[Word], slots: Slots, lexicon: Lexicon) -> Iterator[int]:
    """Yield the places of capitalised words that address somebody: after a greeting or a courtesy, or between commas."""
    for position, word in enumerate(found):
        before = found[position - 1].text if position else "\n"
        after = found[position + 1].text if position + 1 < len(found) else "."
        is_followed = after in PAUSES or is_boundary(after)
        if not (is_followed or before in COURTESY) or not is_capital(word, folded):
            continue
        if not word.text.isalpha() or len(word.text) < 2 or word.text in NAMELESS or lexicon.concepts(word.text):
            continue
        concepts = slots.at(position)[1]
        if concepts and concepts is not SLOTS["name"]:
            continue
        if before in COURTESY and position >= 2 and not is_sign_off(found, position):
            yield position
        elif is_followed:
            greeted = "greet" in lexicon.concepts(before) or "thank" in lexicon.concepts(before)
            first = is_boundary(before) and after == "," and position < 3 and concepts is SLOTS["name"]
            ends = before == "," and after != "," and concepts is SLOTS["name"]
            if greeted or first or (ends and not is_sign_off(found, position)):
                yield position


def is_contact(found: list[Word], slots: Slots, position: int) -> bool:
    """Return whether the sentence around a place offers somebody to talk to: a role, an address, a number."""
    first = position
    while first and first > position - NEAR and not is_boundary(found[first - 1].text):
        first -= 1
    last = position
    while last < min(len(found), position + NEAR) and not is_boundary(found[last].text):
        last += 1
    return any(
        word.text in ROLES
        or word.text == "@"
        or (word.text[0].isdigit() and len(word.text) > 3)
        or slots.at(place)[1] is SLOTS["contact"]
        for place, word in enumerate(found[first:last], first)
    )


def is_sign_off(found: list[Word], position: int) -> bool:
    """Return whether a place lies in the last words of a text, after a line break, a dash or a greeting."""
    if len(found) - position > 12:
        return False
    window = found[max(position - 8, 0) : position]
    return any(word.text[0] in "\n-" or word.text in SIGNS_OFF for word in window)


def _without_comma(folded: Folded, found: list[Word], first: int, last: int, rule: str) -> Spot:
    """Return the spot of a name together with its courtesy title and one comma, so that leaving it out reads well."""
    while first and found[first - 1].text in COURTESY:
        first -= 1
    start, end = found[first].start, found[last - 1].end
    opens = first == 0 or is_boundary(found[first - 1].text)
    if opens and last < len(found) and found[last].text in ",-!":
        end = found[last].end
        while end < len(folded.text) and folded.text[end] == " ":
            end += 1
    elif not opens:
        start = found[first - 1].end if found[first - 1].text != "," else found[first - 1].start
    return Spot(*folded.span(start, end), rule, "")
