"""Write the page of rules, docs/rules.md, from the rules and their examples.

python -m bedside.guard.document > docs/rules.md
"""

import sys
from collections.abc import Iterator

from bedside.guard.examples import Example, read_examples
from bedside.guard.pack import LANGUAGES, VERSION, wording
from bedside.guard.profiles import OPTIONS, PROFILES, Change, Profile
from bedside.guard.rule import Rule, Source
from bedside.guard.rules import RULES
from bedside.guard.rules.media import RULES as MEDIA_RULES

HEAD = f"""# The rules of the guard

Written by `python -m bedside.guard.document` from the rules themselves; do not edit. Rule packs {VERSION}.

`bedside.guard` reads what a clinic is about to publish and points at words that give a patient away, break a law or a
platform's rule, or hurt the clinic. Nothing here is legal advice. *Block* stops a text, *warn* asks for a second look,
*note* is a remark. Severity is that of the strict default profile `us-hipaa`; where another profile differs, the rule
says so. Every rule names what it cannot see. All examples are invented.

A finding's `suggestion` replaces exactly its span; "" leaves the span out. Where no word will do, the span is the whole
sentence and `marked` tells the words in it that count. Suggestions of one verdict never overlap: one finding of a sentence
carries the suggestion, the others have none. All of them together, taken at most three times, lead to a text that passes.
"""

PROFILES_HEAD = """
## Profiles

A location follows the profile of its country; one that is not known follows `us-hipaa`. What no profile changes holds
everywhere.
"""
OPTIONS_HEAD = """
### Options

Where sources disagree a profile has its choice, and a clinic may make another for each location: under Settings, Locations,
Choose the rules. A program gives it as `options` in the context of a check, or in a line of `bedside guard --jsonl`:
`{"text": "…", "profile": "de", "options": {"apology": "none"}}`. The first choice of each is that of the strict default.
Whether to call a person in private, and whether to answer every star alike, are questions a check of one text cannot decide.
"""

PICTURES_HEAD = """
## Pictures

`bedside.guard.media` looks into a picture before it is published: `check_picture` answers with findings, `strip` takes
away all that is hidden. Faces are counted with the extra `vision`.
"""


def page() -> str:
    """Return the whole page."""
    examples = {(e.rule, e.language): e for language in LANGUAGES for e in read_examples(language)}
    sections = (line for rule in RULES.values() for line in _section(rule, examples))
    pictures = (line for rule in MEDIA_RULES for line in _lines(rule))
    return "\n".join([HEAD, *_profile_tables(), *sections, PICTURES_HEAD, *pictures]) + "\n"


def _profile_tables() -> Iterator[str]:
    """Yield what each profile stands on and changes, and the options on which sources disagree."""
    yield PROFILES_HEAD
    yield "| profile | stands on | read |\n|--|--|--|"
    for profile in PROFILES.values():
        yield f"| `{profile.name}` {profile.title} | {_linked(profile.law)} | {profile.law.read} |"
    yield "\n| profile | changes | from | to | why | law | read |\n|--|--|--|--|--|--|--|"
    for profile in PROFILES.values():
        for name, value in profile.options.items():
            chosen = next(choice for choice in OPTIONS[name].choices if choice.value == value)
            usual = OPTIONS[name].choices[0].value
            yield (
                f"| `{profile.name}` | option *{name}* | {usual} | {value} | {chosen.means} "
                f"| {_linked(chosen.source)} | {chosen.source.read} |"
            )
        for change in changes(profile):
            usual = RULES[change.rule].severity.value
            yield (
                f"| `{profile.name}` | {change.rule} | {usual} | {change.severity.value} | {change.why} "
                f"| {_linked(change.source)} | {change.source.read} |"
            )
    yield OPTIONS_HEAD
    yield "| option | asks | choice | then | says so | read |\n|--|--|--|--|--|--|"
    for option in OPTIONS.values():
        for choice in option.choices:
            yield (
                f"| {option.name} | {option.asks} | `{choice.value}` | {choice.means} "
                f"| {_linked(choice.source)} | {choice.source.read} |"
            )


def changes(profile: Profile) -> list[Change]:
    """Return what a profile changes: its own list, and what a rule itself says of it."""
    own = {change.rule for change in profile.changes}
    others = (
        Change(rule.id, rule.severities[profile.name], rule.finds, rule.sources[0])
        for rule in RULES.values()
        if profile.name in rule.severities and rule.id not in own
    )
    return [*profile.changes, *others]


def _linked(source: Source) -> str:
    return f"[{_cell(str(source))}]({source.url})"


def _section(rule: Rule, examples: dict[tuple[str, str], Example]) -> Iterator[str]:
    yield from _lines(rule)
    yield "\n| | flagged | not flagged |\n|--|--|--|"
    for language in LANGUAGES:
        example = examples[rule.id, language]
        yield f"| {language} | {_cell(example.positive)} | {_cell(example.near)} |"


def _lines(rule: Rule) -> Iterator[str]:
    """Yield what a rule says of itself."""
    kinds = ", ".join(kind.value for kind in rule.kinds)
    yield f"\n## {rule.id}\n"
    yield f"{rule.finds} **{rule.severity.value.capitalize()}**{_profiles(rule)}; family *{rule.family}*; for: {kinds}.\n"
    yield f"Says: {wording('en')[rule.id].message}\n"
    yield f"Cannot see: {rule.blind}\n"
    for source in rule.sources:
        yield f"- Source: [{source}]({source.url}), read {source.read}"


def _profiles(rule: Rule) -> str:
    differing = [
        f"{profile.name}: {change.severity.value}"
        for profile in PROFILES.values()
        for change in changes(profile)
        if change.rule == rule.id
    ]
    return f" ({', '.join(differing)})" if differing else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(page())
