"""The word lists are well formed, and the five languages cover the same ground."""

import pytest

from bedside.text.lexicon import LANGUAGES, _lists, _read, lexicon
from bedside.text.topics import TOPICS

OPTIONAL_LISTS = {"urgent.emergency", "cue.ask"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_empty_or_begins_or_ends_with_a_gap(language: str) -> None:
    for label, phrases in _lists(_read(language), ""):
        for phrase in phrases:
            parts = phrase.split()
            assert parts, label
            assert parts[0] != ".." != parts[-1], phrase
            assert not any("?" in part[:-1] or part == "*" for part in parts), phrase


def test_all_languages_have_the_same_lists() -> None:
    labels = {language: {label for label, _ in _lists(_read(language), "")} - OPTIONAL_LISTS for language in LANGUAGES}
    assert all(found == labels["en"] for found in labels.values())


def test_topics_of_the_lexicon_are_the_topics_of_the_code() -> None:
    assert {label for label, _ in _lists(_read("en"), "") if label.startswith("topic.")} == {
        f"topic.{topic}" for topic in TOPICS
    }


def test_unknown_language_still_has_what_is_common() -> None:
    assert lexicon("xx") is not lexicon("en")
