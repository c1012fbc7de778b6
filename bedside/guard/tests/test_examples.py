import pytest

from bedside.guard import check
from bedside.guard.examples import Example, read_examples
from bedside.guard.pack import LANGUAGES
from bedside.guard.rules import RULES

EXAMPLES = [example for language in LANGUAGES for example in read_examples(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_positive_and_a_near_miss(language: str) -> None:
    assert {example.rule for example in EXAMPLES if example.language == language} == set(RULES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.language}-{e.rule}")
def test_a_rule_flags_its_positive(example: Example) -> None:
    assert example.rule in {finding.rule for finding in check(example.positive, example.context).findings}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.language}-{e.rule}")
def test_a_rule_leaves_its_near_miss_alone(example: Example) -> None:
    assert example.rule not in {finding.rule for finding in check(example.near, example.context).findings}
