"""On a bad line every reply is sent once, by both roads: the platform's keys, and the look-up where it drops keys."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bedside.connectors.base import Receipt, Replies, Session
from bedside.connectors.bluesky.connector import Bluesky
from bedside.connectors.errors import OutcomeUnknown, Unavailable
from bedside.connectors.sandbox import demo, store
from bedside.connectors.sandbox.connector import Sandbox
from tests.servers.bluesky import BlueskyServer
from tests.servers.faults import Fault, Line, faulty
from tests.servers.sandbox import serving

BAD = {Fault.DROP_BEFORE: 0.15, Fault.DROP_AFTER: 0.25, Fault.CUT: 0.1, Fault.BUSY: 0.1}
CHANNEL = "faehrmatt-oxford"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sandbox.sqlite3"
    demo.seed(path, now=datetime.now(UTC))
    return path


@pytest.fixture
def line(file: Path) -> Iterator[Line]:
    with serving(file) as url, faulty(url, seed=11, rates=BAD) as line:
        yield line


def send_surely(connector: Replies, session: Session, to: str, text: str, key: str) -> Receipt:
    """Send as the outbox does: look an unknown outcome up, and only send again when nothing was done."""
    for _ in range(50):
        try:
            return connector.reply(session, to, text, key)
        except Unavailable:
            continue
        except OutcomeUnknown:
            if found := connector.find_reply(session, to, text, key):
                return found
    raise AssertionError("Fifty tries did not get through.")


def replies(file: Path) -> int:
    with store.opened(file) as database:
        return int(database.execute("SELECT count(*) FROM entries WHERE text LIKE 'Answer %'").fetchone()[0])


@pytest.mark.parametrize("ignores_keys", ["", "1"])
def test_every_reply_is_sent_once_to_the_sandbox(line: Line, file: Path, ignores_keys: str) -> None:
    with store.opened(file) as database:
        store.switch(database, ignores_keys=ignores_keys)
    sandbox = Sandbox()
    session = sandbox.connect({"base_url": line.url, "channel": CHANNEL})
    with closing(session.client):
        to = next(item for item in sandbox.fetch(session, None).items if not item.is_own).external_id
        sent = {send_surely(sandbox, session, to, f"Answer {n}.", f"k{n}").external_id for n in range(60)}
    assert len(sent) == replies(file) == 60
    assert line.counts().keys() == {Fault.NONE, *BAD}


def test_same_seed_hits_the_same_requests() -> None:
    def drawn(seed: int) -> list[Fault]:
        line = Line("http://platform.invalid", seed=seed, rates=BAD)
        return [line.draw("POST", "/") for _ in range(50)]

    assert drawn(3) == drawn(3) != drawn(4)


def test_reading_is_left_alone_unless_asked_for() -> None:
    line = Line("http://platform.invalid", rates={Fault.BUSY: 1.0})
    assert line.draw("GET", "/a?b=c") is Fault.NONE
    line.matching = lambda method, path: True
    assert line.draw("GET", "/a?b=c") is Fault.BUSY
    assert line.log[0] == ("GET", "/a", Fault.NONE)


def test_every_reply_is_sent_once_to_bluesky(bluesky: BlueskyServer) -> None:
    account, stranger = bluesky.create_account("badline.test"), bluesky.create_account("caller.test")
    to = bluesky.post(stranger, "Hello @badline.test, are you there?")
    bluesky.until_shown(to)
    with faulty(bluesky.pds_url, seed=5, rates=BAD, matching=lambda method, path: path.endswith("putRecord")) as line:
        connector = Bluesky()
        secrets = {"service": line.url, "handle": account.handle, "app_password": account.app_password}
        session = connector.connect(secrets)
        sent = {send_surely(connector, session, to, f"Answer {n}.", f"k{n}").external_id for n in range(40)}
    assert len(sent) == bluesky.count(account) == 40
    assert line.counts()[Fault.DROP_AFTER] > 0
