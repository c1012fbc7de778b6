"""Where the last fetch stopped, as small JSON."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bedside.connectors.base import Incoming
from bedside.connectors.bluesky.parse import moment

HISTORY = timedelta(days=90)  # how far back the first fetch looks
# A notification carries the time its author's clock says, so one that comes late can look old.
OVERLAP = timedelta(hours=1)
REMEMBERED = 200  # items


@dataclass(frozen=True, slots=True)
class Cursor:
    """`seen`: the newest notification of the last complete round. `page`, `newest`: inside a round, how far it is."""

    seen: str
    page: str = ""
    newest: str = ""
    reply_counts: Mapping[str, int] = field(default_factory=dict)  # by URI of our own recent posts
    known: tuple[str, ...] = ()  # short hashes of what was returned last

    @classmethod
    def read(cls, text: str | None) -> "Cursor":
        """Return the cursor, a new one for None."""
        if text is None:
            return cls(seen=(datetime.now(UTC) - HISTORY).isoformat())
        values = json.loads(text)
        return cls(**{**values, "known": tuple(values["known"])})

    def __str__(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @property
    def back_to(self) -> datetime:
        return moment(self.seen) - OVERLAP

    def unknown(self, items: Iterable[Incoming]) -> list[Incoming]:
        """Return what was not returned before, each once, oldest first."""
        known = set(self.known)
        fresh: dict[str, Incoming] = {}
        for item in items:
            if short(item) not in known:
                fresh.setdefault(item.external_id, item)
        return sorted(fresh.values(), key=lambda item: (item.posted_at, item.external_id))

    def remembering(self, items: Iterable[Incoming]) -> tuple[str, ...]:
        """Return what is known with `items`; a further page of a round is older than what went before."""
        fresh = tuple(short(item) for item in items)
        return ((*fresh, *self.known) if self.page else (*self.known, *fresh))[-REMEMBERED:]


def short(item: Incoming) -> str:
    return sha256(item.external_id.encode()).hexdigest()[:10]
