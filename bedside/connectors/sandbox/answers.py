"""What the invented platform answers to each request: the rules of the emulator, without the web (see `server`)."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from bedside.connectors.sandbox import store
from bedside.connectors.sandbox.manifest import MAX_TEXT

PAGE = 50
Answer = tuple[int, dict[str, object]]


class Refused(Exception):
    """Ends a request with this status and code; the transaction is undone."""

    def __init__(self, status: HTTPStatus, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True, slots=True)
class Request:
    """One request, read."""

    method: str
    path: tuple[str, ...]
    query: dict[str, str]
    body: dict[str, Any]  # JSON, as the caller wrote it
    token: str
    key: str
    now: datetime


def answer(database: sqlite3.Connection, request: Request) -> Answer:
    """Return status and body, or raise Refused."""
    match request.method, request.path:
        case "PUT", ("switches",):
            return _switch(database, request)
        case _ if request.token != store.switched(database, "token"):
            raise Refused(HTTPStatus.UNAUTHORIZED, "token_unknown")
        case _, ("channels", channel, *rest):
            return _answer_channel(database, request, channel, tuple(rest))
        case _, ("entries", entry_id, *rest):
            return _answer_entry(database, request, _find(database, entry_id), tuple(rest))
    raise Refused(HTTPStatus.NOT_FOUND, "no_such_address")


def _answer_channel(database: sqlite3.Connection, request: Request, channel: str, rest: tuple[str, ...]) -> Answer:
    row = database.execute("SELECT id, name FROM channels WHERE id = ?", (channel,)).fetchone()
    if row is None:
        raise Refused(HTTPStatus.NOT_FOUND, "no_such_channel")
    match request.method, rest:
        case "GET", ():
            return 200, {"id": row["id"], "name": row["name"]}
        case "GET", ("mentions",):
            return _mentions(database, channel, request.query.get("after", "0"))
        case "GET", ("posts",):
            query = "SELECT * FROM entries WHERE channel = ? AND is_own AND parent IS NULL ORDER BY number DESC LIMIT ?"
            return 200, {"entries": [shown(found) for found in database.execute(query, (channel, PAGE))]}
        case "POST", ("posts",):
            return _write_own(database, request, {"channel": channel, "kind": "post"})
        case "POST", ("strangers",):
            return _write_stranger(database, request, channel)
    raise Refused(HTTPStatus.NOT_FOUND, "no_such_address")


def _answer_entry(database: sqlite3.Connection, request: Request, row: sqlite3.Row, rest: tuple[str, ...]) -> Answer:
    match request.method, rest:
        case "GET", ():
            return 200, shown(row)
        case "DELETE", ():
            return _delete(database, row)
        case "GET", ("own",):
            query = "SELECT * FROM entries WHERE thread = ? AND is_own ORDER BY number"
            return 200, {"entries": [shown(found) for found in database.execute(query, (row["thread"],))]}
        case "POST", ("replies",):
            if row["is_deleted"]:
                raise Refused(HTTPStatus.GONE, "entry_deleted")
            place = {"channel": row["channel"], "thread": row["thread"], "parent": row["number"], "kind": "comment"}
            return _write_own(database, request, place)
        case "POST", ("approval",):
            store.change_entry(database, row["number"], "is_live")
            return 200, shown(_find(database, f"s{row['number']}"))
    raise Refused(HTTPStatus.NOT_FOUND, "no_such_address")


def _mentions(database: sqlite3.Connection, channel: str, after: str) -> Answer:
    if not after.isdecimal():
        raise Refused(HTTPStatus.BAD_REQUEST, "bad_cursor")
    query = "SELECT * FROM entries WHERE channel = ? AND seq > ? ORDER BY seq LIMIT ?"
    rows = database.execute(query, (channel, int(after), PAGE + 1)).fetchall()
    page = rows[:PAGE]
    cursor = str(page[-1]["seq"]) if page else after
    return 200, {"entries": [shown(row) for row in page], "cursor": cursor, "has_more": len(rows) > PAGE}


def _write_own(database: sqlite3.Connection, request: Request, place: dict[str, object]) -> Answer:
    text = _text(request)
    keeps_keys = not store.switched(database, "ignores_keys")
    if keeps_keys and request.key:
        known = database.execute("SELECT * FROM entries WHERE sent_key = ?", (request.key,)).fetchone()
        if known is not None:
            return 200, shown(known)
    name = database.execute("SELECT name FROM channels WHERE id = ?", (place["channel"],)).fetchone()["name"]
    entry = {
        **place,
        "text": text,
        "posted_at": request.now.isoformat(timespec="milliseconds"),
        "author_name": name,
        "author_handle": f"@{place['channel']}",
        "language": str(request.body.get("language", "")),
        "is_own": 1,
        "is_live": int(not store.switched(database, "moderates")),
        "client_tag": str(request.body.get("client_tag", "")) if keeps_keys else "",
        "sent_key": request.key or None if keeps_keys else None,
    }
    return 201, shown(_find(database, f"s{store.add_entry(database, entry)}"))


def _write_stranger(database: sqlite3.Connection, request: Request, channel: str) -> Answer:
    entry: dict[str, object] = {"channel": channel, "text": _text(request), "kind": request.body.get("kind", "mention")}
    entry["posted_at"] = request.now.isoformat(timespec="milliseconds")
    for name in ("author_name", "author_handle", "rating", "language"):
        if name in request.body:
            entry[name] = request.body[name]
    if parent := request.body.get("parent_id"):
        row = _find(database, str(parent))
        entry |= {"parent": row["number"], "thread": row["thread"]}
    return 201, shown(_find(database, f"s{store.add_entry(database, entry)}"))


def _delete(database: sqlite3.Connection, row: sqlite3.Row) -> Answer:
    if row["is_deleted"]:
        raise Refused(HTTPStatus.GONE, "entry_deleted")
    if not row["is_own"]:
        raise Refused(HTTPStatus.FORBIDDEN, "not_yours")
    store.change_entry(database, row["number"], "is_deleted")
    return 200, {}


def _switch(database: sqlite3.Connection, request: Request) -> Answer:
    try:
        store.switch(database, **{name: str(value) for name, value in request.body.items()})
    except KeyError:
        raise Refused(HTTPStatus.BAD_REQUEST, "no_such_switch") from None
    return 200, {}


def _text(request: Request) -> str:
    text = request.body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "text_missing")
    if len(text) > MAX_TEXT:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "text_too_long")
    return text


def _find(database: sqlite3.Connection, entry_id: str) -> sqlite3.Row:
    number = entry_id.removeprefix("s")
    row = None
    if number.isdecimal():
        row = database.execute("SELECT * FROM entries WHERE number = ?", (int(number),)).fetchone()
    if row is None:
        raise Refused(HTTPStatus.NOT_FOUND, "no_such_entry")
    return row  # type: ignore[no-any-return]


def shown(row: sqlite3.Row) -> dict[str, object]:
    """Return the entry as the platform shows it to everyone; a deleted one has no words."""
    return {
        "id": f"s{row['number']}",
        "thread_id": f"s{row['thread']}",
        "parent_id": f"s{row['parent']}" if row["parent"] else "",
        "kind": row["kind"],
        "text": "" if row["is_deleted"] else row["text"],
        "posted_at": row["posted_at"],
        "author": {"name": row["author_name"], "handle": row["author_handle"]},
        "rating": row["rating"],
        "language": row["language"],
        "is_own": bool(row["is_own"]),
        "is_deleted": bool(row["is_deleted"]),
        "is_live": bool(row["is_live"] and not row["is_deleted"]),
        "client_tag": row["client_tag"],
        "path": f"/entries/s{row['number']}",
    }
