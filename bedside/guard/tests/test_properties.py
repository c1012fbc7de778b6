import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.guard import Context, TextKind, check, rewrite
from bedside.guard.examples import read_examples
from bedside.guard.pack import LANGUAGES
from bedside.guard.rules import RULES
from bedside.guard.verdict import Severity

BLOCKING = [
    example
    for language in LANGUAGES
    for example in read_examples(language)
    if RULES[example.rule].severity is Severity.BLOCK and TextKind.REPLY in RULES[example.rule].kinds
]
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff"]
PIECES = [word for example in BLOCKING for word in example.positive.split()]
contexts = st.builds(
    Context,
    kind=st.sampled_from(list(TextKind)),
    reviewer=st.text(max_size=12),
    review=st.text(max_size=40),
    clinic=st.lists(st.text(max_size=12), max_size=2).map(tuple),
    contacts=st.lists(st.text(max_size=12), max_size=2).map(tuple),
    staff=st.lists(st.text(max_size=12), max_size=2).map(tuple),
    recent=st.lists(st.text(max_size=30), max_size=1).map(tuple),
    language=st.sampled_from(["", *LANGUAGES, "xx"]),
)


@given(st.text(max_size=300), contexts)
@settings(max_examples=120, deadline=None)
def test_any_text_gets_a_verdict_with_spans_inside_it(text: str, context: Context) -> None:
    verdict = check(text, context)
    for finding in verdict.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
    assert verdict == check(text, context)


GLUE = [" ", "  ", "\n", "\n\n", ". ", "! ", " 🙂 ", "!!! ", "<br>", ", ", "… ", "? ", "#", ".» ", "(", ' "']
whole = [example.positive for example in BLOCKING]
mixed = st.lists(st.tuples(st.sampled_from([*whole, *PIECES]), st.sampled_from(GLUE)), max_size=12)


@given(mixed, contexts)
@settings(max_examples=150, deadline=None)
def test_suggestions_never_overlap_and_spans_hold_what_is_marked(
    pieces: list[tuple[str, str]], context: Context
) -> None:
    text = "".join(one + glue for one, glue in pieces)
    reached = 0
    for finding in check(text, context).findings:
        assert finding.start <= finding.marked[0] <= finding.marked[1] <= finding.end
        if finding.suggestion is not None:
            assert finding.start >= reached
            reached = finding.end


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join), st.sampled_from(LANGUAGES))
@settings(max_examples=60, deadline=None)
def test_rewriting_converges_to_a_text_that_does_not_block(text: str, language: str) -> None:
    context = Context(language=language)
    for _ in range(12):
        verdict = check(text, context)
        if not verdict.is_blocked:
            return
        text = rewrite(text, verdict)
    raise AssertionError(text)


@given(st.sampled_from(BLOCKING), st.data())
@settings(max_examples=80, deadline=None)
def test_a_zero_width_character_hides_no_block(example: object, data: st.DataObject) -> None:
    text = example.positive  # type: ignore[attr-defined]
    place = data.draw(st.integers(0, len(text)))
    hidden = text[:place] + data.draw(st.sampled_from(INVISIBLE)) + text[place:]
    context = example.context  # type: ignore[attr-defined]
    assert check(hidden, context).is_blocked >= check(text, context).is_blocked


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase, str.title], ids=lambda f: f.__name__)
@pytest.mark.parametrize("example", BLOCKING, ids=lambda e: f"{e.language}-{e.rule}")
def test_changing_case_hides_no_block(example: object, change: object) -> None:
    text, context = example.positive, example.context  # type: ignore[attr-defined]
    if check(text, context).is_blocked:
        assert check(change(text), context).is_blocked  # type: ignore[operator]


HOSTILE = [
    "you ",
    "your visit ",
    "a" * 50,
    "<br>",
    "&amp;",
    "1-",
    "@a.b",
    "{",
    "..",
    "(((",
    "you , ",
    "ß",
    "🙂",
    "http://a.b/",
    "#Your",
    "II ",
    "12 34 56-78 ",
    "3 may ",
    "12 Elm ",
    "via del ",
    "Ann Lee ",
    "212 736 5000, ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_in_step_with_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            check(text, Context(language="en"))
            best = min(best, time.process_time() - start)
        return best

    seconds(1000)
    assert seconds(24_000) < 12 * seconds(4_000) + 0.5
