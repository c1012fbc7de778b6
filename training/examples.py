"""Choose for every rule and language a text it flags and a near miss, from the corpus; those written by hand stay.

python training/examples.py    # writes bedside/guard/packs/examples/<lang>.toml and prints what is still missing
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bedside.guard import Context, check  # noqa: E402
from bedside.guard.command import context_of  # noqa: E402
from bedside.guard.examples import by_hand, read_examples  # noqa: E402
from bedside.guard.judging import JUDGES  # noqa: E402
from bedside.guard.pack import LANGUAGES, load  # noqa: E402
from bedside.guard.rules import RULES  # noqa: E402
from bedside.guard.words import words  # noqa: E402
from bedside.text.normalise import fold  # noqa: E402

BARE = ("id", "kind", "language", "text")


def rows(language: str) -> list[dict[str, Any]]:
    folders = os.environ.get("CORPUS", str(ROOT / "training" / "corpus")).split(":")
    names = (f"{language}.dev.jsonl", f"{language}.publishing.dev.jsonl")
    paths = [Path(folder) / name for folder in folders for name in names]
    found = [json.loads(line) for path in paths if path.is_file() for line in path.open(encoding="utf-8")]
    return sorted(found, key=lambda row: (len(row["text"]), row["text"]))


def choose(language: str) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return the examples of a language, and what is missing."""
    flagged: dict[str, str] = {}
    safe: list[tuple[str, str, set[str], set[str]]] = []
    pack = load(language)
    for row in rows(language):
        bare = context_of({key: row[key] for key in BARE if key in row})
        hits = {f.rule for f in check(row["text"], bare).findings if f.severity.rank >= 1}
        if row["severity"] in ("block", "warn"):
            for rule in hits:
                flagged.setdefault(rule, row["text"])
            if JUDGES[bare.kind].possible not in flagged:
                _find_doubtful(row["text"], bare, flagged)
        elif row["severity"] == "pass":
            concepts = set().union(*(pack.lexicon.concepts(w.text) for w in words(fold(row["text"]))))
            safe.append((row["text"], row.get("kind", "reply"), hits, concepts))
    chosen: dict[str, dict[str, str]] = {}
    missing = []
    given = by_hand(language)
    for rule in RULES.values():
        entry = dict(given.get(rule.id, {}))
        kinds = {kind.value for kind in rule.kinds}
        if "positive" not in entry and rule.id in flagged:
            entry["positive"] = flagged[rule.id]
        if "near" not in entry and "positive" in entry:
            wanted = set().union(*(pack.lexicon.concepts(w.text) for w in words(fold(entry["positive"]))))
            fit = [s for s in safe if s[1] in kinds and rule.id not in s[2]]
            if fit:
                entry["near"] = max(fit, key=lambda s: (len(s[3] & wanted) / (len(s[3]) + 4), s[0]))[0]
        if "positive" in entry and "near" in entry:
            chosen[rule.id] = entry
        else:
            missing.append(rule.id)
    return chosen, missing


def _find_doubtful(text: str, context: Context, flagged: dict[str, str]) -> None:
    """Shorten a text word by word until the model is in doubt."""
    parts, possible = text.split(), JUDGES[context.kind].possible
    for length in range(2, len(parts)):
        part = " ".join(parts[:length])
        if possible in {finding.rule for finding in check(part, context).findings}:
            flagged[possible] = part
            return


def main() -> None:
    for language in LANGUAGES:
        chosen, missing = choose(language)
        path = ROOT / "bedside" / "guard" / "packs" / "examples" / f"{language}.toml"
        lines = ["# For each rule a text it flags and a near miss it does not. All invented.\n"]
        for rule, entry in chosen.items():
            lines.append(
                f'\n["{rule}"]\n'
                + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entry.items())
            )
        path.write_text("".join(lines), encoding="utf-8")
        print(language, len(chosen), "missing:", " ".join(missing))
    assert read_examples("en")


if __name__ == "__main__":
    main()
