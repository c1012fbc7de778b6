"""The day sheet: what needs somebody, in the order of its clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from bedside.accounts.models import Channel, ChannelState, Location, Member
from bedside.inbox.listing import COLUMNS, complete
from bedside.inbox.models import Conversation, Reply
from bedside.inbox.reading import Reading
from bedside.outbox.models import ON_THE_WAY, State

MOST = 25
PERIOD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the day sheet. `kind`: answer, approve, look_up, mend or wait."""

    kind: str
    row: dict[str, Any]
    clock: Reading
    is_first: bool = False


def tasks(member: Member, *, now: datetime) -> list[Task]:
    """Return what needs this member or anybody, the longest late first; what waits for others comes last."""
    organisation = member.organisation
    replies = Reply.objects.of(organisation)
    held = replies.filter(outgoing__state=State.HELD)
    mine = dict.fromkeys(held.exclude(outgoing__author=member).values_list("conversation", flat=True)[:MOST], "approve")
    if not member.can("approve"):
        mine = {}
    stuck = replies.filter(
        Q(outgoing__needs_person=True) | Q(outgoing__state=State.REJECTED, conversation__status="open")
    )
    kinds = {
        pk: "look_up" if state == State.UNKNOWN else "mend"
        for pk, state in stuck.values_list("conversation", "outgoing__state")[:MOST]
    }
    rows = Conversation.objects.of(organisation).open().by_clock().values(*COLUMNS)
    due = list(rows.filter(due_at__isnull=False, paused_left=None)[:MOST])
    special = list(rows.filter(pk__in=[*mine, *kinds]))
    waiting = list(rows.filter(paused_left__isnull=False).exclude(pk__in=[*mine, *kinds])[:MOST])
    complete([*due, *special, *waiting], member, Location.objects.of(organisation), now=now)
    found = {row["id"]: Task((kinds | mine).get(row["id"], "answer"), row, row["clock"]) for row in [*due, *special]}
    ordered = sorted(found.values(), key=_order)
    waits = [Task("wait", row, row["clock"]) for row in waiting]
    return [replace(task, is_first=number == 0) for number, task in enumerate(ordered[:MOST])] + waits


def _order(task: Task) -> tuple[int, datetime, int]:
    """What is late comes first, then what only a person can let go on, then what is due, each by its clock."""
    group = 0 if task.clock.state == "late" else 2 if task.kind == "answer" else 1
    return group, task.row["sort_at"], task.row["id"]


def greeting(member: Member, *, now: datetime) -> str:
    """Return the words on top of the day sheet, by the hour of `now`."""
    first = member.user.name.partition(" ")[0]
    name = member.user.name if first.endswith(".") else first  # nobody is called Dr.
    if now.hour < 11:
        return _("Good morning, %(name)s") % {"name": name}
    if now.hour < 18:
        return _("Good day, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


def numbers(member: Member, *, now: datetime) -> list[dict[str, Any]]:
    """Return the figures of the last seven days, each with the seven days before."""
    rows = Conversation.objects.of(member.organisation)
    found = []
    for name, column in ((_("Came in"), "last_mention_at"), (_("Answered"), "answered_at")):
        this = rows.filter(**{f"{column}__gt": now - PERIOD, f"{column}__lte": now}).order_by().count()
        before = rows.filter(**{f"{column}__gt": now - 2 * PERIOD, f"{column}__lte": now - PERIOD}).order_by().count()
        found.append({"name": name, "this": this, "before": before})
    return found


def going_out(member: Member) -> list[Reply]:
    """Return the answers that are on their way, and those that went out last."""
    replies = Reply.objects.of(member.organisation).select_related("outgoing", "conversation__channel__location")
    on_the_way = list(replies.filter(outgoing__state__in=ON_THE_WAY).order_by("-id")[:5])
    return on_the_way + list(
        replies.filter(outgoing__state__in=[State.SENT, State.LIVE]).order_by("-id")[: 6 - len(on_the_way)]
    )


def broken_channels(member: Member) -> list[Channel]:
    """Return the channels that somebody has to reconnect."""
    rows = Channel.objects.of(member.organisation).filter(state=ChannelState.EXPIRED)
    return list(rows.select_related("location"))
