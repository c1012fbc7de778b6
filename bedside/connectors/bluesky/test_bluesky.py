import base64
import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import libipld
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.connectors.base import Kind, Publication
from bedside.connectors.bluesky import firehose, parse
from bedside.connectors.bluesky.connector import Bluesky
from bedside.connectors.bluesky.record_key import record_key
from bedside.connectors.bluesky.richtext import check_length, count_graphemes, facets
from bedside.connectors.calling import retry_after
from bedside.connectors.errors import AuthExpired, Rejected, Unavailable

TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")  # https://atproto.com/specs/tid
FORM = {"service": "https://pds.example", "handle": "@clinic.example", "app_password": "aaaa-bbbb-cccc-dddd"}
PROFILE = {"handle": "clinic.example"}
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Pds:
    """Signs in and out as told: what each call answers, by the last part of its name."""

    def __init__(self, **answers: Callable[[httpx2.Request], httpx2.Response]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        name = request.url.path.rpartition(".")[2]
        self.asked.append(name)
        return self.answers[name](request)


def tokens(access: str) -> Callable[[httpx2.Request], httpx2.Response]:
    body = {"did": "did:plc:clinic", "accessJwt": access, "refreshJwt": f"renew-{access}"}
    return lambda request: httpx2.Response(200, json=body)


def refused(status: int, error: str) -> Callable[[httpx2.Request], httpx2.Response]:
    return lambda request: httpx2.Response(status, json={"error": error, "message": ""})


def profile_for(access: str) -> Callable[[httpx2.Request], httpx2.Response]:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.headers["Authorization"] == f"Bearer {access}":
            return httpx2.Response(200, json=PROFILE)
        return httpx2.Response(400, json={"error": "ExpiredToken"})

    return answer


def test_expired_token_is_renewed_and_the_call_goes_out_again() -> None:
    pds = Pds(createSession=tokens("one"), getProfile=profile_for("two"), refreshSession=tokens("two"))
    bluesky = Bluesky(httpx2.MockTransport(pds))
    assert bluesky.check(bluesky.connect(FORM)) == "clinic.example"
    assert pds.asked == ["createSession", "getProfile", "refreshSession", "getProfile"]


def test_sign_in_is_kept_for_the_next_connect() -> None:
    pds = Pds(createSession=tokens("one"))
    bluesky = Bluesky(httpx2.MockTransport(pds))
    assert bluesky.connect(FORM) is bluesky.connect(dict(FORM))
    bluesky.connect({**FORM, "app_password": "other"})
    assert pds.asked == ["createSession", "createSession"]


def test_refresh_that_fails_signs_in_again_and_a_revoked_password_has_to_reconnect() -> None:
    pds = Pds(createSession=tokens("one"), getProfile=profile_for("two"), refreshSession=refused(400, "ExpiredToken"))
    bluesky = Bluesky(httpx2.MockTransport(pds))
    session = bluesky.connect(FORM)
    pds.answers["createSession"] = refused(401, "AuthenticationRequired")
    with pytest.raises(AuthExpired):
        bluesky.check(session)
    with pytest.raises(AuthExpired):
        bluesky.connect(FORM)
    pds.answers["createSession"] = tokens("two")
    assert bluesky.check(bluesky.connect(FORM)) == "clinic.example"


def test_trouble_while_renewing_is_unavailable_and_nothing_was_sent() -> None:
    pds = Pds(createSession=tokens("one"), putRecord=refused(400, "ExpiredToken"), refreshSession=refused(502, "x"))
    bluesky = Bluesky(httpx2.MockTransport(pds))
    with pytest.raises(Unavailable):
        bluesky.publish(bluesky.connect(FORM), Publication("We open at eight."), "p1")


@pytest.mark.parametrize(
    "wrong",
    [{"handle": ""}, {"app_password": " "}, {"service": "http://pds.example"}, {"service": "ftp://pds.example"}],
)
def test_form_is_checked_before_the_password_travels(wrong: dict[str, str]) -> None:
    pds = Pds()
    with pytest.raises(Rejected):
        Bluesky(httpx2.MockTransport(pds)).connect({**FORM, **wrong})
    assert pds.asked == []


def test_bare_name_of_a_service_means_https() -> None:
    bluesky = Bluesky(httpx2.MockTransport(Pds(createSession=tokens("one"))))
    assert bluesky.connect({**FORM, "service": "pds.example/"}).client.base_url == "https://pds.example"


def test_main_password_with_a_second_factor_is_told_what_to_do() -> None:
    bluesky = Bluesky(httpx2.MockTransport(Pds(createSession=refused(401, "AuthFactorTokenRequired"))))
    with pytest.raises(AuthExpired, match="app password"):
        bluesky.connect(FORM)


@given(st.text())
def test_record_key_is_a_tid_and_always_the_same(key: str) -> None:
    assert TID.fullmatch(record_key(key))
    assert record_key(key) == record_key(key)


def test_record_keys_differ() -> None:
    assert len({record_key(str(number)) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Grüezi", 6),
        ("e\u0301", 1),
        ("👩‍⚕️👍🏽❤️", 3),
        ("🇨🇭🇪🇸🇬🇧", 3),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
        ("a\r\nb", 3),
        ("\u1100\u1161\u11a8", 1),
        ("1️⃣", 1),
    ],
)
def test_graphemes_are_what_a_person_sees(text: str, count: int) -> None:
    """The counts agree with Intl.Segmenter of Node 22."""
    assert count_graphemes(text) == count


def test_limits_are_told_with_what_to_do() -> None:
    check_length("x" * 300)
    with pytest.raises(Rejected, match="longer than Bluesky takes"):
        check_length("x" * 301)
    with pytest.raises(Rejected, match="emoji"):
        check_length("👨‍👩‍👧‍👦" * 150)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("See https://clinic.example/a?b=c.", ["https://clinic.example/a?b=c"]),
        ("(https://clinic.example)", ["https://clinic.example"]),
        ("https://clinic.example/a_(b)", ["https://clinic.example/a_(b)"]),
        ("Zürich 🚲 https://clinic.example, #Grippe!", ["https://clinic.example", "#Grippe"]),
        ("no#tag, #1 and mail@clinic.example", []),
    ],
)
def test_facets_mark_bytes(text: str, marked: list[str]) -> None:
    places = [facet["index"] for facet in facets(text)]
    assert [text.encode()[place["byteStart"] : place["byteEnd"]].decode() for place in places] == marked


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "30"}, 30),
        ({"ratelimit-reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"ratelimit-reset": "12"}, 12),
        ({"retry-after": "Fri, 20 Nov 2026 09:01:00 GMT"}, 60),
        ({"retry-after": "Fri, 20 Nov 2026 08:00:00 GMT"}, 0),
        ({"retry-after": "soon"}, None),
    ],
)
def test_wait_is_read_from_the_headers(headers: dict[str, str], seconds: int | None) -> None:
    assert retry_after(headers, NOW) == (None if seconds is None else timedelta(seconds=seconds))


