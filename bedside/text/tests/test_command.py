"""The contract of `bedside triage --jsonl`."""

import io
import json
import subprocess
import sys

from bedside.text.command import main


def run(lines: str, *argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(argv or ("--jsonl",), io.StringIO(lines), out), out.getvalue()


def test_one_answer_for_each_line_in_order() -> None:
    code, out = run(
        '{"id": "a", "text": "Lovely staff"}\n\n{"id": 2, "text": "Schlecht", "language": "de", "rating": 1}\n'
    )
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    assert (first["id"], first["kind"], first["urgency"]) == ("a", "praise", "low")
    assert (second["id"], second["language"], second["sentiment"]["label"]) == (2, "de", "negative")
    assert set(first) == {"id", "language", "sentiment", "kind", "topics", "urgency", "risks", "spans"}


def test_broken_line_is_answered_and_the_rest_goes_on() -> None:
    code, out = run('{broken\n[]\n{"id": 3}\n{"id": 4, "text": "ok", "rating": "five", "language": null}\n')
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert ["error" in answer for answer in answers] == [True, True, True, False]
    assert answers[2]["id"] == 3


def test_same_bytes_out() -> None:
    lines = '{"id": 1, "text": "Rude, but the doctor was great 👍"}\n' * 3
    assert run(lines) == run(lines)


def test_wrong_usage_is_told() -> None:
    assert run("", "--xml")[0] == 2


def test_import_needs_no_web_framework_and_no_numpy() -> None:
    code = "import sys, bedside.text; print({'django', 'numpy', 'py3langid'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "set()"
    )
