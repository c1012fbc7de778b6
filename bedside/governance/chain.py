"""The chain of the audit log: how an event is hashed, and the proof that none was changed. Needs no database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64  # what the first event of a chain points back to


@dataclass(frozen=True, slots=True)
class Proof:
    """What `verify` found. `broken_at` is the number of the first event that does not hold, None when all do."""

    events: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def event_hash(line: dict[str, Any]) -> str:
    """Return the SHA-256, in hex, of an event's canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def verify_lines(lines: Iterable[dict[str, Any]]) -> Proof:
    """Check exported events, oldest first; needs no database."""
    previous, count = FIRST, 0
    for count, line in enumerate(lines, start=1):
        body = {key: value for key, value in line.items() if key != "hash"}
        if body.get("number") != count:
            return Proof(count - 1, previous, count, f"Event {count} is missing.")
        if body.get("previous") != previous:
            return Proof(count - 1, previous, count, f"Event {count} does not follow the one before it.")
        if event_hash(body) != line.get("hash"):
            return Proof(count - 1, previous, count, f"Event {count} was changed.")
        previous = line["hash"]
    return Proof(count, previous)
