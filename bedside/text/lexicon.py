"""The word lists of a language, read from lexicons/<language>.toml when first needed.

A label is the path of its list: `risk.self_harm.emergency`, `topic.staff`, `feel.n2`, `cue.past`, `not.violence`.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from bedside.text.phrases import Phrases

LANGUAGES = ("en", "de", "es", "fr", "it")


@cache
def lexicon(language: str) -> Phrases:
    """Return the phrases of one of the LANGUAGES, with what is common to all; of any other language only the common."""
    names = ("common", language) if language in LANGUAGES else ("common",)
    return Phrases(entry for name in names for entry in _lists(_read(name), ""))


def _read(name: str) -> dict[str, Any]:  # a tree of lists of strings, as TOML gives it
    return tomllib.loads((files("bedside.text") / "lexicons" / f"{name}.toml").read_text("utf-8"))


def _lists(tree: dict[str, Any], path: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every list of the tree with its path."""
    for key, value in tree.items():
        label = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            yield from _lists(value, label)
        else:
            yield label, value
