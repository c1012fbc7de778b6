"""What the invented platform remembers: one SQLite file, one row for each entry anybody wrote.

`seq` grows with every change, so a reader who asks for what came after a seq misses nothing. Arrivals are entries
that are yet to come: they join the others when their time has passed and somebody looks.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, channel TEXT NOT NULL, thread INTEGER, parent INTEGER,
    kind TEXT NOT NULL, text TEXT NOT NULL, posted_at TEXT NOT NULL, author_name TEXT NOT NULL DEFAULT '',
    author_handle TEXT NOT NULL DEFAULT '', rating INTEGER, language TEXT NOT NULL DEFAULT '',
    is_own INTEGER NOT NULL DEFAULT 0, is_deleted INTEGER NOT NULL DEFAULT 0, is_live INTEGER NOT NULL DEFAULT 1,
    client_tag TEXT NOT NULL DEFAULT '', sent_key TEXT UNIQUE
);
CREATE INDEX IF NOT EXISTS entries_by_channel ON entries (channel, seq);
CREATE INDEX IF NOT EXISTS entries_by_thread ON entries (thread);
CREATE TABLE IF NOT EXISTS arrivals (number INTEGER PRIMARY KEY, due_at TEXT NOT NULL, entry TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS arrivals_by_time ON arrivals (due_at);
CREATE TABLE IF NOT EXISTS channels (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
COLUMNS = frozenset(
    [
        "channel",
        "thread",
        "parent",
        "kind",
        "text",
        "posted_at",
        "author_name",
        "author_handle",
        "rating",
        "language",
        "is_own",
        "is_live",
        "client_tag",
        "sent_key",
    ]
)
SWITCHES = {
    "ignores_keys": "",  # "1": neither idempotency keys nor client tags are kept, like on most platforms
    "moderates": "",  # "1": what the channel writes is not live until it is approved
    "token": "invented",  # what a caller has to show
}


def create(file: str | Path) -> None:
    """Make the file and its tables when they are not there yet."""
    with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(SCHEMA)


@contextmanager
def opened(file: str | Path) -> Iterator[sqlite3.Connection]:
    """Yield the database inside one writing transaction: everything is kept, or nothing."""
    with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as database:
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")


def add_channel(database: sqlite3.Connection, channel: str, name: str) -> None:
    database.execute("INSERT OR REPLACE INTO channels (id, name) VALUES (?, ?)", (channel, name))


def add_entry(database: sqlite3.Connection, entry: Mapping[str, object]) -> int:
    """Store one entry and return its number. Without a thread it starts one. Unknown fields are a KeyError."""
    if unknown := set(entry) - COLUMNS:
        raise KeyError(f"An entry has no {', '.join(sorted(unknown))}.")
    row = {**entry, "seq": _next_seq(database)}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    added = database.execute(f"INSERT INTO entries ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
    number = added.lastrowid or 0
    database.execute("UPDATE entries SET thread = number WHERE number = ? AND thread IS NULL", (number,))
    return number


def change_entry(database: sqlite3.Connection, number: int, change: str) -> None:
    """Apply "is_deleted" or "is_live"; readers see the entry once more."""
    if change not in ("is_deleted", "is_live"):
        raise ValueError(change)
    statement = f"UPDATE entries SET {change} = 1, seq = ? WHERE number = ?"  # noqa: S608 -- one of two names
    database.execute(statement, (_next_seq(database), number))


def schedule(database: sqlite3.Connection, arrivals: Iterable[tuple[datetime, Mapping[str, object]]]) -> None:
    """Let these entries arrive at their times; `posted_at` is set to the time of arrival."""
    rows = ((_stamp(due), json.dumps({**entry, "posted_at": _stamp(due)})) for due, entry in arrivals)
    database.executemany("INSERT INTO arrivals (due_at, entry) VALUES (?, ?)", rows)


def release_due(database: sqlite3.Connection, now: datetime) -> int:
    """Move the arrivals whose time has come among the entries, in their order; return how many."""
    query = "SELECT number, entry FROM arrivals WHERE due_at <= ? ORDER BY due_at, number"
    due = database.execute(query, (_stamp(now),)).fetchall()
    for row in due:
        add_entry(database, json.loads(row["entry"]))
        database.execute("DELETE FROM arrivals WHERE number = ?", (row["number"],))
    return len(due)


def switch(database: sqlite3.Connection, **values: str) -> None:
    """Set some of SWITCHES."""
    for name, value in values.items():
        if name not in SWITCHES:
            raise KeyError(f"There is no switch {name}.")
        database.execute("INSERT OR REPLACE INTO switches (name, value) VALUES (?, ?)", (name, value))


def switched(database: sqlite3.Connection, name: str) -> str:
    row = database.execute("SELECT value FROM switches WHERE name = ?", (name,)).fetchone()
    return str(row["value"]) if row else SWITCHES[name]


def _next_seq(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT coalesce(max(seq), 0) + 1 FROM entries").fetchone()[0])


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
