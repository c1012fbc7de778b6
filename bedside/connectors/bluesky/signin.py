"""Signing in with a handle and an app password, and staying signed in.

The access token lasts a few hours; when the PDS says it has expired, nothing was done and the request goes out again.
createSession is limited to 30 in 5 minutes and 300 a day for one account (npm @atproto/pds 0.5.35, createSession.js,
read 2026-11-21), so a sign-in is kept and renewed rather than repeated.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import httpx2

from bedside.connectors.bluesky.xrpc import EXPIRED, ask, code_of
from bedside.connectors.errors import AuthExpired, ConnectorError, Rejected

WANTS = ("did", "accessJwt", "refreshJwt")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What createSession gave."""

    did: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)


class AppPassword(httpx2.Auth):
    """Puts the access token on every request and renews it when it has expired. Safe to share between threads."""

    requires_response_body = True

    def __init__(self, client: httpx2.Client, handle: str, password: str) -> None:
        self._client = client  # without a token of its own
        self._handle, self._password = handle, password
        self._renewing = Lock()
        self.tokens = self._sign_in()
        self.is_refused = False

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        used = self.tokens.access
        request.headers["Authorization"] = f"Bearer {used}"
        response = yield request
        if response.status_code in (400, 401) and code_of(response) in EXPIRED:
            self._renew(used)
            request.headers["Authorization"] = f"Bearer {self.tokens.access}"
            yield request

    def _renew(self, used: str) -> None:
        """Get new tokens, unless another thread has done so since `used` was read."""
        with self._renewing:
            if self.tokens.access != used:
                return
            try:
                self.tokens = self._refresh()
            except (AuthExpired, Rejected):
                self.tokens = self._sign_in_again()

    def _refresh(self) -> Tokens:
        headers = {"Authorization": f"Bearer {self.tokens.refresh}"}
        return _tokens(ask(self._client, "POST", "com.atproto.server.refreshSession", headers=headers, wants=WANTS))

    def _sign_in_again(self) -> Tokens:
        try:
            return self._sign_in()
        except ConnectorError as exc:
            self.is_refused = isinstance(exc, AuthExpired | Rejected)
            raise

    def _sign_in(self) -> Tokens:
        secrets = {"identifier": self._handle, "password": self._password}
        return _tokens(ask(self._client, "POST", "com.atproto.server.createSession", json=secrets, wants=WANTS))


def _tokens(body: dict[str, Any]) -> Tokens:
    return Tokens(did=str(body["did"]), access=str(body["accessJwt"]), refresh=str(body["refreshJwt"]))
