"""`bedside triage --jsonl`: JSON lines in, JSON lines out; same bytes in, same bytes out."""

import json
from collections.abc import Sequence
from typing import TextIO

from bedside.text.assess import assess
from bedside.text.assessment import Assessment

USAGE = "usage: bedside triage --jsonl < texts.jsonl > triage.jsonl"


def main(argv: Sequence[str], stdin: TextIO, stdout: TextIO) -> int:
    """Answer every line; return 0, 1 when a line could not be read (its answer is {"id", "error"}), 2 on wrong usage."""
    if list(argv) != ["--jsonl"]:
        stdout.write(USAGE + "\n")
        return 2
    answers = [_answer(line, stdout) for line in stdin if line.strip()]
    return 0 if all(answers) else 1


def _answer(line: str, stdout: TextIO) -> bool:
    """Write the answer to one line; return whether it could be read."""
    answer: dict[str, object]
    try:
        asked = json.loads(line)
    except ValueError:
        asked = None
    if is_read := isinstance(asked, dict) and isinstance(asked.get("text"), str):
        language, rating = asked.get("language"), asked.get("rating")
        found = assess(
            asked["text"],
            language=language if isinstance(language, str) else "",
            rating=round(rating) if isinstance(rating, int | float) and abs(rating) < 100 else None,
        )
        answer = {"id": asked.get("id"), **as_json(found)}
    else:
        answer = {
            "id": asked.get("id") if isinstance(asked, dict) else None,
            "error": "The line needs a JSON object with a text.",
        }
    stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
    return is_read


def as_json(found: Assessment) -> dict[str, object]:
    """Return an assessment in the shape of the contract, with the spans that explain it."""
    return {
        "language": found.language,
        "sentiment": {"label": found.sentiment.value, "score": found.score},
        "kind": found.kind.value,
        "topics": list(found.topics),
        "urgency": found.urgency.value,
        "risks": list(found.risks),
        "spans": [{"label": span.label, "start": span.start, "end": span.end} for span in found.spans],
    }
