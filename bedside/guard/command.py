"""`bedside guard`: check texts from the command line.

`--jsonl` reads JSON lines and writes one answer for each; a file name prints a report for people and exits with 1 when
something blocks.
"""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from bedside.guard.check import check
from bedside.guard.verdict import Context, Finding, Severity, TextKind, Verdict

USAGE = "usage: bedside guard --jsonl < texts.jsonl\n       bedside guard FILE\n"


def main(argv: list[str], stdin: TextIO, stdout: TextIO) -> int:
    """Run the command; return the exit status: 0 for fine, 1 when a text blocks, 2 for wrong use."""
    if argv == ["--jsonl"]:
        for line in stdin:
            if line.strip():
                stdout.write(answer(line))
        return 0
    if len(argv) == 1 and not argv[0].startswith("-"):
        with open(argv[0], encoding="utf-8") as file:
            return report(file.read(), stdout)
    stdout.write(USAGE)
    return 2


def answer(line: str) -> str:
    """Return the answer to one JSON line, as one JSON line."""
    asked: dict[str, Any] = json.loads(line)
    text = str(asked.get("text") or "")
    verdict = check(text, context_of(asked))
    reply = {"id": asked.get("id"), **as_json(verdict)}
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":")) + "\n"


def context_of(asked: dict[str, Any]) -> Context:
    """Return the context that a JSON object describes; a name may stand alone or in a list."""
    kind = asked.get("kind") or "reply"
    return Context(
        kind=TextKind(kind) if kind in list(TextKind) else TextKind.REPLY,
        language=str(asked.get("language") or ""),
        ui_language=str(asked.get("ui_language") or "en"),
        profile=str(asked.get("profile") or "us-hipaa"),
        channel=str(asked.get("channel") or ""),
        review=str(asked.get("review") or ""),
        reviewer=str(asked.get("reviewer") or ""),
        stars=int(asked["stars"]) if asked.get("stars") else None,
        clinic=_several(asked.get("clinic")),
        contacts=_several(asked.get("contacts")),
        staff=_several(asked.get("staff")),
        recent=_several(asked.get("recent")),
        options=_options(asked.get("options")),
    )


def _several(value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    if isinstance(value, str):
        return (value,)
    parts: Iterable[Any] = value
    return tuple(str(part) for part in parts)


def _options(value: Any) -> dict[str, str]:
    return {str(name): str(chosen) for name, chosen in value.items()} if isinstance(value, dict) else {}


def as_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict in the shape of the contract."""
    return {
        "severity": verdict.severity.value,
        "language": verdict.language,
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "source": finding.source,
        "marked": list(finding.marked),
    }


def report(text: str, stdout: TextIO) -> int:
    """Print a report on one text for people; return 1 when it blocks."""
    verdict = check(text)
    stdout.write(f"{verdict.severity.value} ({verdict.language}, rules {verdict.version})\n")
    for finding in verdict.findings:
        line = text.count("\n", 0, finding.marked[0]) + 1
        stdout.write(
            f"{line}: {finding.severity.value}: {text[slice(*finding.marked)]!r}: {finding.message} [{finding.rule}]\n"
        )
        stdout.write(f"    {finding.source}\n")
        if finding.suggestion is not None:
            stdout.write(f"    say: {finding.suggestion or 'leave it out'}\n")
    return 1 if verdict.severity is Severity.BLOCK else 0
