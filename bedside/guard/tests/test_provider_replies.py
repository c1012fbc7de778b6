import json
import os
from pathlib import Path

import pytest

from bedside.guard import check
from bedside.guard.command import context_of

DATA = Path(os.environ.get("BEDSIDE_DATA", "/nowhere")) / "provider_replies_dev.jsonl"


@pytest.mark.skipif(not DATA.is_file(), reason="BEDSIDE_DATA names no folder with provider_replies_dev.jsonl")
def test_real_replies_are_graded_as_people_grade_them() -> None:
    rows = [json.loads(line) for line in DATA.open(encoding="utf-8")]
    blocking = [row for row in rows if row["severity"] == "block"]
    blocked = sum(check(row["text"], context_of(row)).is_blocked for row in blocking)
    flagged = sum(check(row["text"], context_of(row)).severity.rank >= 2 for row in blocking)
    assert blocked / len(blocking) >= 0.95
    assert flagged / len(blocking) >= 0.99
    softer = [row for row in rows if row["severity"] == "warn"]
    assert sum(check(row["text"], context_of(row)).is_blocked for row in softer) / len(softer) <= 0.03
