"""The one way out: submit, approve, hand back, cancel, resolve an unknown outcome, retract.

Every change of state goes through `_move`, a conditional UPDATE: whoever comes second changes nothing and is told so.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bedside.accounts.models import Channel, Member, Organisation
from bedside.accounts.roles import Right
from bedside.connectors.base import Moderates
from bedside.connectors.registry import get as connector
from bedside.governance import audit
from bedside.governance.actions.policy import policy_of
from bedside.governance.models import Approval, Decision, Eyes, Policy
from bedside.guard.verdict import Severity, Verdict
from bedside.outbox.checking import check_outgoing, keep_verdict
from bedside.outbox.errors import Blocked, Moved, NotAllowed
from bedside.outbox.models import MOVES, THERE, Outgoing, OutgoingKind, State


def draft(
    channel: Channel,
    text: str,
    *,
    author: Member,
    to: str = "",
    kind: str = OutgoingKind.REPLY,
    context: dict[str, Any],
) -> Outgoing:
    """Keep a text that may become an answer or a post."""
    return Outgoing.objects.create(
        organisation=channel.organisation, channel=channel, text=text, author=author, to=to, kind=kind, context=context
    )


@transaction.atomic
def rewrite(outgoing: Outgoing, text: str, *, author: Member, context: dict[str, Any]) -> None:
    """Change the text. A held or queued Outgoing becomes a draft again, and its approval is void."""
    if outgoing.state not in {State.DRAFT, State.HELD, State.QUEUED, State.REJECTED}:
        raise Moved(_("This answer is already on its way and cannot be changed."))
    _void(outgoing)
    if outgoing.state != State.DRAFT:
        _move(outgoing, State.DRAFT, due_at=None)
    changed = Outgoing.objects.filter(pk=outgoing.pk, state=State.DRAFT).update(
        text=text, author=author, context=context, approval=None, problem=""
    )
    if not changed:
        raise Moved(_("Somebody else has changed this answer meanwhile."))
    outgoing.text, outgoing.author, outgoing.context, outgoing.approval = text, author, context, None


def submit(outgoing: Outgoing, *, by: Member, is_risky: bool = False, due_at: datetime | None = None) -> Verdict:
    """Ask the guard; then hold the text for a second person or queue it. Raises Blocked when it gives a patient away."""
    verdict = check_outgoing(outgoing, ui_language=get_language() or "en")
    with transaction.atomic():
        keep_verdict(outgoing, verdict)
        if verdict.is_blocked:
            _record(outgoing, "outgoing.blocked", by=by, rules=sorted({finding.rule for finding in verdict.findings}))
    if verdict.is_blocked:
        raise Blocked(_("This text gives somebody away. Mend the marked words first."), verdict)
    with transaction.atomic():
        _hold_or_queue(outgoing, verdict, by=by, is_risky=is_risky, due_at=due_at or timezone.now())
    return verdict


def _hold_or_queue(outgoing: Outgoing, verdict: Verdict, *, by: Member, is_risky: bool, due_at: datetime) -> None:
    policy = current_policy(outgoing.organisation)
    if needs_second_person(policy, verdict.severity, is_risky=is_risky):
        approval = Approval.objects.create(
            organisation=outgoing.organisation, text_hash=outgoing.text_hash, policy=policy, asked_by=by
        )
        _move(outgoing, State.HELD, approval=approval, due_at=None)
    else:
        _move(outgoing, State.QUEUED, due_at=due_at)
    _record(
        outgoing, "outgoing.submitted", by=by, state=outgoing.state, severity=verdict.severity, policy=policy.version
    )


@transaction.atomic
def approve(outgoing: Outgoing, *, by: Member, text_hash: str) -> None:
    """Agree to exactly the text whose hash the approver saw. Never one's own."""
    approval = _waiting_approval(outgoing)
    if not by.can(Right.APPROVE):
        raise NotAllowed(_("Your role does not read along. Ask somebody whose role does."))
    if by.pk in {approval.asked_by_id, outgoing.author_id}:
        raise NotAllowed(_("You wrote this. Another person has to agree."))
    if (
        not approval.text_hash == text_hash == outgoing.text_hash
        or approval.policy_id != current_policy(outgoing.organisation).pk
    ):
        raise Moved(_("The text or the rules have changed since. Read it again."))
    verdict = check_outgoing(outgoing)
    if verdict.is_blocked:
        raise Blocked(_("The rules have changed since, and this text gives somebody away. Hand it back."), verdict)
    _decide(approval, Decision.APPROVED, by=by)
    _move(outgoing, State.QUEUED, due_at=timezone.now())
    _record(outgoing, "outgoing.approved", by=by, text_hash=text_hash, policy=approval.policy.version)


