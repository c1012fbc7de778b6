"""Lists of names: given names, family names and places, made by training/names.py from packages that may be used."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=4)
def listed(name: str) -> frozenset[str]:
    """Return the folded words of the list `names` (given names), `given` (more of them), `families` or `places`."""
    return frozenset(files("bedside.guard").joinpath("models", f"{name}.txt").read_text(encoding="utf-8").split())


LETTERS = (("n", "names"), ("n", "given"), ("f", "families"), ("p", "places"))


@lru_cache(maxsize=20_000)
def marks(word: str) -> str:
    """Return a letter for each kind of list that holds a folded word: n for given, f for family names, p for places."""
    return "".join(letter for letter, name in LETTERS if word in listed(name))
