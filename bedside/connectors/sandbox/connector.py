"""The way to the sandbox, a platform we invented: a true HTTP connector to an emulator (see `server`)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

import httpx2
from standardwebhooks import Webhook, WebhookVerificationError

from bedside.connectors.base import Incoming, Page, Publication, Push, Receipt, Session
from bedside.connectors.calling import TIMEOUT, call, error_for, read_json, retry_after
from bedside.connectors.errors import Rejected, SignatureInvalid
from bedside.connectors.sandbox.manifest import MANIFEST
from bedside.connectors.sandbox.parse import incoming, receipt
from bedside.connectors.sandbox.server import application

IN_PROCESS = "http://sandbox.invalid"  # .invalid never resolves (RFC 6761, section 6.4)


class Sandbox:
    """Every capability, offline."""

    manifest = MANIFEST

    def connect(self, secrets: Mapping[str, str]) -> Session:
        headers = {"Authorization": f"Bearer {secrets.get('token') or 'invented'}"}
        if base_url := secrets.get("base_url", ""):
            client = httpx2.Client(base_url=base_url, headers=headers, timeout=TIMEOUT)
        elif file := secrets.get("file", ""):
            transport = httpx2.WSGITransport(app=application(file))
            client = httpx2.Client(base_url=IN_PROCESS, headers=headers, transport=transport)
        else:
            raise Rejected("The sandbox needs a file or an address. Fill in one of the two.")
        return Session(client=client, channel_id=secrets.get("channel", ""), secrets=secrets)

    def check(self, session: Session) -> str:
        return str(_ask(session, "GET", f"/channels/{session.channel_id}", wants=["name"])["name"])

    def fetch(self, session: Session, cursor: str | None) -> Page:
        params = {"after": cursor or "0"}
        body = _ask(
            session, "GET", f"/channels/{session.channel_id}/mentions", params=params, wants=["entries", "cursor"]
        )
        items = [incoming(entry, _base_url(session)) for entry in body["entries"]]
        return Page(items=items, cursor=body["cursor"], has_more=body["has_more"])

    def verify(self, push: Push, secret: str) -> None:
        """Check the signature as Standard Webhooks 1.0.0 says; a push older than five minutes does not hold."""
        try:
            Webhook(secret).verify(push.body, dict(push.headers), json_parse=False)
        except (WebhookVerificationError, ValueError, RuntimeError) as exc:
            raise SignatureInvalid("A push was not signed by the sandbox. It was left aside.") from exc

    def parse(self, push: Push) -> Sequence[Incoming]:
        try:
            return [incoming(entry) for entry in json.loads(push.body)["entries"]]
        except (ValueError, KeyError, TypeError) as exc:
            raise Rejected("A push from the sandbox could not be read.") from exc

    def reply(self, session: Session, to: str, text: str, key: str) -> Receipt:
        return _send(session, f"/entries/{to}/replies", {"text": text, "client_tag": key}, key)

    def find_reply(self, session: Session, to: str, text: str, key: str) -> Receipt | None:
        answers = [entry for entry in _own(session, f"/entries/{to}/own") if entry["parent_id"] == to]
        return _look_up(session, answers, text, key)

    def publish(self, session: Session, post: Publication, key: str) -> Receipt:
        body = {"text": post.text, "language": post.language, "client_tag": key}
        return _send(session, f"/channels/{session.channel_id}/posts", body, key)

    def find_post(self, session: Session, post: Publication, key: str) -> Receipt | None:
        return _look_up(session, _own(session, f"/channels/{session.channel_id}/posts"), post.text, key)

    def delete(self, session: Session, external_id: str) -> None:
        try:
            _ask(session, "DELETE", f"/entries/{external_id}", is_send=True)
        except Rejected as rejected:
            if rejected.code not in ("entry_deleted", "no_such_entry"):
                raise


def _send(session: Session, path: str, body: Mapping[str, str], key: str) -> Receipt:
    headers = {"Idempotency-Key": key}
    entry = _ask(session, "POST", path, is_send=True, json=body, headers=headers, wants=["id", "path", "is_live"])
    return receipt(entry, _base_url(session))


def _own(session: Session, path: str) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], _ask(session, "GET", path, wants=["entries"])["entries"])


def _look_up(session: Session, entries: Sequence[Mapping[str, Any]], text: str, key: str) -> Receipt | None:
    """Find our own entry by the tag we gave it; on a platform that drops tags, by its words."""
    tagged = (entry for entry in entries if entry["client_tag"] == key)
    same = (entry for entry in entries if not entry["client_tag"] and entry["text"] == text)
    found = next(tagged, None) or next(same, None)
    return receipt(found, _base_url(session)) if found else None


def _ask(
    session: Session, method: str, path: str, *, wants: Sequence[str] = (), is_send: bool = False, **more: Any
) -> dict[str, Any]:
    response = call(session.client, method, path, is_send=is_send, **more)
    if response.is_success:
        return read_json(response, wants=wants, is_send=is_send)
    raise error_for(
        response.status_code, is_send=is_send, code=_code(response), retry_after=retry_after(response.headers)
    )


def _code(response: httpx2.Response) -> str:
    try:
        return str(cast(dict[str, Any], response.json())["error"])
    except (ValueError, KeyError, TypeError):
        return ""


def _base_url(session: Session) -> str:
    return session.secrets.get("base_url", "")
