import json
from pathlib import Path

import pytest

from bedside.guard import Context, Severity, check
from bedside.guard.command import context_of
from bedside.guard.judging import WINDOW
from bedside.guard.pack import LANGUAGES

CORPUS = Path(__file__).resolve().parents[3] / "training" / "corpus"
LEAST = 0.93  # of the short replies alone, where patterns point beside the labelled words most; all together 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_blocks_points_at_the_words_that_people_point_at(language: str) -> None:
    rows = [json.loads(line) for line in (CORPUS / f"{language}.dev.jsonl").open(encoding="utf-8")]
    labelled = hit = 0
    for row in rows:
        if row["kind"] == "reply" and row["severity"] == "block" and row["span"] and row["span"] in row["text"]:
            start = row["text"].index(row["span"])
            verdict = check(row["text"], context_of(row))
            if not verdict.is_blocked:
                continue
            marked = [finding.marked for finding in verdict.findings if finding.severity is Severity.BLOCK]
            labelled += 1
            hit += any(first < start + len(row["span"]) and last > start for first, last in marked)
    assert hit / labelled >= LEAST


def test_what_only_the_model_found_is_narrowed_to_its_heaviest_words() -> None:
    text = (
        "We are open from eight and the café has a new menu, and honestly the swelling you came in with at half past "
        "three was gone by the time the bus left, as everybody at the front desk and in the yard could see for themselves."
    )
    findings = [f for f in check(text, Context(language="en")).findings if f.rule.startswith("disclosure.")]
    for finding in findings:
        assert len(text[slice(*finding.marked)].split()) <= WINDOW
    assert check(text, Context(language="en")).is_blocked
