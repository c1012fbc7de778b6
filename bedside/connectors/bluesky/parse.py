"""From Bluesky's JSON to our values. Only the fields that are used; what is not a post of ours to read is left out."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bedside.connectors.base import Incoming, Kind

logger = logging.getLogger(__name__)

POST = "app.bsky.feed.post"
REASONS = {"mention": Kind.MENTION, "quote": Kind.MENTION, "reply": Kind.COMMENT}


def split_uri(uri: str) -> tuple[str, str, str]:
    """Return repository, collection and record key of an at:// URI; ValueError when it is none of a record."""
    repository, collection, rkey = uri.removeprefix("at://").split("/")
    return repository, collection, rkey


def web_url(uri: str) -> str:
    """Return where everyone can read the post."""
    repository, _, rkey = split_uri(uri)
    return f"https://bsky.app/profile/{repository}/post/{rkey}"


def notifications(body: Mapping[str, Any], own: str) -> list[Incoming]:
    """Return what others wrote to us. `own` is the DID of the channel."""
    written = (one for one in body["notifications"] if one["reason"] in REASONS and one["record"].get("$type") == POST)
    return list(readable(written, own))


def own_posts(body: Mapping[str, Any], own: str) -> list[Mapping[str, Any]]:
    """Return the channel's own posts of an author feed, without what it reposted."""
    return [entry["post"] for entry in body["feed"] if entry["post"]["author"]["did"] == own]


def thread_posts(thread: Mapping[str, Any], own: str) -> Iterator[Incoming]:
    """Yield every post of a thread that can be read, the first one first; blocked and deleted ones are left out."""
    if "post" in thread:
        yield from readable([thread["post"]], own)
    for reply in thread.get("replies") or ():
        yield from thread_posts(reply, own)


def readable(views: Iterable[Mapping[str, Any]], own: str) -> Iterator[Incoming]:
    """Yield the views that can be read. One that cannot is left out and logged: it must not hold up all others."""
    for view in views:
        try:
            yield incoming(view, own)
        except (KeyError, TypeError, ValueError, AttributeError):
            logger.warning("Bluesky: a post could not be read: %s", view.get("uri"))


def incoming(view: Mapping[str, Any], own: str) -> Incoming:
    """Return one post view, or one notification, which has a reason besides."""
    record, author = view["record"], view["author"]
    reply = record.get("reply")
    return Incoming(
        external_id=view["uri"],
        thread_id=reply["root"]["uri"] if reply else view["uri"],
        kind=REASONS.get(view.get("reason", ""), Kind.COMMENT if reply else Kind.POST),
        text=record.get("text", ""),
        posted_at=moment(view["indexedAt"]),
        author_name=author.get("displayName") or author["handle"],
        author_handle=f"@{author['handle']}",
        language=next(iter(record.get("langs") or ()), ""),
        url=web_url(view["uri"]),
        parent_id=reply["parent"]["uri"] if reply else "",
        is_own=author["did"] == own,
    )


def moment(text: str) -> datetime:
    """Return an aware time; without a zone it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
