"""The examples beside the rules: for each rule and language a text it flags and a near miss."""

from dataclasses import dataclass

from bedside.guard.pack import read
from bedside.guard.rules import RULES
from bedside.guard.verdict import Context


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a rule flags, one that it does not, and the context of both."""

    rule: str
    language: str
    positive: str
    near: str
    context: Context


def by_hand(language: str) -> dict[str, dict[str, str]]:
    """Return the examples of a language that were written by hand, by rule."""
    given: dict[str, dict[str, str]] = read("examples", "by_hand.toml").get(language, {})
    return given


def read_examples(language: str) -> list[Example]:
    """Return the examples of a language, in the order of the rules."""
    table = read("examples", f"{language}.toml")
    return [_example(rule, language, table[rule]) for rule in RULES if rule in table]


def _example(rule: str, language: str, entry: dict[str, str]) -> Example:
    context = Context(
        kind=RULES[rule].kinds[0],
        language=entry.get("speaks", language),
        reviewer=entry.get("reviewer", ""),
        review=entry.get("review", ""),
        channel=entry.get("channel", ""),
        contacts=(entry["contact"],) if "contact" in entry else (),
        recent=(entry["recent"],) if "recent" in entry else (),
        options=dict(pair.split("=") for pair in entry.get("options", "").split()),
    )
    return Example(rule, language, entry["positive"], entry["near"], context)
