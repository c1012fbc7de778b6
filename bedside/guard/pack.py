"""Load the rule pack of a language: its words, its patterns, and the wording of its messages."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

from bedside.guard.lexicon import Lexicon
from bedside.guard.pattern import Pattern, compile_pattern, literals
from bedside.guard.verdict import TextKind
from bedside.guard.words import words
from bedside.text.normalise import fold

LANGUAGES = ("en", "de", "es", "fr", "it")
VERSION = "2026.11.22.2"

GRAMMATICAL = frozenset({"break", "strongyou", "generic", "placeword", "everyday"})

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
    unless: dict[str, frozenset[str]]  # concepts beside which the strong patterns of a rule are as weak as the others


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
    """Return the pack of a language for replies, read once."""
    table = read(f"{language}.toml")
    lexicon = Lexicon()
    for concept, entries in table["concepts"].items():
        lexicon.add(concept, entries_of(entries))
    return _pack(language, lexicon, table["safe"]["patterns"], table["rules"], table.get("unions", {}))


@lru_cache(maxsize=len(LANGUAGES))
def load_publishing(language: str) -> Pack:
    """Return the pack of a language for posts and requests: more words, patterns shared by all languages; read once."""
    lexicon = Lexicon()
    for concept, entries in read(f"{language}.toml")["concepts"].items():
        lexicon.add(concept, entries_of(entries))
    for concept, entries in read("publishing", f"{language}.toml")["concepts"].items():
        lexicon.extend(concept, _spoken(entries))
    shared = read("publishing", "patterns.toml")
    return _pack(language, lexicon, [], shared["rules"], shared["unions"])


def load_for(kind: TextKind, language: str) -> Pack:
    """Return the pack that reads a kind of text in a language."""
    return load(language) if kind is TextKind.REPLY else load_publishing(language)


def _pack(language: str, lexicon: Lexicon, masking: list[str], rules: dict[str, Any], unions: dict[str, str]) -> Pack:
    """Return the pack of filled lists of words and of patterns as they are written."""
    safe = [source.lower() for source in masking]
    parts = {name: tuple(names.split()) for name, names in unions.items()}
    written = {rule: [source.lower() for source in entry["patterns"]] for rule, entry in rules.items()}
    strong = {rule: [source.lower() for source in entry.get("strong", ())] for rule, entry in rules.items()}
    for word in sorted(
        {word for source in (*safe, *chain(*written.values(), *strong.values())) for word in literals(source)}
    ):
        lexicon.add_literal(word)
    lexicon.close(SLOTS.values())

    def compiled(claims: bool) -> tuple[Pattern, ...]:
        chosen = {rule: sources for rule, sources in written.items() if rules[rule].get("claims", False) is claims}
        return tuple(compile_pattern(rule, p, lexicon, parts) for rule, sources in chosen.items() for p in sources)

    meanings = {
        symbol: tuple(sorted(concept for concept in concepts if concept[0] != "=" and concept not in GRAMMATICAL))
        for concepts, symbol in lexicon.symbols.items()
    }
    masks = tuple(compile_pattern("safe", source, lexicon, parts) for source in safe)
    patterns = compiled(False) + tuple(
        compile_pattern(rule, source, lexicon, parts, is_strong=True)
        for rule, sources in strong.items()
        for source in sources
    )
    unless = {rule: frozenset(entry["unless"].split()) for rule, entry in rules.items() if "unless" in entry}
    return Pack(language, lexicon, masks, compiled(True), patterns, meanings, unless)


def _spoken(entries: str) -> list[str]:
    """Return the entries of a list separated by commas, each cut into words as a text is."""
    return [
        entry.strip() if "*" in entry else " ".join(word.text for word in words(fold(entry)))
        for entry in fold(entries).text.split(",")
        if entry.strip()
    ]


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
