"""Submitting, approving, handing back: nothing leaves that was not read, and nobody reads their own."""

import pytest

from bedside.accounts.roles import Role
from bedside.governance.models import Approval, AuditEvent, Decision, Eyes, Policy
from bedside.outbox import actions
from bedside.outbox.errors import Blocked, Moved, NotAllowed
from bedside.outbox.models import MOVES, Outgoing, State
from bedside.testing import make_member, make_organisation, make_outgoing

pytestmark = pytest.mark.django_db
CARELESS = "Thank you for your visit on Monday, your root canal went well."


def held(**fields):
    outgoing = make_outgoing(**fields)
    actions.submit(outgoing, by=outgoing.author)
    assert outgoing.state == State.HELD
    return outgoing


def reader(outgoing, **fields):
    return make_member(organisation=outgoing.organisation, role=Role.CLINICIAN, **fields)


def test_a_careless_text_stays_a_draft_with_its_findings():
    outgoing = make_outgoing(text=CARELESS)
    with pytest.raises(Blocked) as caught:
        actions.submit(outgoing, by=outgoing.author)
    assert caught.value.verdict.is_blocked
    outgoing.refresh_from_db()
    assert outgoing.state == State.DRAFT and outgoing.severity == "block"
    assert outgoing.findings.filter(severity="block").exists()
    assert AuditEvent.objects.of(outgoing.organisation).get().action == "outgoing.blocked"


def test_a_safe_text_is_held_for_a_second_person():
    outgoing = held()
    assert outgoing.due_at is None and outgoing.approval.decision == Decision.WAITING


@pytest.mark.parametrize(
    ("eyes", "is_risky", "state"),
    [
        (Eyes.ALWAYS, False, State.HELD),
        (Eyes.FLAGGED, False, State.QUEUED),
        (Eyes.FLAGGED, True, State.HELD),
        (Eyes.NEVER, True, State.QUEUED),
    ],
)
def test_the_policy_says_who_is_asked(eyes, is_risky, state):
    outgoing = make_outgoing(author=make_member(organisation=make_organisation(eyes=eyes)))
    actions.submit(outgoing, by=outgoing.author, is_risky=is_risky)
    assert outgoing.state == state


def test_an_organisation_without_a_policy_gets_the_strictest():
    author = make_member()
    Policy.objects.all().delete()
    assert held(author=author).approval.policy.eyes == Eyes.ALWAYS


def test_another_member_approves_exactly_what_was_read():
    outgoing = held()
    actions.approve(outgoing, by=reader(outgoing), text_hash=outgoing.text_hash)
    outgoing.refresh_from_db()
    assert outgoing.state == State.QUEUED and outgoing.due_at is not None
    assert outgoing.approval.decision == Decision.APPROVED


def test_nobody_approves_their_own():
    outgoing = held()
    with pytest.raises(NotAllowed):
        actions.approve(outgoing, by=outgoing.author, text_hash=outgoing.text_hash)
    assert Outgoing.objects.get(pk=outgoing.pk).state == State.HELD


def test_who_asks_for_anothers_draft_may_not_approve_it_either():
    outgoing = make_outgoing()
    colleague = reader(outgoing)
    actions.submit(outgoing, by=colleague)
    for member in (colleague, outgoing.author):
        with pytest.raises(NotAllowed):
            actions.approve(outgoing, by=member, text_hash=outgoing.text_hash)


def test_a_role_without_the_right_does_not_approve():
    outgoing = held()
    with pytest.raises(NotAllowed):
        actions.approve(
            outgoing,
            by=make_member(organisation=outgoing.organisation, role=Role.COMMUNITY_MANAGER),
            text_hash=outgoing.text_hash,
        )


def test_a_text_that_changed_meanwhile_is_not_approved():
    outgoing = held()
    seen = outgoing.text_hash
    actions.rewrite(outgoing, "Other words.", author=outgoing.author, context=outgoing.context)
    actions.submit(outgoing, by=outgoing.author)
    with pytest.raises(Moved):
        actions.approve(outgoing, by=reader(outgoing), text_hash=seen)


def test_an_edit_voids_the_approval():
    outgoing = held()
    first = outgoing.approval
    actions.approve(outgoing, by=reader(outgoing), text_hash=outgoing.text_hash)
    actions.rewrite(outgoing, "Other words.", author=outgoing.author, context=outgoing.context)
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.approval, outgoing.due_at) == (State.DRAFT, None, None)
    assert Approval.objects.get(pk=first.pk).decision == Decision.VOID


def test_new_rules_of_the_house_ask_for_new_eyes():
    outgoing = held()
    Policy.objects.create(organisation=outgoing.organisation, version=2)
    with pytest.raises(Moved):
        actions.approve(outgoing, by=reader(outgoing), text_hash=outgoing.text_hash)


def test_an_old_page_cannot_approve_a_second_time():
    outgoing = held()
    stale = Outgoing.objects.select_related("approval").get(pk=outgoing.pk)
    actions.approve(outgoing, by=reader(outgoing), text_hash=outgoing.text_hash)
    with pytest.raises(Moved):
        actions.approve(stale, by=reader(outgoing), text_hash=stale.text_hash)


def test_handing_back_returns_the_draft():
    outgoing = held()
    actions.hand_back(outgoing, by=reader(outgoing), reason="Softer, please.")
    assert outgoing.state == State.DRAFT
    assert Approval.objects.get().decision == Decision.RETURNED


def test_the_author_takes_a_held_text_back():
    outgoing = held()
    actions.hand_back(outgoing, by=outgoing.author, reason="")
    assert outgoing.state == State.DRAFT
    assert Approval.objects.get().decision == Decision.VOID


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.LIVE, State.UNKNOWN, State.RETRACTED])
def test_what_is_on_its_way_is_not_rewritten(state):
    outgoing = make_outgoing()
    Outgoing.objects.filter(pk=outgoing.pk).update(state=state, sent_at=outgoing.created_at)
    outgoing.refresh_from_db()
    with pytest.raises(Moved):
        actions.rewrite(outgoing, "Other words.", author=outgoing.author, context={})


def test_every_state_has_its_moves():
    assert set(MOVES) == set(State)


def test_retracting_takes_it_down(platform):
    outgoing = make_outgoing()
    platform.sent[outgoing.key] = outgoing.text
    Outgoing.objects.filter(pk=outgoing.pk).update(
        state=State.LIVE, sent_at=outgoing.created_at, external_id=f"answer-{outgoing.key}"
    )
    outgoing.refresh_from_db()
    actions.retract(outgoing, by=outgoing.author)
    assert outgoing.state == State.RETRACTED and platform.sent == {}
