"""The door for what platforms push."""

import base64
import json

import pytest
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook

from bedside.inbox.models import Mention
from bedside.listening.ingest import ingest_waiting
from bedside.listening.models import RawItem
from bedside.testing import NOON, make_channel

pytestmark = pytest.mark.django_db
SECRET = "whsec_" + base64.b64encode(b"an invented secret of 32 letters").decode()
ENTRY = {
    "id": "e1", "thread_id": "e1", "kind": "review", "text": "Friendly people.", "posted_at": NOON.isoformat(), "rating": 5,
    "author": {"name": "Alva B.", "handle": "@alva"}, "language": "en", "parent_id": "", "is_own": False, "is_deleted": False,
    "path": "/entries/e1",
}  # fmt: skip


@pytest.fixture
def channel():
    return make_channel(secrets={"webhook_secret": SECRET})


def push(channel, body, *, secret=SECRET, token="", platform="sandbox"):
    body = body if isinstance(body, str) else json.dumps(body)
    now = timezone.now()
    signature = Webhook(secret).sign("msg_1", now, body)
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    address = f"/webhooks/{platform}/{token or channel.token}/"
    return Client(enforce_csrf_checks=True).post(address, body, content_type="application/json", headers=headers)


def test_a_push_is_stored_and_comes_in(channel):
    answer = push(channel, {"entries": [ENTRY]})
    assert (answer.status_code, answer.json()) == (202, {"status": "accepted"})
    ingest_waiting(timezone.now())
    assert Mention.objects.get().text == "Friendly people."


def test_the_same_push_twice_is_stored_once(channel):
    assert [push(channel, {"entries": [ENTRY]}).status_code for _ in range(2)] == [202, 202]
    assert RawItem.objects.count() == 1


def test_an_unknown_address_is_not_found(channel):
    for answer in (push(channel, {}, token="unknown"), push(channel, {}, platform="bluesky")):
        assert answer.status_code == 404 and answer.json()["error"].endswith(".")


def test_a_wrong_signature_is_refused(channel):
    wrong = "whsec_" + base64.b64encode(b"another invented secret, 32 long").decode()
    assert push(channel, {"entries": [ENTRY]}, secret=wrong).status_code == 401
    assert not RawItem.objects.exists()


def test_a_channel_without_a_secret_trusts_nobody():
    assert push(make_channel(), {"entries": [ENTRY]}).status_code == 401


@pytest.mark.parametrize(
    "body", ["not json", "[]", "{}", '{"entries": [{"id": 1}]}', '{"entries": ["x"]}', '{"entries": 4}']
)
def test_what_cannot_be_read_is_refused(channel, body):
    answer = push(channel, body)
    assert answer.status_code == 400 and not RawItem.objects.exists()


def test_a_body_that_is_too_large_is_refused_before_it_is_read(channel, settings):
    settings.MOST_PUSH_BYTES = 1024
    assert push(channel, "x" * 2000).status_code == 413

    class Unread:
        def read(self, *_):
            raise AssertionError("the body was read")

        readline = read

    address = f"/webhooks/sandbox/{channel.token}/"
    answer = Client().generic("POST", address, **{"wsgi.input": Unread(), "CONTENT_LENGTH": "2000"})
    assert answer.status_code == 413


def test_only_pushes_are_taken(channel):
    assert Client().get(f"/webhooks/sandbox/{channel.token}/").status_code == 405


def test_one_item_that_fits_nowhere_keeps_the_others_out_of_nothing(channel):
    push(channel, {"entries": [ENTRY | {"id": "e2", "rating": 9}]})
    push(channel, {"entries": [ENTRY]})
    ingest_waiting(timezone.now())
    assert [mention.external_id for mention in Mention.objects.all()] == ["e1"]
    assert RawItem.objects.exclude(problem="").count() == 1
    assert not RawItem.objects.filter(ingested_at=None).exists()
