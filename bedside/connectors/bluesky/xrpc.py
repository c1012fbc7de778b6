"""One XRPC call, and what its errors mean. https://atproto.com/specs/xrpc, read 2026-11-21."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from bedside.connectors.calling import call, error_for, read_json, retry_after
from bedside.connectors.errors import AuthExpired

EXPIRED = frozenset({"ExpiredToken", "InvalidToken"})  # sent with status 400 by @atproto/pds 0.5.35, measured
CLOSED = frozenset({"AccountTakedown", "AccountDeactivated", "AccountNotFound"})


def ask(
    client: httpx2.Client,
    method: str,
    nsid: str,
    *,
    wants: Sequence[str] = (),
    is_send: bool = False,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str | int | bool | Sequence[str]] | None = None,
    json: object | None = None,
) -> dict[str, Any]:
    """Return the answer's JSON object, which has everything it `wants`, or raise as `connectors.errors` says."""
    url = f"/xrpc/{nsid}"
    response = call(client, method, url, is_send=is_send, headers=headers, params=params, json=json)
    if response.is_success:
        return read_json(response, wants=wants, is_send=is_send)
    code = code_of(response)
    if code in EXPIRED:
        raise AuthExpired("Bluesky no longer accepts this sign-in. Connect the channel again.", code=code)
    if code == "AuthFactorTokenRequired":
        raise AuthExpired("Bluesky asks for a code by e-mail. Connect with an app password instead.", code=code)
    if code in CLOSED:
        raise AuthExpired("Bluesky has closed this account to us. Look there, then connect again.", code=code)
    raise error_for(response.status_code, is_send=is_send, code=code, retry_after=retry_after(response.headers))


def code_of(response: httpx2.Response) -> str:
    """Return the name of the error, "" when the answer holds none."""
    try:
        body = response.json()
    except ValueError:
        return ""
    return str(body.get("error", "")) if isinstance(body, dict) else ""
