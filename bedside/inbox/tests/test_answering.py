"""From the composer to the end of the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bedside.accounts.roles import Role
from bedside.inbox import actions
from bedside.inbox.models import Conversation, Note, Reply, Status
from bedside.inbox.work import follow_deliveries, wake_snoozed
from bedside.outbox.errors import Blocked, Moved
from bedside.outbox.models import Outgoing, State
from bedside.testing import NOON, make_channel, make_member, make_review

pytestmark = pytest.mark.django_db
SAFE = "Thank you for your feedback. We take every comment seriously."


@pytest.fixture
def mention():
    return make_review(text="Nobody answers the telephone.", stars=2)


@pytest.fixture
def member(mention):
    return make_member(organisation=mention.conversation.organisation)


def answered(mention, member):
    actions.answer(mention.conversation, mention, SAFE, by=member)
    return Reply.objects.get().outgoing


def test_an_answer_waits_for_a_colleague_and_the_clock_stands_still(mention, member):
    outgoing = answered(mention, member)
    conversation = Conversation.objects.get()
    assert outgoing.state == State.HELD and outgoing.to == mention.external_id
    assert conversation.paused_left is not None and conversation.due_at is not None


def test_a_careless_answer_is_kept_as_a_draft(mention, member):
    with pytest.raises(Blocked):
        actions.answer(mention.conversation, mention, "Your root canal on Monday went well.", by=member)
    outgoing = Reply.objects.get().outgoing
    assert outgoing.state == State.DRAFT and outgoing.text.startswith("Your root canal")
    assert Conversation.objects.get().paused_left is None


def test_the_guard_knows_the_review_and_the_clinic(mention, member):
    context = answered(mention, member).context
    assert context["review"] == mention.text and context["reviewer"] == mention.author_name
    assert mention.conversation.location.name in context["clinic"]


def test_handing_back_starts_the_clock_again_and_tells_why(mention, member):
    outgoing = answered(mention, member)
    left = Conversation.objects.get().paused_left
    colleague = make_member(organisation=member.organisation, role=Role.CLINICIAN)
    before = timezone.now()
    conversation = Conversation.objects.select_related("location").get()
    actions.hand_back(conversation, outgoing, by=colleague, reason="Softer, please.")
    conversation.refresh_from_db()
    assert conversation.paused_left is None
    assert conversation.due_at - before >= left - timedelta(seconds=5)
    assert Note.objects.get().text == "Softer, please."


@pytest.mark.parametrize("state", [State.SENT, State.LIVE])
def test_an_answer_that_arrived_ends_the_conversation(mention, member, state):
    outgoing = answered(mention, member)
    Outgoing.objects.update(state=state, sent_at=NOON)
    assert follow_deliveries(NOON) == 1
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.answered_at, conversation.due_at) == (Status.RESOLVED, NOON, None)
    assert follow_deliveries(NOON) == 0
    with pytest.raises(Moved):
        actions.answer(conversation, mention, "A second answer.", by=member)
    assert outgoing.pk == Reply.objects.get().outgoing_id


def test_a_refused_answer_gives_the_clock_back(mention, member):
    answered(mention, member)
    Outgoing.objects.update(state=State.REJECTED)
    follow_deliveries(timezone.now())
    conversation = Conversation.objects.get()
    assert conversation.status == Status.OPEN and conversation.paused_left is None


def test_a_second_answer_goes_on_with_the_first_ones_draft(mention, member):
    actions.keep_draft(mention.conversation, mention, "First words.", by=member)
    other = make_member(organisation=member.organisation)
    actions.keep_draft(mention.conversation, mention, "Other words.", by=other)
    assert Outgoing.objects.get().text == "Other words."


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN])
def test_nobody_writes_over_an_answer_on_its_way(mention, member, state):
    answered(mention, member)
    Outgoing.objects.update(state=state)
    with pytest.raises(Moved):
        actions.keep_draft(mention.conversation, mention, "Other words.", by=member)


def test_somebody_who_spoke_again_keeps_the_conversation_open(mention, member):
    answered(mention, member)
    make_review(
        channel=mention.channel,
        thread_id=mention.conversation.thread_id,
        external_id="again",
        posted_at=NOON + timedelta(hours=1),
    )
    Outgoing.objects.update(state=State.LIVE, sent_at=NOON + timedelta(hours=2))
    follow_deliveries(NOON + timedelta(hours=2))
    conversation = Conversation.objects.get()
    assert conversation.status == Status.OPEN and conversation.due_at is not None


def test_what_was_snoozed_comes_back(mention, member):
    actions.snooze(mention.conversation, until=NOON, by=member)
    assert wake_snoozed(NOON - timedelta(minutes=1)) == 0
    assert wake_snoozed(NOON) == 1
    assert Conversation.objects.get().status == Status.OPEN


def test_a_clock_outside_opening_hours_pauses_with_what_is_left():
    hours = {"tue": [["08:00", "18:00"]], "wed": [["08:00", "18:00"]]}
    channel = make_channel()
    channel.location.hours, channel.location.time_zone = hours, "UTC"
    channel.location.save()
    mention = make_review(channel=channel, stars=1, posted_at=NOON + timedelta(hours=5))
    conversation = mention.conversation
    assert conversation.due_at == NOON + timedelta(hours=23)  # one hour on Tuesday, three on Wednesday
    actions.pause_clock(conversation, now=NOON + timedelta(hours=10))
    assert conversation.paused_left == timedelta(hours=3)
    actions.resume_clock(conversation, now=NOON + timedelta(hours=20, minutes=30))
    assert conversation.due_at == NOON + timedelta(hours=23, minutes=30)
