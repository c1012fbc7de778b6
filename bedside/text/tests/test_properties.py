"""What holds for every text, however strange or hostile."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.text import assess
from bedside.text.fold import fold
from bedside.text.language import LANGUAGES

any_text = st.text(alphabet=st.characters(), max_size=300)
wordy = st.lists(
    st.sampled_from(
        [
            "not",
            "never",
            "my son",
            "wants to die",
            "will sue",
            "kill you",
            "doctor",
            "rude",
            "great",
            ".",
            "?",
            ",",
            "but",
            "👍",
        ]
    ),
    max_size=60,
).map(" ".join)

HOSTILE = [
    "a" * 100_000,
    "not " * 25_000,
    "i want to " * 10_000,
    "kill .. my " * 9_000,
    "my lawyer will sue you and " * 3_700,
    "?!" * 50_000,
    "\u0301" * 100_000,
    "because because of my my skin accent because " * 2_200,
    "👍😡" * 50_000,
]


@settings(max_examples=300, deadline=None)
@given(any_text | wordy, st.sampled_from(["", *LANGUAGES, "pt", "xx-YY"]), st.none() | st.integers(-3, 9))
def test_assess_never_raises_and_its_spans_lie_inside_the_text(text: str, language: str, rating: int | None) -> None:
    found = assess(text, language=language, rating=rating)
    assert -1 <= found.score <= 1
    assert found.topics
    assert all(0 <= span.start < span.end <= len(text) for span in found.spans)
    assert set(found.risks) <= {span.label for span in found.spans}


@settings(max_examples=100, deadline=None)
@given(any_text | wordy)
def test_same_text_gives_the_same_answer(text: str) -> None:
    assert assess(text) == assess(text)


@given(any_text)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_lone_surrogates_are_only_characters() -> None:
    assert assess("rude \ud800 staff \udfff", language="en").topics == ("staff",)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_takes_linear_time(text: str, language: str) -> None:
    """100 kB in 0.2 s on a quiet core; here processor time, the shortest of three, and three times that for a shared core."""
    assess("warm", language=language)
    best = min(_seconds(text, language) for _ in range(3))
    assert best < 0.6


def _seconds(text: str, language: str) -> float:
    started = time.process_time()
    assess(text, language=language)
    return time.process_time() - started
