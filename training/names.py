"""Write the list of first names that the guard knows, from the name lists of Faker (MIT).

    pip install faker && python training/names.py

Names that are also everyday words of a pack are left out, and so are names of three letters or fewer that are words.
"""

import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bedside.guard.pack import LANGUAGES, load  # noqa: E402
from bedside.guard.tongue import SMALL_WORDS  # noqa: E402
from bedside.text.normalise import fold  # noqa: E402

LOCALES = "en_US en_GB en_IN en_NZ de_DE de_AT de_CH es_ES es_MX es_AR fr_FR fr_CH fr_CA it_IT pt_PT nl_NL pl_PL tr_TR sv_SE da_DK no_NO hr_HR ro_RO"  # separated by blanks
WORDS = (
    "will may mark grace hope faith joy rose dawn summer amber crystal april june august christian angel prince sky star melody destiny "
    "art bill bob chase drew grant hunter jack max pat ray rich rob sue tim wade chance felicity harmony heaven honey ivy lily olive pearl ruby sage violet king "
    "sol luz paz mar cielo rocio dolores mercedes pilar consuelo esperanza soledad nieves angeles gracia bello bella gioia vittoria vera luce alba "
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


if __name__ == "__main__":
    chosen = names()
    target = ROOT / "bedside" / "guard" / "models" / "names.txt"
    target.write_text("\n".join(chosen) + "\n", encoding="utf-8")
    print(len(chosen), "names")
