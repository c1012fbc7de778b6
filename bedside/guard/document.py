"""Write the page of rules, docs/rules.md, from the rules and their examples.

python -m bedside.guard.document > docs/rules.md
"""

import sys
from collections.abc import Iterator

from bedside.guard.examples import Example, read_examples
from bedside.guard.pack import LANGUAGES, VERSION, wording
from bedside.guard.rule import PROFILES, Rule
from bedside.guard.rules import RULES

HEAD = f"""# The rules of the guard

Written by `python -m bedside.guard.document` from the rules themselves; do not edit. Rule packs {VERSION}.

`bedside.guard` reads what a clinic is about to publish and points at words that give a patient away, break a law or a
platform's rule, or hurt the clinic. Nothing here is legal advice. *Block* stops a text, *warn* asks for a second look,
*note* is a remark. Severity is that of the strict default profile `us-hipaa`; where another profile differs, the rule
says so. Every rule names what it cannot see. All examples are invented.
"""


def page() -> str:
    """Return the whole page."""
    examples = {(e.rule, e.language): e for language in LANGUAGES for e in read_examples(language)}
    return "\n".join([HEAD, *(line for rule in RULES.values() for line in _section(rule, examples))]) + "\n"


def _section(rule: Rule, examples: dict[tuple[str, str], Example]) -> Iterator[str]:
    kinds = ", ".join(kind.value for kind in rule.kinds)
    yield f"\n## {rule.id}\n"
    yield f"{rule.finds} **{rule.severity.value.capitalize()}**{_profiles(rule)}; family *{rule.family}*; for: {kinds}.\n"
    yield f"Says: {wording('en')[rule.id].message}\n"
    yield f"Cannot see: {rule.blind}\n"
    for source in rule.sources:
        yield f"- Source: [{source}]({source.url}), read {source.read}"
    yield "\n| | flagged | not flagged |\n|--|--|--|"
    for language in LANGUAGES:
        example = examples[rule.id, language]
        yield f"| {language} | {_cell(example.positive)} | {_cell(example.near)} |"


def _profiles(rule: Rule) -> str:
    differing = [f"{profile}: {rule.severities[profile].value}" for profile in PROFILES if profile in rule.severities]
    return f" ({', '.join(differing)})" if differing else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(page())
