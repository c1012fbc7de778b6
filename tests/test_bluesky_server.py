"""The Bluesky connector against the real servers: nothing is lost, nothing is sent twice."""

import itertools
from dataclasses import dataclass

import pytest

from bedside.connectors.base import Incoming, Kind, Publication, Session
from bedside.connectors.bluesky.connector import Bluesky
from bedside.connectors.bluesky.record_key import record_key
from bedside.connectors.errors import AuthExpired, Rejected
from tests.servers.bluesky import Account, BlueskyServer
from tests.servers.processes import until

numbers = itertools.count(1)


@dataclass(frozen=True)
class Clinic:
    """A clinic and a stranger on the network, with the clinic's way there."""

    server: BlueskyServer
    account: Account
    stranger: Account
    connector: Bluesky
    session: Session

    def fetch(self, cursor: str | None = None) -> tuple[list[Incoming], str | None]:
        items: list[Incoming] = []
        has_more = True
        while has_more:
            page = self.connector.fetch(self.session, cursor)
            items += page.items
            cursor, has_more = page.cursor, page.has_more
        return items, cursor

    def fetched(self, uri: str, cursor: str | None = None) -> Incoming:
        """Wait until a fetch brings the post."""
        return until(lambda: next((item for item in self.fetch(cursor)[0] if item.external_id == uri), None), what=uri)


@pytest.fixture
def clinic(bluesky: BlueskyServer) -> Clinic:
    number = next(numbers)
    account = bluesky.create_account(f"clinic{number}.test")
    stranger = bluesky.create_account(f"stranger{number}.test")
    connector = Bluesky()
    session = connector.connect(secrets(bluesky, account))
    return Clinic(bluesky, account, stranger, connector, session)


def secrets(server: BlueskyServer, account: Account, **changed: str) -> dict[str, str]:
    known = {"service": server.pds_url, "handle": account.handle, "app_password": account.app_password}
    return {**known, **changed}


def mentioned(clinic: Clinic, text: str = "is the clinic open on Monday?") -> str:
    uri = clinic.server.post(clinic.stranger, f"@{clinic.account.handle} {text}")
    clinic.fetched(uri)
    return uri


def test_sign_in_names_the_channel(clinic: Clinic) -> None:
    assert clinic.session.channel_id == clinic.account.did
    assert clinic.connector.check(clinic.session).startswith("Clinic")


def test_wrong_password_has_to_reconnect(clinic: Clinic) -> None:
    with pytest.raises(AuthExpired):
        Bluesky().connect(secrets(clinic.server, clinic.account, app_password="aaaa-bbbb-cccc-dddd"))


def test_mention_of_a_stranger_is_fetched_once(clinic: Clinic) -> None:
    uri = mentioned(clinic)
    items, cursor = clinic.fetch()
    item = next(item for item in items if item.external_id == uri)
    assert (item.kind, item.thread_id, item.is_own, item.language) == (Kind.MENTION, uri, False, "en")
    assert item.author_handle == f"@{clinic.stranger.handle}"
    assert clinic.fetch(cursor)[0] == []


def test_reply_is_found_and_the_same_key_sends_once(clinic: Clinic) -> None:
    uri = mentioned(clinic)
    assert clinic.connector.find_reply(clinic.session, uri, "Yes, from 8.", "k1") is None
    first = clinic.connector.reply(clinic.session, uri, "Yes, see https://clinic.example/hours.", "k1")
    second = clinic.connector.reply(clinic.session, uri, "Yes, see https://clinic.example/hours.", "k1")
    assert first == second == clinic.connector.find_reply(clinic.session, uri, "", "k1")
    assert clinic.server.count(clinic.account) == 1
    record = clinic.server.record(first.external_id)["value"]
    assert record["reply"]["root"]["uri"] == record["reply"]["parent"]["uri"] == uri
    assert record["facets"][0]["features"][0]["uri"] == "https://clinic.example/hours"


