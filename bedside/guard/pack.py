"""Load the rule pack of a language: its words, its patterns, and the wording of its messages."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bedside.guard.lexicon import Lexicon
from bedside.guard.pattern import Pattern, compile_pattern, literals
from bedside.text.normalise import fold

LANGUAGES = ("en", "de", "es", "fr", "it")
VERSION = "2026.11"

GRAMMATICAL = frozenset({"break", "strongyou", "generic", "placeword"})

SLOTS = {
    "brand": frozenset({"brand"}),
    "clinician": frozenset({"clinician"}),
    "staff": frozenset({"staff", "clinician"}),
    "reviewer": frozenset({"reviewer", "name"}),
    "contact": frozenset({"contact"}),
    "name": frozenset({"name"}),
    "claimed": frozenset({"claimed"}),
}


@dataclass(frozen=True, slots=True)
class Pack:
    """The grammar of one language: what is safe is masked before the patterns of the rules run."""

    language: str
    lexicon: Lexicon
    safe: tuple[Pattern, ...]
    claiming: tuple[Pattern, ...]
    patterns: tuple[Pattern, ...]
    meanings: dict[str, tuple[str, ...]]  # the concepts of a symbol, for the weigher; words of patterns left out


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says in one language; `suggestion` replaces the flagged words, None when nothing can."""

    message: str
    suggestion: str | None


def read(*path: str) -> dict[str, Any]:
    """Read one TOML file of the packs."""
    return tomllib.loads(files("bedside.guard").joinpath("packs", *path).read_text(encoding="utf-8"))


@lru_cache(maxsize=len(LANGUAGES))
def load(language: str) -> Pack:
    """Return the pack of a language, read once."""
    table = read(f"{language}.toml")
    rules: dict[str, Any] = table["rules"]
    safe: list[str] = [source.lower() for source in table["safe"]["patterns"]]
    unions = {name: tuple(parts.split()) for name, parts in table.get("unions", {}).items()}
    lexicon = _lexicon(table["concepts"], [*safe, *(p.lower() for rule in rules.values() for p in rule["patterns"])])

    def compiled(claims: bool) -> tuple[Pattern, ...]:
        chosen = {
            rule: [source.lower() for source in entry["patterns"]]
            for rule, entry in rules.items()
            if entry.get("claims", False) is claims
        }
        return tuple(compile_pattern(rule, p, lexicon, unions) for rule, sources in chosen.items() for p in sources)

    masks = tuple(compile_pattern("safe", source, lexicon, unions) for source in safe)
    meanings = {
        symbol: tuple(sorted(concept for concept in concepts if concept[0] != "=" and concept not in GRAMMATICAL))
        for concepts, symbol in lexicon.symbols.items()
    }
    return Pack(language, lexicon, masks, compiled(True), compiled(False), meanings)


def _lexicon(concepts: dict[str, str], sources: Iterable[str]) -> Lexicon:
    lexicon = Lexicon()
    for concept, entries in concepts.items():
        lexicon.add(concept, entries_of(entries))
    for word in sorted({word for source in sources for word in literals(source)}):
        lexicon.add_literal(word)
    lexicon.close(SLOTS.values())
    return lexicon


def entries_of(entries: str) -> list[str]:
    """Return the folded entries of a list separated by commas."""
    return [" ".join(entry.split()) for entry in fold(entries).text.split(",") if entry.strip()]


@lru_cache(maxsize=len(LANGUAGES))
def wording(language: str) -> dict[str, Wording]:
    """Return what each rule says in a language, read once."""
    return {
        rule: Wording(entry["message"], entry.get("suggestion"))
        for rule, entry in read("messages", f"{language}.toml").items()
    }
