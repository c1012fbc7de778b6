import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.text.normalise import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Visit", "visit"),
        ("Größe", "grosse"),
        ("v\u200bisit", "visit"),
        ("vіsіt", "visit"),  # Cyrillic і
        ("ｖｉｓｉｔ", "visit"),
        ("𝐯𝐢𝐬𝐢𝐭", "visit"),
        ("cœur", "coeur"),
        ("your&nbsp;visit<br/>now", "your visit\nnow"),
        ("l’été", "l'ete"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(max_size=200))
def test_every_folded_character_knows_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert all(0 <= place <= len(text) for place in folded.offsets)
    assert list(folded.offsets) == sorted(folded.offsets)
