"""From the sandbox's JSON to our values. Only the fields that are used."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bedside.connectors.base import Incoming, Kind, Receipt


def incoming(entry: Mapping[str, Any], base_url: str = "") -> Incoming:
    """Return one entry; KeyError or ValueError when it is not one."""
    return Incoming(
        external_id=entry["id"],
        thread_id=entry["thread_id"],
        kind=Kind(entry["kind"]),
        text=entry["text"],
        posted_at=datetime.fromisoformat(entry["posted_at"]),
        author_name=entry["author"]["name"],
        author_handle=entry["author"]["handle"],
        rating=entry["rating"],
        language=entry["language"],
        url=_url(entry, base_url),
        parent_id=entry["parent_id"],
        is_own=entry["is_own"],
        is_deleted=entry["is_deleted"],
    )


def receipt(entry: Mapping[str, Any], base_url: str = "") -> Receipt:
    return Receipt(external_id=entry["id"], url=_url(entry, base_url), is_live=entry["is_live"])


def _url(entry: Mapping[str, Any], base_url: str) -> str:
    """Return where to see the entry; "" when the emulator runs inside this process and has no address."""
    return base_url.rstrip("/") + str(entry["path"]) if base_url else ""