def test_one_unreadable_post_does_not_hold_up_the_others(caplog: pytest.LogCaptureFixture) -> None:
    good = {
        "uri": "at://did:plc:nora/app.bsky.feed.post/3kfixturemen2",
        "author": {"did": "did:plc:nora", "handle": "nora.example"},
        "record": {"text": "Hello"},
        "indexedAt": "2026-11-20T09:00:00.000Z",
    }
    views = [{**good, "record": {"text": "Hello", "reply": {"root": {}}}}, {**good, "indexedAt": "never"}, good]
    assert [item.text for item in parse.readable(views, "did:plc:clinic")] == ["Hello"]
    assert len(caplog.records) == 2 and "Hello" not in caplog.text


@pytest.mark.skipif("BEDSIDE_CONTRACTS" not in os.environ, reason="BEDSIDE_CONTRACTS names no folder of recordings")
def test_recorded_thread_is_read() -> None:
    folder = Path(os.environ["BEDSIDE_CONTRACTS"]) / "fixtures" / "bluesky"
    thread = json.loads((folder / "thread_view_post_with_embed_media.json").read_text())["thread"]
    items = list(parse.thread_posts(thread, own=thread["post"]["author"]["did"]))
    assert items[0].is_own and items[0].kind is Kind.POST
    assert items[0].posted_at.tzinfo


def test_frames_of_the_stream_are_read() -> None:
    recorded = json.loads((Path(__file__).parent / "fixtures" / "frames.stream").read_text())
    frames = [base64.b64decode(frame) for frame in recorded["frames"]]
    mention, reply, deleted = (item for frame in frames for item in firehose.posts(frame, recorded["own"]))
    assert (mention.kind, mention.is_own, mention.language) == (Kind.MENTION, False, "en")
    assert (reply.text, reply.thread_id, reply.is_own) == ("Yes, from 8. 👋", mention.external_id, True)
    assert (deleted.external_id, deleted.is_deleted, deleted.text) == (reply.external_id, True, "")


@given(st.binary(max_size=200))
def test_broken_frames_are_left_out(frame: bytes) -> None:
    assert list(firehose.posts(frame, "did:plc:clinic")) == []


def test_half_a_frame_is_left_out() -> None:
    recorded = json.loads((Path(__file__).parent / "fixtures" / "frames.stream").read_text())
    frame = base64.b64decode(recorded["frames"][0])
    for length in range(0, len(frame), 7):
        assert list(firehose.posts(frame[:length], recorded["own"])) == []


def test_stream_that_ends_with_an_error_is_unavailable() -> None:
    frame = libipld.encode_dag_cbor({"op": -1}) + libipld.encode_dag_cbor({"error": "ConsumerTooSlow"})
    with pytest.raises(Unavailable) as caught:
        list(firehose.posts(frame, "did:plc:clinic"))
    assert caught.value.code == "ConsumerTooSlow"


@pytest.mark.parametrize(
    ("secrets", "service", "expected"),
    [
        ({}, "https://bsky.social", "wss://bsky.network"),
        ({}, "https://pds.example", "wss://pds.example"),
        ({"stream": "wss://relay.example/"}, "https://bsky.social", "wss://relay.example"),
        ({}, "http://localhost:2583", "ws://localhost:2583"),
    ],
)
def test_where_the_stream_is(secrets: dict[str, str], service: str, expected: str) -> None:
    assert firehose.address(secrets, service) == expected
