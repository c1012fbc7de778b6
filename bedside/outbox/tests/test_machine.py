"""The road out as a state machine: people, workers and a faltering platform do things in any order, and still nothing leaves
unread, nothing arrives twice, and the log holds."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bedside.accounts.models import Channel, ChannelState
from bedside.accounts.roles import Role
from bedside.connectors import registry
from bedside.connectors.errors import AuthExpired, OutcomeUnknown, Rejected, Unavailable
from bedside.governance import audit
from bedside.governance.models import Approval, Decision
from bedside.outbox import actions, work
from bedside.outbox.errors import OutboxError
from bedside.outbox.models import Outgoing, State, text_hash
from bedside.outbox.tests.platform import Obedient
from bedside.testing import make_channel, make_member, make_organisation

pytestmark = pytest.mark.django_db
SAFE = ("Thank you for your feedback.", "We take every comment seriously.", "Thank you for taking the time to write.")
CARELESS = "Your root canal on Monday went well."
WHO = st.integers(0, 2)
FAULTS = (
    None,
    Unavailable("Busy."),
    Rejected("No."),
    OutcomeUnknown("Gone before."),
    (OutcomeUnknown("Gone after."), "after"),
    (ValueError("a bug"), "after"),
    AuthExpired("Sign in again."),
)


class RoadOut(RuleBasedStateMachine):
    """One Outgoing, three people of whom two may read along, a worker that may die, a platform that may fail."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.platform = Obedient()
        self.kept, registry._loaded["sandbox"] = registry._loaded.get("sandbox"), self.platform
        organisation = make_organisation()
        self.people = [make_member(organisation=organisation, role=Role.CLINICIAN) for _ in range(2)]
        self.people += [make_member(organisation=organisation, role=Role.COMMUNITY_MANAGER)]
        channel = make_channel(organisation=organisation)
        self.pk = actions.draft(channel, SAFE[0], author=self.people[0], to="x", context={"kind": "reply"}).pk
        self.now = timezone.now()

    def teardown(self) -> None:
        event(f"ended {self.outgoing.state}")
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        registry._loaded.pop("sandbox")
        if self.kept:
            registry._loaded["sandbox"] = self.kept

    @property
    def outgoing(self) -> Outgoing:
        return Outgoing.objects.select_related("approval", "channel", "organisation").get(pk=self.pk)

    def _try(self, action, *args, **kwargs):
        try:
            with transaction.atomic():
                action(*args, **kwargs)
        except OutboxError:
            pass

    @precondition(lambda self: self.outgoing.state in {State.DRAFT, State.HELD, State.REJECTED, State.UNKNOWN})
    @rule(text=st.sampled_from([*SAFE, CARELESS]), who=WHO)
    def write(self, text, who):
        self._try(actions.rewrite, self.outgoing, text, author=self.people[who], context={"kind": "reply"})

    @precondition(lambda self: self.outgoing.state == State.DRAFT)
    @rule(who=WHO)
    def hand_in(self, who):
        self._try(actions.submit, self.outgoing, by=self.people[who])

    @precondition(lambda self: self.outgoing.state in {State.DRAFT, State.REJECTED})
    @rule(who=WHO, reader=WHO, text=st.sampled_from(SAFE))
    def agree(self, who, reader, text):
        self.write(text=text, who=who)
        self.hand_in(who=who)
        if self.outgoing.state == State.HELD:
            self.approve(who=reader, seen="")

    @precondition(lambda self: self.outgoing.state == State.HELD)
    @rule(who=WHO, seen=st.sampled_from(["", "", *SAFE]))
    def approve(self, who, seen):
        outgoing = self.outgoing
        shown = text_hash(seen) if seen else outgoing.text_hash
        self._try(actions.approve, outgoing, by=self.people[who], text_hash=shown)

    @precondition(lambda self: self.outgoing.state == State.HELD)
    @rule(who=WHO)
    def hand_back(self, who):
        self._try(actions.hand_back, self.outgoing, by=self.people[who], reason="")

    @precondition(lambda self: self.outgoing.state == State.UNKNOWN)
    @rule()
    def look_there(self):
        is_there = self.outgoing.key in self.platform.sent
        self._try(actions.resolve_unknown, self.outgoing, by=self.people[0], is_there=is_there)

    @rule(wait=st.integers(1, 7200))
    def wait(self, wait):
        self.now += timedelta(seconds=wait)

    @precondition(lambda self: self.outgoing.channel.state == ChannelState.EXPIRED)
    @rule()
    def reconnect(self):
        Channel.objects.filter(pk=self.outgoing.channel_id).update(state=ChannelState.CONNECTED)

    @precondition(lambda self: self.outgoing.state in {State.QUEUED, State.SENDING, State.UNKNOWN})
    @rule(fault=st.sampled_from(FAULTS), wait=st.integers(0, 7200))
    def work(self, fault, wait):
        self.now += timedelta(seconds=wait)
        self.platform.script = [fault]
        for row in Outgoing.objects.filter(channel__state="connected", needs_person=False).claim(
            self.now, limit=1, lease=work.LEASE
        ):
            outgoing = self.outgoing
            outgoing.lease = row.lease
            work.deliver(outgoing)

    @precondition(lambda self: self.outgoing.state == State.QUEUED)
    @rule(dies=st.sampled_from(["before sending", "while sending", "after sending"]))
    def die_while_working(self, dies):
        rows = Outgoing.objects.filter(state=State.QUEUED, channel__state="connected").claim(
            self.now, limit=1, lease=work.LEASE
        )
        for row in rows:
            outgoing = self.outgoing
            outgoing.lease = row.lease
            if dies == "before sending" or not work._may_leave(outgoing):
                continue
            Outgoing.objects.filter(pk=self.pk).update(state=State.SENDING, tries=outgoing.tries + 1)
            if dies == "after sending":
                self.platform.script = []
                self.platform.reply(None, "x", outgoing.text, outgoing.key)

    @invariant()
    def nothing_careless_is_out(self):
        assert CARELESS not in self.platform.sent.values()

    @invariant()
    def what_is_out_was_agreed_to_by_somebody_else(self):
        for text in self.platform.sent.values():
            agreed = Approval.objects.filter(text_hash=text_hash(text), decided_by__isnull=False)
            assert agreed.exists()
            for approval in agreed:
                assert approval.decided_by_id != approval.asked_by_id

    @invariant()
    def what_we_call_sent_is_there(self):
        outgoing = self.outgoing
        if outgoing.state in {State.SENT, State.LIVE}:
            assert self.platform.sent[outgoing.key] == outgoing.text
            assert outgoing.approval.decision == Decision.APPROVED

    @invariant()
    def nothing_was_sent_twice(self):
        assert self.platform.sent_twice == []

    @invariant()
    def the_log_holds(self):
        assert audit.verify(self.outgoing.organisation).holds


def test_the_road_out(platform, deliver):
    run_state_machine_as_test(
        RoadOut,
        settings=settings(
            max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
