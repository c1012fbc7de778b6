"""Posts as they are written, from com.atproto.sync.subscribeRepos: one PDS's, or the whole network's through a relay.

A frame is two DAG-CBOR values, a header {op, t} and a body; a commit's records come as a CAR of blocks by CID.
https://atproto.com/specs/event-stream and https://atproto.com/specs/sync, read 2026-11-21.
`libipld` (which atproto depends on) decodes; atproto's own models would cost 58 MB.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import libipld

from bedside.connectors.base import Incoming, Kind
from bedside.connectors.bluesky.parse import POST, moment, web_url
from bedside.connectors.errors import Unavailable

logger = logging.getLogger(__name__)
RELAY = "wss://bsky.network"  # https://docs.bsky.app/docs/advanced-guides/firehose, read 2026-11-21
RELAYED = "https://bsky.social"
MAX_FRAME = 5_000_000  # bytes; a commit's blocks may have 2,000,000
CONNECT_SECONDS = 10


def address(secrets: Mapping[str, str], service: str) -> str:
    """Return where to listen: as told, else the relay for bsky.social and the PDS itself for every other service."""
    base = secrets.get("stream") or (RELAY if service == RELAYED else service)
    return base.replace("http", "ws", 1).rstrip("/") if base.startswith("http") else base.rstrip("/")


def listen(base: str, own: str, cursor: str | None) -> Iterator[Incoming]:
    """Yield every post from now on, or from sequence number `cursor` as far as the server still has it.

    Never ends by itself: raises Unavailable when the line breaks, and the caller listens again.
    """
    from websockets.exceptions import WebSocketException  # loaded by those who listen: 15 MB
    from websockets.sync.client import connect

    url = f"{base}/xrpc/com.atproto.sync.subscribeRepos" + (f"?cursor={int(cursor)}" if cursor else "")
    try:
        with connect(url, max_size=MAX_FRAME, open_timeout=CONNECT_SECONDS) as line:
            for frame in line:
                if isinstance(frame, bytes):
                    yield from posts(frame, own)
    except (OSError, WebSocketException) as exc:
        raise Unavailable("The stream of Bluesky broke off. It will be taken up again.") from exc
    raise Unavailable("Bluesky closed the stream. It will be taken up again.")


def posts(frame: bytes, own: str) -> Iterator[Incoming]:
    """Yield the posts written or deleted in one frame. A frame that cannot be read is logged and left out."""
    try:
        header, body = libipld.decode_dag_cbor_multi(frame)
        if header["op"] == -1:
            raise Unavailable("Bluesky ended the stream.", code=str(body.get("error", "")))
        if header.get("t") != "#commit" or not any(op["path"].startswith(POST) for op in body["ops"]):
            return
        found = list(_commit_posts(body, own))
    except (KeyError, TypeError, ValueError, AttributeError):
        logger.warning("Bluesky: a frame of the stream could not be read.")
        return
    yield from found


def _commit_posts(body: Mapping[str, Any], own: str) -> Iterator[Incoming]:
    _, blocks = libipld.decode_car(body["blocks"])
    for op in body["ops"]:
        if not op["path"].startswith(f"{POST}/"):
            continue
        record = blocks.get(op["cid"], {}) if op["cid"] else {}
        if record or op["action"] == "delete":
            yield _incoming(body, op, record, own)


def _incoming(body: Mapping[str, Any], op: Mapping[str, Any], record: Mapping[str, Any], own: str) -> Incoming:
    uri = f"at://{body['repo']}/{op['path']}"
    reply = record.get("reply")
    return Incoming(
        external_id=uri,
        thread_id=reply["root"]["uri"] if reply else uri,
        kind=Kind.MENTION if _mentions(record, own) else Kind.COMMENT if reply else Kind.POST,
        text=record.get("text", ""),
        posted_at=moment(body["time"]),
        language=next(iter(record.get("langs") or ()), ""),
        url=web_url(uri),
        parent_id=reply["parent"]["uri"] if reply else "",
        is_own=body["repo"] == own,
        is_deleted=op["action"] == "delete",
    )


def _mentions(record: Mapping[str, Any], own: str) -> bool:
    features = (feature for facet in record.get("facets") or () for feature in facet["features"])
    return any(feature.get("did") == own for feature in features)
