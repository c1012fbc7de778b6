"""What people do with a conversation. Each action writes its change and its audit event together."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bedside.accounts.models import Member
from bedside.accounts.roles import Right
from bedside.governance import audit
from bedside.guard.verdict import Verdict
from bedside.inbox import clock
from bedside.inbox.answering import guard_context
from bedside.inbox.models import Assignment, Conversation, Mention, Note, Reply, Status
from bedside.outbox import actions as outbox
from bedside.outbox.errors import Moved, NotAllowed
from bedside.outbox.models import ON_THE_WAY, THERE, Outgoing, State

ENDED = (State.CANCELLED, State.RETRACTED)


def current_reply(conversation: Conversation, mention: Mention | None) -> Reply | None:
    """Return our answer to this Mention, in whatever state; None when there is none to go on with."""
    replies = Reply.objects.filter(conversation=conversation, mention=mention).exclude(outgoing__state__in=ENDED)
    return (
        replies.select_related("outgoing__approval__asked_by__user", "outgoing__author__user").order_by("-id").first()
    )


def answer(conversation: Conversation, mention: Mention, text: str, *, by: Member) -> Verdict:
    """Check an answer and send it on its way: to a second person, or out. Raises outbox errors; the draft is kept."""
    outgoing = keep_draft(conversation, mention, text, by=by)
    verdict = outbox.submit(outgoing, by=by, is_risky=conversation.is_risky)
    with transaction.atomic():
        Reply.objects.filter(outgoing=outgoing).update(is_followed=False)
        pause_clock(conversation, now=timezone.now())
    return verdict


@transaction.atomic
def keep_draft(conversation: Conversation, mention: Mention, text: str, *, by: Member) -> Outgoing:
    """Keep the words of an answer. There is one answer to a Mention: a second person goes on with the first one's draft."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    reply = current_reply(conversation, mention)
    context = guard_context(conversation, mention)
    if reply and reply.outgoing.state in (*THERE, *ON_THE_WAY[1:]):
        raise Moved(_already(reply.outgoing))
    if reply:
        outbox.rewrite(reply.outgoing, text, author=by, context=context)
        return reply.outgoing
    outgoing = outbox.draft(conversation.channel, text, author=by, to=mention.external_id, context=context)
    Reply.objects.create(conversation=conversation, mention=mention, outgoing=outgoing, is_followed=True)
    return outgoing


def decide(
    conversation: Conversation, outgoing: Outgoing, verb: str, *, by: Member, text_hash: str = "", reason: str = ""
) -> None:
    """Do what a person decided about an answer. Raises outbox errors; NotAllowed for a verb nobody knows."""
    if verb == "approve":
        outbox.approve(outgoing, by=by, text_hash=text_hash)
    elif verb in {"hand_back", "take_back"}:
        hand_back(conversation, outgoing, by=by, reason=reason)
    elif verb in {"is_there", "is_not_there"} and by.can(Right.WRITE):
        outbox.resolve_unknown(outgoing, by=by, is_there=verb == "is_there")
    elif verb == "retract" and by.can(Right.WRITE):
        outbox.retract(outgoing, by=by)
    else:
        raise NotAllowed(_("Your role does not include this."))


@transaction.atomic
def hand_back(conversation: Conversation, outgoing: Outgoing, *, by: Member, reason: str) -> None:
    """Give an answer back to its author; the clock goes on."""
    outbox.hand_back(outgoing, by=by, reason=reason)
    if reason:
        Note.objects.create(conversation=conversation, author=by, text=reason)
    resume_clock(conversation, now=timezone.now())


def pause_clock(conversation: Conversation, *, now: datetime) -> None:
    """Let the clock stand still with what is left on it; nothing when it has none or stands already."""
    if conversation.due_at is None or conversation.paused_left is not None:
        return
    rule = clock.RULES[conversation.clock_rule]
    conversation.paused_left = clock.left(rule, now, conversation.due_at, conversation.location)
    conversation.save(update_fields=["paused_left"])


def resume_clock(conversation: Conversation, *, now: datetime) -> None:
    """Let a clock that stood still go on."""
    if conversation.paused_left is None:
        return
    rule = clock.RULES[conversation.clock_rule]
    conversation.due_at = clock.go_on(rule, now, conversation.paused_left, conversation.location)
    conversation.sort_at, conversation.paused_left = conversation.due_at, None
    conversation.save(update_fields=["due_at", "sort_at", "paused_left"])


def mark_read(conversation: Conversation, *, by: Member) -> None:
    """Note who was the first to open it."""
    with transaction.atomic():
        if Conversation.objects.filter(pk=conversation.pk, is_read=False).update(is_read=True):
            conversation.is_read = True
            _record(conversation, "conversation.opened", by=by)


@transaction.atomic
def resolve(conversation: Conversation, *, by: Member) -> None:
    """Put a conversation away. Its clock ends; a new mention opens it again."""
    conversation.status, conversation.snoozed_until = Status.RESOLVED, None
    conversation.end_clock()
    conversation.save(update_fields=["status", "snoozed_until", "due_at", "sort_at", "paused_left"])
    _record(conversation, "conversation.resolved", by=by)


@transaction.atomic
def reopen(conversation: Conversation, *, by: Member) -> None:
    """Take a conversation out again; without a new mention it has no clock."""
    conversation.status, conversation.snoozed_until = Status.OPEN, None
    conversation.save(update_fields=["status", "snoozed_until"])
    _record(conversation, "conversation.reopened", by=by)


@transaction.atomic
def snooze(conversation: Conversation, *, until: datetime, by: Member) -> None:
    """Put a conversation out of sight until then. The clock does not stop for it."""
    conversation.status, conversation.snoozed_until = Status.SNOOZED, until
    conversation.save(update_fields=["status", "snoozed_until"])
    _record(conversation, "conversation.snoozed", by=by, until=until.isoformat())


@transaction.atomic
def assign(conversation: Conversation, member: Member | None, *, by: Member) -> None:
    """Give a conversation to a colleague, or to nobody."""
    conversation.assignee = member
    conversation.save(update_fields=["assignee"])
    Assignment.objects.create(conversation=conversation, member=member, by=by)
    _record(conversation, "conversation.assigned", by=by, member=member.pk if member else None)


@transaction.atomic
def add_note(conversation: Conversation, text: str, *, by: Member) -> Note:
    """Leave a word for colleagues."""
    note = Note.objects.create(conversation=conversation, author=by, text=text)
    _record(conversation, "conversation.noted", by=by, note=note.pk)
    return note


def _already(outgoing: Outgoing) -> str:
    if outgoing.state in THERE:
        return _("This has been answered already. Look at the answer above.")
    return _("An answer is already on its way. Wait until it has arrived.")


def _record(conversation: Conversation, action: str, *, by: Member | str, **details: Any) -> None:
    audit.record(conversation.organisation, action, by=by, subject=f"conversation {conversation.pk}", **details)