def test_reply_to_a_reply_keeps_the_root(clinic: Clinic) -> None:
    root = mentioned(clinic)
    ours = clinic.connector.reply(clinic.session, root, "Yes.", "k1").external_id
    clinic.server.until_shown(ours)
    theirs = clinic.server.post(clinic.stranger, "Thank you!", reply_to=ours)
    assert clinic.fetched(theirs).thread_id == root
    again = clinic.connector.reply(clinic.session, theirs, "You are welcome.", "k2")
    reply = clinic.server.record(again.external_id)["value"]["reply"]
    assert (reply["root"]["uri"], reply["parent"]["uri"]) == (root, theirs)


def test_reply_to_what_is_gone_is_rejected(clinic: Clinic) -> None:
    gone = f"at://{clinic.stranger.did}/app.bsky.feed.post/{record_key('never')}"
    with pytest.raises(Rejected):
        clinic.connector.reply(clinic.session, gone, "Hello", "k1")


def test_post_is_published_found_and_deleted(clinic: Clinic) -> None:
    post = Publication("We open at eight. #GoodMorning", "en")
    receipt = clinic.connector.publish(clinic.session, post, "p1")
    assert clinic.connector.find_post(clinic.session, post, "p1") == receipt
    clinic.server.until_shown(receipt.external_id)
    own = clinic.fetched(receipt.external_id)
    assert own.is_own and own.kind is Kind.POST and own.language == "en"
    clinic.connector.delete(clinic.session, receipt.external_id)
    clinic.connector.delete(clinic.session, receipt.external_id)
    assert clinic.server.count(clinic.account) == 0
    assert clinic.connector.find_post(clinic.session, post, "p1") is None


def test_reply_within_milliseconds_of_our_post_is_found(clinic: Clinic) -> None:
    _, cursor = clinic.fetch()
    ours = clinic.connector.publish(clinic.session, Publication("Flu shots from Monday."), "p1").external_id
    quick = clinic.server.post(clinic.stranger, "First!", reply_to=ours)
    item = clinic.fetched(quick, cursor)
    assert (item.kind, item.thread_id, item.parent_id) == (Kind.COMMENT, ours, ours)


def test_stream_tells_of_posts_and_deletions_at_once(clinic: Clinic) -> None:
    uri = mentioned(clinic)
    receipt = clinic.connector.reply(clinic.session, uri, "Yes, from 8. 👋", "k1")
    clinic.connector.delete(clinic.session, receipt.external_id)
    ours = {clinic.account.did, clinic.stranger.did}
    stream = (item for item in clinic.connector.stream(clinic.session, "0") if item.external_id.split("/")[2] in ours)
    mention, reply, deleted = itertools.islice(stream, 3)
    assert (mention.kind, mention.external_id, mention.is_own) == (Kind.MENTION, uri, False)
    assert (reply.text, reply.thread_id, reply.is_own) == ("Yes, from 8. 👋", uri, True)
    assert (deleted.external_id, deleted.is_deleted) == (receipt.external_id, True)


@pytest.mark.parametrize("text", ["x" * 301, "👨‍👩‍👧‍👦" * 150, " "])
def test_text_the_server_would_refuse_never_leaves(clinic: Clinic, text: str) -> None:
    with pytest.raises(Rejected):
        clinic.connector.publish(clinic.session, Publication(text), "p1")
    assert clinic.server.count(clinic.account) == 0


@pytest.mark.parametrize(
    "text", ["x" * 300, "é" * 300, "e\u0301" * 300, "👩‍⚕️" * 200, "🇨🇭" * 300, "👍🏽" * 300, "각" * 300]
)
def test_text_of_the_greatest_length_is_taken(clinic: Clinic, text: str) -> None:
    clinic.connector.publish(clinic.session, Publication(text), "p1")
    assert clinic.server.count(clinic.account) == 1


def test_record_keys_are_valid_to_the_server(clinic: Clinic) -> None:
    for number in range(30):
        clinic.connector.publish(clinic.session, Publication(f"Post {number}"), f"outgoing-{number}")
    assert clinic.server.count(clinic.account) == 30
