import base64
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from standardwebhooks import Webhook

from bedside.connectors.base import Kind, Publication, Push, Session
from bedside.connectors.errors import AuthExpired, Rejected, SignatureInvalid, Unavailable
from bedside.connectors.sandbox import demo, server, store
from bedside.connectors.sandbox.connector import Sandbox

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"a secret for this test alone").decode()
sandbox = Sandbox()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sandbox.sqlite3"
    demo.seed(path, now=NOW)
    return path


def at(file: Path, now: datetime = NOW, channel: str = "faehrmatt-oxford", token: str = "invented") -> Session:
    """A session whose platform lives at `now`."""
    transport = httpx2.WSGITransport(app=server.application(file, clock=lambda: now))
    headers = {"Authorization": f"Bearer {token}"}
    return Session(httpx2.Client(base_url="http://sandbox.invalid", transport=transport, headers=headers), channel)


def fetch_all(session: Session, cursor: str | None = None) -> list:
    items, has_more = [], True
    while has_more:
        page = sandbox.fetch(session, cursor)
        items += page.items
        cursor, has_more = page.cursor, page.has_more
    return items


def test_past_is_varied_and_seeding_twice_changes_nothing(file: Path) -> None:
    items = [item for channel in demo.CHANNELS for item in fetch_all(at(file, channel=channel))]
    assert demo.seed(file, now=NOW) == 0
    assert len(items) >= 60
    assert {item.language for item in items} == {"de", "fr", "en", "es", "it"}
    assert {item.rating for item in items} == {None, 1, 2, 3, 4, 5}
    assert all(item.posted_at < NOW for item in items)
    assert any(item.is_own for item in items)


def test_arrivals_come_by_the_clock_alone(file: Path) -> None:
    def arrived(after: timedelta) -> int:
        return sum(len(fetch_all(at(file, NOW + after, channel))) for channel in demo.CHANNELS)

    before = arrived(timedelta(0))
    assert arrived(timedelta(seconds=3)) == before + 1
    assert arrived(timedelta(seconds=8)) == before + 2
    assert before + 12 <= arrived(timedelta(minutes=7)) <= before + 19


def test_arrivals_cycle_with_other_names(file: Path) -> None:
    items = fetch_all(at(file, NOW + timedelta(hours=8)))
    repeated, times = Counter(item.text for item in items if item.posted_at > NOW).most_common(1)[0]
    assert times > 5
    assert len({item.author_handle for item in items if item.text == repeated}) > 3


def test_comments_belong_to_the_thread_of_our_post(file: Path) -> None:
    items = fetch_all(at(file))
    post = next(item for item in items if item.kind is Kind.POST and item.is_own)
    comments = [item for item in items if item.thread_id == post.thread_id and item.kind is Kind.COMMENT]
    assert len(comments) == 3


def test_pages_are_full_and_lose_nothing(file: Path) -> None:
    session = at(file, NOW + timedelta(hours=2))
    first = sandbox.fetch(session, None)
    assert len(first.items) == 50 and first.has_more
    assert len({item.external_id for item in fetch_all(session)}) == len(fetch_all(session))


def test_same_key_is_sent_once(file: Path) -> None:
    session = at(file)
    to = sandbox.fetch(session, None).items[0].external_id
    assert sandbox.find_reply(session, to, "Thank you.", "k1") is None
    receipt = sandbox.reply(session, to, "Thank you.", "k1")
    assert sandbox.reply(session, to, "Thank you.", "k1") == receipt == sandbox.find_reply(session, to, "changed", "k1")
    assert sandbox.find_reply(session, to, "Thank you.", "k2") is None


def test_platform_without_keys_sends_twice_and_is_found_by_its_words(file: Path) -> None:
    session = at(file)
    session.client.put("/switches", json={"ignores_keys": "1"})
    to = sandbox.fetch(session, None).items[0].external_id
    first, second = (sandbox.reply(session, to, "Thank you.", "k1") for _ in range(2))
    assert first.external_id != second.external_id
    assert sandbox.find_reply(session, to, "Thank you.", "k1") == first
    assert sandbox.find_reply(session, to, "Thanks.", "k1") is None


def test_post_is_found_and_deleted_twice_without_harm(file: Path) -> None:
    session = at(file)
    post = Publication("We open at eight.", "en")
    receipt = sandbox.publish(session, post, "p1")
    assert sandbox.find_post(session, post, "p1") == receipt
    sandbox.delete(session, receipt.external_id)
    sandbox.delete(session, receipt.external_id)
    assert fetch_all(session)[-1].is_deleted


def test_moderating_platform_shows_nothing_before_approval(file: Path) -> None:
    session = at(file)
    session.client.put("/switches", json={"moderates": "1"})
    receipt = sandbox.publish(session, Publication("We open at eight."), "p1")
    assert not receipt.is_live
    session.client.post(f"/entries/{receipt.external_id}/approval")
    found = sandbox.find_post(session, Publication("We open at eight."), "p1")
    assert found and found.is_live


def test_stranger_writes_and_is_fetched(file: Path) -> None:
    session = at(file)
    session.client.post("/channels/faehrmatt-oxford/strangers", json={"text": "Hello!", "kind": "review", "rating": 5})
    assert fetch_all(session)[-1].rating == 5


def test_wrong_token_expires_and_foreign_entries_stay(file: Path) -> None:
    with pytest.raises(AuthExpired):
        sandbox.check(at(file, token="old"))
    stranger = next(item for item in fetch_all(at(file)) if not item.is_own)
    with pytest.raises(Rejected):
        sandbox.delete(at(file), stranger.external_id)
    with pytest.raises(Rejected):
        sandbox.reply(at(file), "s1", "x" * 4001, "k")


def test_check_names_the_channel_in_process_and_refuses_an_empty_form(file: Path) -> None:
    session = sandbox.connect({"file": str(file), "channel": "faehrmatt-valencia"})
    assert sandbox.check(session) == "Fährmatt Valencia"
    with pytest.raises(Rejected):
        sandbox.connect({})
    with pytest.raises(Unavailable):
        sandbox.check(sandbox.connect({"base_url": "http://127.0.0.1:9", "channel": "x"}))


def test_only_a_signed_push_is_read(file: Path) -> None:
    entry = at(file).client.get("/entries/s5").json()
    body = json.dumps({"entries": [entry]}, ensure_ascii=False)
    now = datetime.now(UTC)
    signature = Webhook(SECRET).sign("m1", now, body)
    headers = {"webhook-id": "m1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    push = Push(headers=headers, body=body.encode())
    sandbox.verify(push, SECRET)
    assert sandbox.parse(push)[0].external_id == "s5"
    for forged in (Push(headers, b"{}"), Push({}, push.body), Push({**headers, "webhook-signature": "x"}, push.body)):
        with pytest.raises(SignatureInvalid):
            sandbox.verify(forged, SECRET)


def test_a_failed_change_leaves_nothing_behind(file: Path) -> None:
    def break_off() -> None:
        with store.opened(file) as database:
            store.add_channel(database, "half", "Half")
            store.add_entry(database, {"colour": "red"})

    with pytest.raises(KeyError):
        break_off()
    with pytest.raises(Rejected):
        sandbox.check(at(file, channel="half"))
