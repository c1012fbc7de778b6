"""What the worker does for the inbox: write the end of an answer to its conversation, wake what was snoozed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from bedside.governance import audit
from bedside.inbox.actions import resume_clock
from bedside.inbox.models import Conversation, Mention, Reply, Status
from bedside.outbox.models import THERE, State

BATCH = 200
STOPPED = (State.REJECTED, State.DRAFT, State.CANCELLED)


def follow_deliveries(now: datetime) -> int:
    """Conversations whose answer has arrived are done; those whose answer was stopped have their clock again."""
    ended = Q(outgoing__state__in=[*THERE, *STOPPED])
    replies = Reply.objects.filter(ended, is_followed=False).select_related(
        "outgoing", "mention", "conversation__location"
    )
    rows = list(replies.order_by("id")[:BATCH])
    for reply in rows:
        with transaction.atomic():
            if Reply.objects.filter(pk=reply.pk, is_followed=False).update(is_followed=True):
                _follow(reply, now)
    return len(rows)


def _follow(reply: Reply, now: datetime) -> None:
    conversation = reply.conversation
    if reply.outgoing.state not in THERE:
        resume_clock(conversation, now=now)
        return
    Mention.objects.filter(channel=conversation.channel, external_id=reply.outgoing.external_id, is_own=True).delete()
    if conversation.last_mention_at > reply.mention.posted_at:
        return  # somebody has spoken again since; that has its own clock
    conversation.status, conversation.answered_at = Status.RESOLVED, reply.outgoing.sent_at
    conversation.end_clock()
    conversation.save(update_fields=["status", "answered_at", "due_at", "sort_at", "paused_left"])
    audit.record(
        conversation.organisation, "conversation.answered", by=audit.WORKER, subject=f"conversation {conversation.pk}"
    )


def wake_snoozed(now: datetime) -> int:
    """Bring back conversations whose time has come."""
    return Conversation.objects.filter(status=Status.SNOOZED, snoozed_until__lte=now).update(
        status=Status.OPEN, snoozed_until=None, is_read=False
    )