@transaction.atomic
def hand_back(outgoing: Outgoing, *, by: Member, reason: str) -> None:
    """Return a held text to its author, with a reason."""
    approval = _waiting_approval(outgoing)
    if not by.can(Right.APPROVE) and by.pk != approval.asked_by_id:
        raise NotAllowed(_("Your role does not read along. Ask somebody whose role does."))
    is_own = by.pk == approval.asked_by_id
    _decide(approval, Decision.VOID if is_own else Decision.RETURNED, by=None if is_own else by, reason=reason)
    _move(outgoing, State.DRAFT, approval=None)
    _record(outgoing, "outgoing.handed_back", by=by)


@transaction.atomic
def cancel(outgoing: Outgoing, *, by: Member) -> None:
    """Give a text up before it is sent."""
    _void(outgoing)
    _move(outgoing, State.CANCELLED, due_at=None)
    _record(outgoing, "outgoing.cancelled", by=by)


@transaction.atomic
def resolve_unknown(outgoing: Outgoing, *, by: Member, is_there: bool) -> None:
    """Take a person's word for what happened: it is there, or it is not and may be sent again."""
    if outgoing.state != State.UNKNOWN:
        raise Moved(_("Bedside has found out meanwhile."))
    if is_there:
        _move(outgoing, State.SENT, sent_at=timezone.now(), needs_person=False, due_at=None, problem="")
    else:
        _move(outgoing, State.QUEUED, needs_person=False, due_at=timezone.now(), problem="")
    _record(outgoing, "outgoing.looked_up_by_person", by=by, is_there=is_there)


def retract(outgoing: Outgoing, *, by: Member) -> None:
    """Take a published text down. Raises what the connector raises; then nothing has changed here."""
    platform = connector(outgoing.channel.platform)
    if outgoing.state not in THERE or not isinstance(platform, Moderates):
        raise NotAllowed(_("This cannot be taken down from here. Take it down on the platform."))
    platform.delete(outgoing.channel.connect(), outgoing.external_id)
    with transaction.atomic():
        _move(outgoing, State.RETRACTED)
        _record(outgoing, "outgoing.retracted", by=by)


def current_policy(organisation: Organisation) -> Policy:
    """Return the organisation's newest policy; the strictest when it has none yet."""
    policy = policy_of(organisation)
    return policy if policy.version else Policy.objects.create(organisation=organisation, version=1)


def needs_second_person(policy: Policy, severity: Severity, *, is_risky: bool) -> bool:
    """Return whether four eyes are asked for; doubt means yes."""
    if policy.eyes == Eyes.NEVER:
        return False
    return policy.eyes != Eyes.FLAGGED or is_risky or severity.rank >= Severity.WARN.rank


def _move(outgoing: Outgoing, to: str, **changes: Any) -> None:
    if to not in MOVES[outgoing.state]:
        raise Moved(_("This answer is already further along. Look at it again."))
    kept = Outgoing.objects.filter(pk=outgoing.pk, state=outgoing.state)
    if not kept.update(state=to, **changes):
        raise Moved(_("Somebody else was faster. Look at it again."))
    for name, value in (changes | {"state": to}).items():
        setattr(outgoing, name, value)


def _waiting_approval(outgoing: Outgoing) -> Approval:
    approval = outgoing.approval
    if outgoing.state != State.HELD or approval is None or approval.decision != Decision.WAITING:
        raise Moved(_("This answer no longer waits for anybody."))
    return approval


def _decide(approval: Approval, decision: str, *, by: Member | None, reason: str = "") -> None:
    waiting = Approval.objects.filter(pk=approval.pk, decision=Decision.WAITING)
    if not waiting.update(decision=decision, decided_by=by, decided_at=timezone.now(), reason=reason[:500]):
        raise Moved(_("Somebody else has decided meanwhile."))


def _void(outgoing: Outgoing) -> None:
    if outgoing.approval_id:
        Approval.objects.filter(pk=outgoing.approval_id, decision__in=[Decision.WAITING, Decision.APPROVED]).update(
            decision=Decision.VOID
        )


def _record(outgoing: Outgoing, action: str, *, by: Member | str, **details: Any) -> None:
    audit.record(outgoing.organisation, action, by=by, subject=f"outgoing {outgoing.pk}", **details)
