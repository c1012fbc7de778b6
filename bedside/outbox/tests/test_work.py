"""Delivering: once, whatever happens on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bedside.accounts.models import Channel, ChannelState
from bedside.connectors.errors import AuthExpired, NotSupported, OutcomeUnknown, Rejected, Unavailable
from bedside.governance.models import Approval, AuditEvent
from bedside.outbox import work
from bedside.outbox.models import Outcome, Outgoing, State
from bedside.testing import make_outgoing

pytestmark = pytest.mark.django_db
LATER = timedelta(days=2)


def queued(**fields):
    outgoing = make_outgoing(**fields)
    Outgoing.objects.filter(pk=outgoing.pk).update(state=State.QUEUED, due_at=timezone.now())
    outgoing.refresh_from_db()
    return outgoing


def outcomes(outgoing):
    return list(outgoing.attempts.order_by("number").values_list("outcome", flat=True))


def test_a_queued_reply_is_sent(platform, deliver):
    outgoing = queued()
    assert deliver(timezone.now()) == 1
    outgoing.refresh_from_db()
    assert outgoing.state == State.LIVE and outgoing.sent_at and outgoing.external_id == f"answer-{outgoing.key}"
    assert (outgoing.lease, outgoing.due_at, outgoing.tries) == ("", None, 1)
    assert outcomes(outgoing) == [Outcome.SENT]
    assert AuditEvent.objects.of(outgoing.organisation).get().action == "outgoing.sent"
    assert deliver(timezone.now() + LATER) == 0


def test_nothing_is_sent_before_it_is_due(platform, deliver):
    outgoing = queued()
    Outgoing.objects.update(due_at=timezone.now() + timedelta(hours=1))
    assert deliver(timezone.now()) == 0
    assert outcomes(outgoing) == []


def test_an_unavailable_platform_is_tried_again_later(platform, deliver):
    platform.script = [Unavailable("The platform is busy.", retry_after=timedelta(minutes=3))]
    outgoing = queued()
    start = timezone.now()
    deliver(start)
    outgoing.refresh_from_db()
    assert outgoing.state == State.QUEUED and outgoing.due_at >= start + timedelta(minutes=3)
    deliver(timezone.now() + LATER)
    assert outcomes(outgoing) == [Outcome.UNAVAILABLE, Outcome.SENT]
    assert len(platform.sent) == 1


def test_a_platform_that_never_answers_is_given_up_for_a_person(platform, deliver):
    platform.script = [Unavailable("The platform is busy.")] * 50
    outgoing = queued()
    for _ in range(50):
        Outgoing.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
        deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.state == State.REJECTED and platform.calls == work.MOST_TRIES


def test_a_refused_reply_is_not_sent_again(platform, deliver):
    platform.script = [Rejected("This is too long for the platform.")]
    outgoing = queued()
    deliver(timezone.now())
    deliver(timezone.now() + LATER)
    outgoing.refresh_from_db()
    assert outgoing.state == State.REJECTED and outgoing.problem == "This is too long for the platform."
    assert platform.calls == 1


def test_an_unknown_outcome_that_arrived_is_found(platform, deliver):
    platform.script = [(OutcomeUnknown("The connection broke."), "after")]
    outgoing = queued()
    deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.state == State.UNKNOWN
    deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.state == State.LIVE and outcomes(outgoing) == [Outcome.UNKNOWN, Outcome.FOUND]
    assert platform.calls == 1


def test_an_unknown_outcome_that_did_not_arrive_is_sent_after_the_look_up(platform, deliver):
    platform.script = [OutcomeUnknown("The connection broke.")]
    outgoing = queued()
    for _ in range(3):
        deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.state == State.LIVE
    assert outcomes(outgoing) == [Outcome.UNKNOWN, Outcome.ABSENT, Outcome.SENT]
    assert len(platform.sent) == 1


def test_a_bug_in_a_connector_counts_as_unknown(platform, deliver, caplog):
    platform.script = [(KeyError("text of a review"), "after")]
    outgoing = queued()
    deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.state == State.UNKNOWN
    deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.state == State.LIVE and len(platform.sent) == 1


def test_a_look_up_that_fails_too_often_asks_a_person(platform, deliver):
    platform.script = [OutcomeUnknown("The connection broke.")]
    platform.look_ups = [Unavailable("The platform is busy.")] * 9
    outgoing = queued()
    for _ in range(9):
        deliver(timezone.now() + LATER)
    outgoing.refresh_from_db()
    assert outgoing.state == State.UNKNOWN and outgoing.needs_person and outgoing.due_at is None
    assert platform.calls == 1


def test_a_platform_without_a_look_up_asks_a_person_at_once(platform, deliver):
    platform.script = [OutcomeUnknown("The connection broke.")]
    platform.look_ups = [NotSupported("This platform cannot be asked.")]
    outgoing = queued()
    deliver(timezone.now())
    deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.needs_person and platform.calls == 1


def test_an_expired_token_stops_the_channel_until_it_is_reconnected(platform, deliver):
    platform.script = [AuthExpired("The platform wants you to sign in again.")]
    outgoing, other = queued(), None
    other = queued(channel=outgoing.channel)
    deliver(timezone.now())
    outgoing.channel.refresh_from_db()
    assert outgoing.channel.state == ChannelState.EXPIRED
    assert deliver(timezone.now() + LATER) == 0
    Channel.objects.update(state=ChannelState.CONNECTED)
    deliver(timezone.now() + LATER)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.LIVE}
    assert set(platform.sent) == {outgoing.key, other.key}


def test_a_row_left_in_sending_by_a_dead_worker_is_looked_up_not_sent(platform, deliver):
    outgoing = queued()
    platform.sent[outgoing.key] = outgoing.text
    Outgoing.objects.update(state=State.SENDING, lease="dead", leased_until=timezone.now() + timedelta(seconds=30))
    assert deliver(timezone.now()) == 0
    assert deliver(timezone.now() + timedelta(seconds=31)) == 1
    outgoing.refresh_from_db()
    assert outgoing.state == State.LIVE and platform.calls == 0


def test_the_guard_is_asked_again_on_the_way_out(platform, deliver):
    outgoing = queued(text="Your root canal on Monday went well.")
    deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.state == State.DRAFT and outgoing.problem
    assert platform.calls == 0 and outcomes(outgoing) == [Outcome.HELD]


def test_a_text_that_is_not_the_approved_one_does_not_leave(platform, deliver):
    outgoing = queued()
    policy = outgoing.organisation.policies.get()
    approval = Approval.objects.create(
        organisation=outgoing.organisation,
        text_hash="0" * 64,
        policy=policy,
        asked_by=outgoing.author,
        decision="approved",
    )
    Outgoing.objects.update(approval=approval)
    deliver(timezone.now())
    outgoing.refresh_from_db()
    assert outgoing.state == State.DRAFT and platform.calls == 0


def test_a_worker_that_lost_its_lease_does_not_overwrite(platform, deliver, monkeypatch):
    outgoing = queued()
    real = platform.reply

    def slow(*args, **kwargs):
        receipt = real(*args, **kwargs)
        Outgoing.objects.update(lease="another worker")
        return receipt

    monkeypatch.setattr(platform, "reply", slow)
    deliver(timezone.now())
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.lease) == (State.SENDING, "another worker")
