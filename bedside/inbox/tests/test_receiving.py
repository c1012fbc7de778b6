"""What comes in: once each, with its clock; edits keep the older text; our own words end the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.connectors.base import Kind
from bedside.inbox import clock
from bedside.inbox.models import NEVER, Conversation, Mention, Status
from bedside.inbox.receiving import Received, receive
from bedside.outbox.models import Outgoing
from bedside.testing import NOON, make_channel, make_incoming, make_outgoing

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def channel():
    return make_channel()


def test_a_review_becomes_a_conversation_with_a_clock(channel):
    item = make_incoming(text="Rude at reception, never again.", rating=1)
    assert receive(channel, [item], now=NOON) == Received(new=1)
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.rating, conversation.author_name) == (Status.OPEN, 1, "Beat R.")
    assert conversation.clock_rule == clock.COMPLAINT.name
    assert conversation.due_at == conversation.sort_at == NOON + timedelta(hours=4)
    assert not conversation.is_read


def test_the_same_thing_twice_is_one_mention(channel):
    item = make_incoming()
    receive(channel, [item], now=NOON)
    assert receive(channel, [item], now=NOON + MINUTE) == Received(known=1)
    assert Mention.objects.count() == Conversation.objects.count() == 1


def test_an_edit_keeps_the_older_text(channel):
    item = make_incoming(text="Awful.", rating=1)
    receive(channel, [item], now=NOON)
    edited = replace(item, text="They called me; now it is fine.", rating=4)
    assert receive(channel, [edited], now=NOON + MINUTE) == Received(changed=1)
    mention = Mention.objects.get()
    assert (mention.text, mention.rating) == (edited.text, 4)
    assert [older["text"] for older in mention.earlier] == ["Awful."]
    assert Conversation.objects.get().rating == 4


def test_what_its_author_took_down_is_blanked_and_rests(channel):
    item = make_incoming()
    receive(channel, [item], now=NOON)
    receive(channel, [replace(item, is_deleted=True, text="")], now=NOON + MINUTE)
    mention, conversation = Mention.objects.get(), Conversation.objects.get()
    assert (mention.text, conversation.preview, conversation.status) == ("", "", Status.RESOLVED)
    assert mention.deleted_at == NOON + MINUTE


def test_what_was_deleted_before_it_was_seen_leaves_no_trace(channel):
    assert receive(channel, [make_incoming(is_deleted=True)], now=NOON).new == 0
    assert not Conversation.objects.exists()


def test_a_new_word_in_a_resolved_thread_opens_it_again(channel):
    first = make_incoming(external_id="a")
    receive(channel, [first], now=NOON)
    Conversation.objects.update(status=Status.RESOLVED, due_at=None, sort_at=NEVER)
    second = make_incoming(external_id="b", thread_id="a", text="Are you still there?", posted_at=NOON + MINUTE)
    receive(channel, [second], now=NOON + MINUTE)
    conversation = Conversation.objects.get()
    assert conversation.status == Status.OPEN and conversation.due_at > NOON
    assert conversation.mentions.count() == 2 and conversation.preview == "Are you still there?"


def test_our_own_post_alone_is_no_conversation(channel):
    receive(channel, [make_incoming(is_own=True, kind=Kind.POST)], now=NOON)
    assert not Conversation.objects.exists()


def test_a_reply_to_our_post_brings_the_post_along(channel):
    post = make_incoming(external_id="post", is_own=True, kind=Kind.POST, text="We are open on Sunday.")
    reply = make_incoming(external_id="reply", thread_id="post", posted_at=NOON + MINUTE, text="Until when?")
    receive(channel, [reply, post], now=NOON + MINUTE)
    conversation = Conversation.objects.get()
    assert conversation.mentions.count() == 2 and conversation.author_name == "Beat R."


def test_an_answer_given_on_the_platform_itself_ends_the_clock(channel):
    review = make_incoming(external_id="a")
    receive(channel, [review], now=NOON)
    ours = make_incoming(external_id="b", thread_id="a", is_own=True, posted_at=NOON + MINUTE, text="Thank you.")
    receive(channel, [ours], now=NOON + MINUTE)
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.due_at) == (Status.RESOLVED, None)
    assert conversation.answered_at == NOON + MINUTE


def test_our_own_answer_that_comes_back_is_not_a_mention(channel):
    receive(channel, [make_incoming(external_id="a")], now=NOON)
    outgoing = make_outgoing(channel=channel, to="a")
    Outgoing.objects.filter(pk=outgoing.pk).update(external_id="b")
    receive(channel, [make_incoming(external_id="b", thread_id="a", is_own=True)], now=NOON)
    assert Mention.objects.count() == 1


def test_history_has_no_clock(channel):
    old = make_incoming(posted_at=channel.created_at - timedelta(days=31))
    receive(channel, [old], now=NOON)
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.due_at, conversation.is_read) == (Status.RESOLVED, None, True)


def test_the_clock_of_what_was_said_before_we_listened_starts_when_we_did():
    channel = make_channel(connected_at=NOON - timedelta(hours=1))
    receive(channel, [make_incoming(rating=1, posted_at=NOON - timedelta(days=3))], now=NOON)
    assert Conversation.objects.get().due_at == NOON - timedelta(hours=1) + clock.COMPLAINT.amount


def test_the_spans_say_where_a_risk_was_heard(channel):
    receive(channel, [make_incoming(text="I will call my lawyer tomorrow.", rating=1)], now=NOON)
    mention, conversation = Mention.objects.get(), Conversation.objects.get()
    assert conversation.risks == ["legal_threat"] and conversation.clock_rule == clock.DANGER.name
    _, start, end = next(span for span in mention.spans if span[0] == "legal_threat")
    assert "lawyer" in mention.text[start:end]


def test_a_batch_costs_the_same_however_many(channel):
    costs = []
    for size in (2, 20):
        with CaptureQueriesContext(connection) as queries:
            receive(channel, [make_incoming() for _ in range(size)], now=NOON)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_and_any_repetition_gives_the_same_inbox(data, channel):
    Mention.objects.all().delete()
    Conversation.objects.all().delete()
    items = [
        make_incoming(
            external_id=f"e{number}", thread_id=f"t{number % 3}", posted_at=NOON + number * MINUTE, rating=None
        )
        for number in range(6)
    ]
    batches = data.draw(st.lists(st.lists(st.sampled_from(items), max_size=8), max_size=6))
    for batch in [*batches, items]:
        receive(channel, batch, now=NOON + timedelta(hours=1))
    assert Mention.objects.count() == 6 and Conversation.objects.count() == 3
    assert {c.last_mention_at for c in Conversation.objects.all()} == {NOON + n * MINUTE for n in (3, 4, 5)}
