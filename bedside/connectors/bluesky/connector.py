"""The way to Bluesky: reads mentions and threads, answers, publishes and deletes, through the clinic's own PDS."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx2

from bedside.connectors.base import Incoming, Page, Publication, Receipt, Session
from bedside.connectors.bluesky import parse
from bedside.connectors.bluesky.cursor import Cursor
from bedside.connectors.bluesky.manifest import MANIFEST
from bedside.connectors.bluesky.parse import POST, split_uri, web_url
from bedside.connectors.bluesky.record_key import record_key
from bedside.connectors.bluesky.richtext import check_length, facets
from bedside.connectors.bluesky.signin import AppPassword
from bedside.connectors.bluesky.xrpc import ask
from bedside.connectors.calling import TIMEOUT
from bedside.connectors.errors import Rejected

DEFAULT_SERVICE = "https://bsky.social"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PAGE = 100  # notifications; the most the lexicon allows
OWN_POSTS = 30  # whose threads are looked through for replies
DEPTH = 10  # of a thread


class Bluesky:
    """One sign-in is kept for each channel and shared between threads."""

    manifest = MANIFEST

    def __init__(self, transport: httpx2.BaseTransport | None = None) -> None:
        self._transport = transport
        self._sessions: dict[str, tuple[Session, AppPassword]] = {}
        self._connecting = Lock()

    def connect(self, secrets: Mapping[str, str]) -> Session:
        service = _service(secrets)
        handle = secrets.get("handle", "").strip().removeprefix("@")
        password = secrets.get("app_password", "").strip()
        _check_form(service, handle, password)
        name = sha256("\0".join((service, handle, password)).encode()).hexdigest()
        with self._connecting:
            session, auth = self._sessions.get(name, (None, None))
            if session is None or auth is None or auth.is_refused:
                session, auth = self._open(service, handle, password, secrets)
                self._sessions[name] = session, auth
            return session

    def _open(
        self, service: str, handle: str, password: str, secrets: Mapping[str, str]
    ) -> tuple[Session, AppPassword]:
        plain = httpx2.Client(base_url=service, timeout=TIMEOUT, transport=self._transport)
        auth = AppPassword(plain, handle, password)
        client = httpx2.Client(base_url=service, timeout=TIMEOUT, transport=self._transport, auth=auth)
        return Session(client=client, channel_id=auth.tokens.did, secrets=secrets), auth

    def check(self, session: Session) -> str:
        profile = ask(
            session.client, "GET", "app.bsky.actor.getProfile", params={"actor": session.channel_id}, wants=["handle"]
        )
        return str(profile.get("displayName") or profile["handle"])

    def fetch(self, session: Session, cursor: str | None) -> Page:
        """Return a page of notifications; with the last one, what is new in the threads of our own recent posts.

        A reply within milliseconds of its post brings no notification (measured on @atproto/dev-env 0.6.7,
        2026-11-21), so the threads are looked through too. The first fetch goes back 90 days.
        """
        state = Cursor.read(cursor)
        body = _notifications(session, state.page)
        newest = max(
            [state.newest or state.seen, *(one["indexedAt"] for one in body["notifications"])], key=parse.moment
        )
        found = parse.notifications(body, session.channel_id)
        next_page = str(body.get("cursor") or "")
        if next_page and _oldest(body) > state.back_to:
            items = state.unknown(found)
            state = replace(state, page=next_page, newest=newest, known=state.remembering(items))
            return Page(items=items, cursor=str(state), has_more=True)
        own = parse.own_posts(_own_feed(session), session.channel_id)
        items = state.unknown([*found, *_own_items(own, session), *_thread_items(session, own, state)])
        counts = {post["uri"]: post.get("replyCount", 0) for post in own}
        done = Cursor(seen=newest, reply_counts=counts, known=state.remembering(items))
        return Page(items=items, cursor=str(done))

    def stream(self, session: Session, cursor: str | None) -> Iterator[Incoming]:
        """Yield what anybody posts or deletes, as it happens: authors by DID alone. See `firehose.listen`."""
        from bedside.connectors.bluesky import firehose  # its decoder is loaded by those who listen

        address = firehose.address(session.secrets, _service(session.secrets))
        return firehose.listen(address, session.channel_id, cursor)

    def reply(self, session: Session, to: str, text: str, key: str) -> Receipt:
        check_length(text)
        return _create(session, {"text": text, "reply": _references(session, to)}, key)

    def find_reply(self, session: Session, to: str, text: str, key: str) -> Receipt | None:
        return _find(session, key)

    def publish(self, session: Session, post: Publication, key: str) -> Receipt:
        check_length(post.text)
        return _create(session, {"text": post.text, **({"langs": [post.language]} if post.language else {})}, key)

    def find_post(self, session: Session, post: Publication, key: str) -> Receipt | None:
        return _find(session, key)

    def delete(self, session: Session, external_id: str) -> None:
        """Delete our own post; the PDS answers the same when it is gone already."""
        try:
            repository, collection, rkey = split_uri(external_id)
        except ValueError as exc:
            raise Rejected("This is not the address of a Bluesky post.") from exc
        if repository != session.channel_id:
            raise Rejected("Only what this channel wrote itself can be deleted.")
        body = {"repo": repository, "collection": collection, "rkey": rkey}
        ask(session.client, "POST", "com.atproto.repo.deleteRecord", is_send=True, json=body)


def _service(secrets: Mapping[str, str]) -> str:
    """Return the address of the PDS; a bare name means https."""
    service = (secrets.get("service") or DEFAULT_SERVICE).strip().rstrip("/")
    return service if "://" in service else f"https://{service}"


def _check_form(service: str, handle: str, password: str) -> None:
    if not handle or not password:
        raise Rejected("Bluesky needs a handle and an app password. Fill in both.")
    address = urlsplit(service)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
        raise Rejected("The service's address has to begin with https://, or the password would travel in the open.")


def _notifications(session: Session, page: str) -> dict[str, Any]:
    params: dict[str, str | int | list[str]] = {"limit": PAGE, "reasons": list(parse.REASONS)}
    if page:
        params["cursor"] = page
    return ask(session.client, "GET", "app.bsky.notification.listNotifications", params=params, wants=["notifications"])


def _oldest(body: Mapping[str, Any]) -> datetime:
    """Return the time of the last notification of a page; far in the past when it has none."""
    times = (parse.moment(one["indexedAt"]) for one in body["notifications"])
    return min(times, default=datetime.min.replace(tzinfo=UTC))


def _own_feed(session: Session) -> dict[str, Any]:
    params: dict[str, str | int] = {"actor": session.channel_id, "limit": OWN_POSTS, "filter": "posts_with_replies"}
    return ask(session.client, "GET", "app.bsky.feed.getAuthorFeed", params=params, wants=["feed"])


def _own_items(own: Iterable[Mapping[str, Any]], session: Session) -> Iterator[Incoming]:
    return parse.readable(own, session.channel_id)


def _thread_items(session: Session, own: Iterable[Mapping[str, Any]], state: Cursor) -> Iterator[Incoming]:
    """Yield the posts of those threads whose number of replies has changed since the last round."""
    for post in own:
        if post.get("replyCount", 0) == state.reply_counts.get(post["uri"], 0):
            continue
        params: dict[str, str | int] = {"uri": post["uri"], "depth": DEPTH, "parentHeight": 0}
        try:
            body = ask(session.client, "GET", "app.bsky.feed.getPostThread", params=params, wants=["thread"])
        except Rejected:  # deleted between the two questions
            continue
        yield from parse.thread_posts(body["thread"], session.channel_id)


def _references(session: Session, to: str) -> dict[str, Any]:
    """Return strong references to the post we answer and to the first of its thread."""
    body = ask(session.client, "GET", "app.bsky.feed.getPosts", params={"uris": [to]}, wants=["posts"])
    if not body["posts"]:
        raise Rejected("The post to answer is gone, or its author has blocked this channel.", code="NotFound")
    post = body["posts"][0]
    parent = {"uri": post["uri"], "cid": post["cid"]}
    reply = post["record"].get("reply")
    return {"root": reply["root"] if reply else parent, "parent": parent}


def _create(session: Session, values: Mapping[str, Any], key: str) -> Receipt:
    """Create the record under the key's own name, only if there is none of that name yet."""
    created_at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    record = {"$type": POST, **values, "createdAt": created_at}
    if marked := facets(values["text"]):
        record["facets"] = marked
    place = {"repo": session.channel_id, "collection": POST, "rkey": record_key(key)}
    # swapRecord null means "it must not exist": a second try is refused with InvalidSwap, where createRecord would
    # answer 500 (both measured on @atproto/pds 0.5.35, 2026-11-21).
    body = {**place, "record": record, "swapRecord": None}
    try:
        made = ask(session.client, "POST", "com.atproto.repo.putRecord", is_send=True, json=body, wants=["uri"])
    except Rejected as rejected:
        found = _find(session, key) if rejected.code == "InvalidSwap" else None
        if found is None:
            raise
        return found
    return Receipt(external_id=str(made["uri"]), url=web_url(str(made["uri"])))


def _find(session: Session, key: str) -> Receipt | None:
    """Look the record up by name on our own PDS, which knows at once what it took."""
    params = {"repo": session.channel_id, "collection": POST, "rkey": record_key(key)}
    try:
        record = ask(session.client, "GET", "com.atproto.repo.getRecord", params=params, wants=["uri"])
    except Rejected as rejected:
        if rejected.code == "RecordNotFound":
            return None
        raise
    return Receipt(external_id=str(record["uri"]), url=web_url(str(record["uri"])))
