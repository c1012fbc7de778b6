import io
import json
from pathlib import Path

from bedside.guard.command import main


def run(argv: list[str], text: str = "") -> tuple[int, str]:
    out = io.StringIO()
    return main(argv, io.StringIO(text), out), out.getvalue()


def test_json_lines_in_json_lines_out() -> None:
    text = "🙂 See you next time!"
    asked = {"id": 7, "text": text, "kind": "reply", "language": "en"}
    status, out = run(["--jsonl"], json.dumps(asked) + "\n\n")
    answer = json.loads(out)
    assert status == 0 and answer["id"] == 7 and answer["severity"] == "block"
    finding = answer["findings"][0]
    assert text[finding["start"] : finding["end"]] == finding["text"]
    contract = {"rule", "family", "severity", "start", "end", "text", "message", "suggestion", "source"}
    assert set(finding) == contract | {"marked"}


def test_same_bytes_in_same_bytes_out() -> None:
    line = json.dumps({"id": "a", "text": "Your X-ray showed decay. Call 555-0100."}) + "\n"
    assert run(["--jsonl"], line * 3) == run(["--jsonl"], line * 3)


def test_a_file_that_blocks_exits_with_one(tmp_path: Path) -> None:
    path = tmp_path / "reply.txt"
    path.write_text("You missed two appointments.", encoding="utf-8")
    status, out = run([str(path)])
    assert status == 1 and "appointment" in out


def test_a_file_that_passes_exits_with_zero(tmp_path: Path) -> None:
    path = tmp_path / "reply.txt"
    path.write_text("Thank you for your feedback.", encoding="utf-8")
    assert run([str(path)])[0] == 0


def test_wrong_use_exits_with_two() -> None:
    assert run([])[0] == 2
