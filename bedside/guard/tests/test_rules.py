from datetime import date
from pathlib import Path

import pytest

from bedside.guard.document import page
from bedside.guard.pack import LANGUAGES, entries_of, load, load_publishing, read, wording
from bedside.guard.rule import PROFILES, Rule
from bedside.guard.rules import RULES

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rules.md"


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_cites_its_source_and_says_what_it_cannot_see(rule: Rule) -> None:
    assert rule.blind and rule.finds and rule.sources
    for source in rule.sources:
        assert source.title and source.url.startswith("http") and date.fromisoformat(source.read)
    assert set(rule.severities) <= set(PROFILES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_speaks_the_language(language: str) -> None:
    assert set(RULES) <= set(wording(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_names_only_rules_that_exist(language: str) -> None:
    assert set(read(f"{language}.toml")["rules"]) <= set(RULES)
    assert set(read("publishing", "patterns.toml")["rules"]) <= set(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_posts_and_requests_fill_the_same_concepts(language: str) -> None:
    words = read("publishing", f"{language}.toml")["concepts"]
    assert set(words) == set(read("publishing", "en.toml")["concepts"])
    assert all(entries_of(entries) for entries in words.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_can_match_something(language: str) -> None:
    packs = (load(language), load_publishing(language))
    for pattern in (pattern for pack in packs for pattern in (*pack.safe, *pack.claiming, *pack.patterns)):
        assert all(needed - {"\u0004"} for needed in pattern.needed), pattern.source


def test_the_page_of_rules_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
