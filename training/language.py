"""Distil bedside/text/models/language.npz from the model inside py3langid (BSD-3-Clause, github.com/adbar/py3langid).

    python training/language.py            # needs py3langid 0.4 installed; the product itself does not

The whole model takes 75 MB of memory, mostly for scripts and languages a clinic of ours never meets. This keeps the
byte sequences that best tell the languages below apart, with their weights as 8-bit numbers. Same input, same bytes out.
"""

from collections import deque
from pathlib import Path

import numpy as np
from py3langid.langid import LanguageIdentifier

from bedside.text.language import LANGUAGES, NEIGHBOURS

MODEL = Path(__file__).parent.parent / "bedside/text/models/language.npz"
KEPT = 30_000  # byte sequences


def sequences(identifier: LanguageIdentifier) -> dict[int, bytes]:
    """Return the byte sequence of every feature, by walking the automaton from its start, nearest first."""
    moves = np.asarray(identifier.tk_nextmove).reshape(-1, 256)
    spelled: dict[int, bytes] = {0: b""}
    found: dict[int, bytes] = {}
    queue = deque([0])
    while queue:
        state = queue.popleft()
        if identifier.tk_output[state] >= 0:
            found.setdefault(identifier.tk_output[state], spelled[state])
        for byte, following in enumerate(moves[identifier.tk_row[state]].tolist()):
            if following not in spelled:
                spelled[following] = spelled[state] + bytes([byte])
                queue.append(following)
    return found


def main() -> None:
    identifier = LanguageIdentifier.from_model_file("data/model.npz.xz")
    codes = (*LANGUAGES, *NEIGHBOURS)
    columns = [identifier.nb_classes.index(code) for code in codes]
    chances = np.asarray(identifier.nb_ptc, dtype=np.float32)[:, columns]
    spelled = sequences(identifier)
    likely = np.exp(chances)
    ours = likely[:, : len(LANGUAGES)]
    worth = likely.max(axis=1) * (chances.max(axis=1) - np.median(chances, axis=1))
    worth += 2 * ours.max(axis=1) * (ours.max(axis=1) / ours.mean(axis=1))
    best = np.sort(np.argsort(-worth, kind="stable")[:KEPT])
    centred = chances[best] - chances[best].mean(axis=1, keepdims=True)
    scale = float(np.abs(centred).max()) / 127
    np.savez_compressed(
        MODEL,
        codes=np.array(codes),
        sequences=np.array([spelled[int(feature)] for feature in best], dtype="S6"),
        weights=np.round(centred / scale).astype(np.int8),
        scale=np.float32(scale),
    )
    print(f"{MODEL.name}: {KEPT} sequences, {len(codes)} languages, {MODEL.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
