"""What holds for every platform: manifest and methods agree, fixtures replay, faults get their names, nothing is dialled.

A fixture is one call and its answers: {about, call, arguments, answers: [{method, path, status, headers, body}],
sent: [{path, json}], gives or raises}. `sent` and `gives` name only what matters; "..." stands for anything.
"""

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from bedside.connectors import errors, registry
from bedside.connectors.base import (
    Can,
    Connector,
    Fetches,
    Kind,
    Moderates,
    Publication,
    Publishes,
    Push,
    Receives,
    Replies,
    Session,
    Streams,
)

HERE = Path(__file__).parent
PROTOCOLS = {
    Can.FETCH: Fetches,
    Can.RECEIVE: Receives,
    Can.STREAM: Streams,
    Can.REPLY: Replies,
    Can.PUBLISH: Publishes,
    Can.MODERATE: Moderates,
}
SENDS = ("reply", "publish", "delete")
FIXTURES = [
    (platform, path) for platform in registry.INSTALLED for path in sorted((HERE / platform).glob("fixtures/*.json"))
]
every_platform = pytest.mark.parametrize("platform", sorted(registry.INSTALLED))
every_fixture = pytest.mark.parametrize(
    ("platform", "path"), FIXTURES, ids=[f"{platform}-{path.stem}" for platform, path in FIXTURES]
)
Handler = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("A contract test must not reach for the network.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


class Replay:
    """Answers requests with a fixture's answers, each once; remembers what was sent."""

    def __init__(self, fixture: dict[str, Any], on_send: Handler | None = None) -> None:
        self.left = list(fixture["answers"])
        self.sent: list[dict[str, Any]] = []
        self.on_send = on_send

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.method != "GET":
            self.sent.append({"path": request.url.path, "json": json.loads(request.content or b"null")})
            if self.on_send:
                return self.on_send(request)
        for answer in self.left:
            if (answer["method"], answer["path"]) == (request.method, request.url.path):
                self.left.remove(answer)
                return httpx2.Response(answer.get("status", 200), headers=answer.get("headers"), json=answer["body"])
        raise AssertionError(f"The fixture has no answer for {request.method} {request.url.path}.")


def session_with(handler: Handler, channel_id: str = "channel") -> Session:
    client = httpx2.Client(transport=httpx2.MockTransport(handler), base_url="http://platform.invalid")
    return Session(client=client, channel_id=channel_id)


def run(platform: str, fixture: dict[str, Any], handler: Handler) -> Any:
    """Make the fixture's call and return what it gives."""
    arguments = dict(fixture.get("arguments", {}))
    if "post" in arguments:
        arguments["post"] = Publication(**arguments["post"])
    method = getattr(registry.get(platform), fixture["call"])
    if fixture["call"] == "parse":
        return method(Push(headers={}, body=json.dumps(arguments["body"]).encode()))
    return method(session_with(handler, fixture.get("channel_id", "channel")), **arguments)


def assert_holds(found: Any, expected: Any, where: str = "") -> None:
    """Assert that `found` has everything `expected` names."""
    if expected == "...":
        return
    if is_dataclass(found) and not isinstance(found, type):
        found = asdict(found)
    if isinstance(expected, dict):
        for name, value in expected.items():
            assert name in found, f"{where}/{name} is missing"
            assert_holds(found[name], value, f"{where}/{name}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), f"{where} has {len(found)} and not {len(expected)}"
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_holds(one, other, f"{where}/{number}")
    else:
        assert (found.isoformat() if isinstance(found, datetime) else found) == expected, where


@every_fixture
def test_fixture_replays(platform: str, path: Path) -> None:
    fixture = json.loads(path.read_text())
    replay = Replay(fixture)
    if "raises" in fixture:
        with pytest.raises(getattr(errors, fixture["raises"])):
            run(platform, fixture, replay)
    else:
        assert_holds(run(platform, fixture, replay), fixture["gives"], path.stem)
    assert_holds(replay.sent, fixture.get("sent", replay.sent), "sent")
    assert replay.left == [], "answers nobody asked for"


@every_platform
def test_manifest_says_what_the_connector_has(platform: str) -> None:
    connector = registry.get(platform)
    manifest = connector.manifest
    assert isinstance(connector, Connector)
    assert {can for can, protocol in PROTOCOLS.items() if isinstance(connector, protocol)} == manifest.can
    assert manifest.platform == platform and len(manifest.letters) == 2 and manifest.name
    assert manifest.reply_unit in ("characters", "graphemes", "bytes")
    assert manifest.max_reply > 0 or not manifest.can & {Can.REPLY, Can.PUBLISH}
    assert manifest.poll_every > timedelta(0)


@every_platform
def test_platform_has_a_readme_and_a_fixture_for_every_call(platform: str) -> None:
    manifest = registry.get(platform).manifest
    assert (HERE / platform / "README.md").read_text().startswith(f"# {manifest.name}\n")
    calls = {json.loads(path.read_text())["call"] for owner, path in FIXTURES if owner == platform}
    wanted = {"fetch": Can.FETCH, "parse": Can.RECEIVE, "reply": Can.REPLY, "find_reply": Can.REPLY}
    wanted |= {"publish": Can.PUBLISH, "find_post": Can.PUBLISH, "delete": Can.MODERATE}
    assert {call for call, can in wanted.items() if can in manifest.can} <= calls


@every_platform
def test_connector_is_pure_and_light(platform: str) -> None:
    """No Django, and none of atproto's models: half a second and 50 MB in every process."""
    code = f"import sys; from bedside.connectors import registry; registry.get({platform!r}); print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parents[1]
    )
    loaded = set(answer.stdout.split())
    assert not loaded & {"django", "atproto", "atproto_client"}


def calls(platform: str) -> Iterator[dict[str, Any]]:
    """Yield one good fixture for each call over HTTP."""
    seen = set()
    for owner, path in FIXTURES:
        fixture = json.loads(path.read_text())
        if owner == platform and "raises" not in fixture and fixture["call"] not in {"parse", *seen}:
            seen.add(fixture["call"])
            yield fixture


FAULTS: list[tuple[str, Handler, type[Exception], type[Exception]]] = []


def fault(name: str, reading: type[Exception], sending: type[Exception]) -> Callable[[Handler], Handler]:
    def add(handler: Handler) -> Handler:
        FAULTS.append((name, handler, reading, sending))
        return handler

    return add


@fault("401", errors.AuthExpired, errors.AuthExpired)
def unauthorized(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(401, json={"error": "AuthenticationRequired"})


@fault("403", errors.Rejected, errors.Rejected)
def forbidden(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(403, json={"error": "Forbidden"})


@fault("400", errors.Rejected, errors.Rejected)
def invalid(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(400, json={"error": "InvalidRequest"})


@fault("429", errors.Unavailable, errors.Unavailable)
def too_many(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(429, headers={"Retry-After": "30"}, json={"error": "RateLimitExceeded"})


@fault("503", errors.Unavailable, errors.Unavailable)
def unavailable(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(503, headers={"Retry-After": "30"}, text="<html>")


@fault("500", errors.Unavailable, errors.OutcomeUnknown)
def broken(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(500, json={"error": "InternalServerError"})


@fault("502", errors.Unavailable, errors.OutcomeUnknown)
def bad_gateway(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(502, text="<html>bad gateway</html>")


@fault("a page instead of JSON", errors.Unavailable, errors.OutcomeUnknown)
def portal(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, text="<html>Please sign in to the Wi-Fi</html>")


@fault("an object of somebody else", errors.Unavailable, errors.OutcomeUnknown)
def foreign(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, json={"message": "Welcome"})


@fault("no connection", errors.Unavailable, errors.Unavailable)
def no_connection(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("refused", request=request)


@fault("connecting takes too long", errors.Unavailable, errors.Unavailable)
def slow_connection(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectTimeout("slow", request=request)


@fault("the answer takes too long", errors.Unavailable, errors.OutcomeUnknown)
def slow_answer(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadTimeout("slow", request=request)


@fault("the line drops", errors.Unavailable, errors.OutcomeUnknown)
def dropped(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.RemoteProtocolError("dropped", request=request)


every_fault = pytest.mark.parametrize(
    ("handler", "reading", "sending"), [found[1:] for found in FAULTS], ids=[found[0] for found in FAULTS]
)


@every_platform
@every_fault
def test_fault_while_reading(
    platform: str, handler: Handler, reading: type[Exception], sending: type[Exception]
) -> None:
    for fixture in calls(platform):
        if fixture["call"] not in SENDS:
            with pytest.raises(reading) as caught:
                run(platform, fixture, handler)
            assert_says_when(caught.value, handler)


@every_platform
@every_fault
def test_fault_while_sending(
    platform: str, handler: Handler, reading: type[Exception], sending: type[Exception]
) -> None:
    for fixture in calls(platform):
        # An answer to a deletion need not hold anything, so any object will do.
        if fixture["call"] in SENDS and not (fixture["call"] == "delete" and handler is foreign):
            with pytest.raises(sending) as caught:
                run(platform, fixture, Replay(fixture, on_send=handler))
            assert_says_when(caught.value, handler)


def assert_says_when(error: Exception, handler: Handler) -> None:
    assert isinstance(error, errors.ConnectorError) and error.message.endswith(".")
    if isinstance(error, errors.Unavailable) and handler in (too_many, unavailable):
        assert error.retry_after == timedelta(seconds=30)


def test_every_kind_is_used_by_the_sandbox() -> None:
    """The demo shows every kind of Mention but an article, which no platform with answers has."""
    lines = (HERE / "sandbox" / "texts.jsonl").read_text().splitlines()
    assert {json.loads(line)["kind"] for line in lines} == {str(kind) for kind in Kind} - {"article"}
