"""The audit log as a page, newest first, and as a file that anyone can verify."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from bedside.accounts.roles import Right
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.governance import audit
from bedside.governance.chain import event_hash
from bedside.governance.models import AuditEvent, AuditHead
from bedside.lib.pages import render

PAGE = 50
ACTIONS = {
    "channel.connected": _("connected a channel"),
    "channel.continued": _("let a channel go on"),
    "channel.disconnected": _("disconnected a channel"),
    "channel.paused": _("paused a channel"),
    "channel.reconnected": _("reconnected a channel"),
    "channel.renamed": _("renamed a channel"),
    "conversation.answered": _("saw an answer arrive"),
    "conversation.assigned": _("gave a conversation to somebody"),
    "conversation.noted": _("left a note"),
    "conversation.opened": _("was the first to open a conversation"),
    "conversation.reopened": _("took a conversation out again"),
    "conversation.resolved": _("resolved a conversation"),
    "conversation.snoozed": _("snoozed a conversation"),
    "import.ended": _("finished an import"),
    "import.started": _("started an import"),
    "key.ended": _("ended an API key"),
    "key.made": _("made an API key"),
    "location.added": _("added a location"),
    "location.changed": _("changed a location"),
    "location.rules_changed": _("changed the rules of a location"),
    "member.account_changed": _("changed their account"),
    "member.closed": _("closed somebody’s access"),
    "member.invited": _("invited somebody"),
    "member.link_made": _("made a link to choose a password"),
    "member.opened": _("opened somebody’s access again"),
    "member.role_changed": _("changed somebody’s role"),
    "organisation.created": _("set up the organisation"),
    "outgoing.absent": _("looked an answer up: it is not there"),
    "outgoing.approved": _("approved an answer"),
    "outgoing.blocked": _("was stopped by the guard"),
    "outgoing.cancelled": _("gave an answer up"),
    "outgoing.expired": _("found the channel closed"),
    "outgoing.found": _("looked an answer up: it is there"),
    "outgoing.handed_back": _("handed an answer back"),
    "outgoing.looked_up_by_person": _("looked an answer up on the platform"),
    "outgoing.rejected": _("had an answer refused by the platform"),
    "outgoing.retracted": _("retracted an answer"),
    "outgoing.sent": _("sent an answer"),
    "outgoing.stopped": _("stopped an answer on its way out"),
    "outgoing.submitted": _("handed an answer in"),
    "outgoing.unavailable": _("found the platform unavailable"),
    "outgoing.unknown": _("does not know whether an answer arrived"),
    "policy.published": _("changed who reads along"),
}
SUBJECTS = {
    "channel": _("channel %(number)s"),
    "conversation": _("conversation %(number)s"),
    "import": _("import %(number)s"),
    "location": _("location %(number)s"),
    "member": _("person %(number)s"),
    "organisation": _("organisation %(number)s"),
    "outgoing": _("answer %(number)s"),
    "policy": _("rules, version %(number)s"),
}


@require_GET
@needs(Right.AUDIT)
def audit_log(request: MemberRequest) -> HttpResponse:
    """The newest events, and whether those shown follow each other unbroken."""
    before = request.GET.get("before", "")
    events = AuditEvent.objects.of(request.organisation).newest_first()
    if before.isdecimal() and len(before) < 19:
        events = events.filter(number__lt=int(before))
    rows = list(events[: PAGE + 1])
    shown = rows[:PAGE]
    head = AuditHead.objects.filter(organisation=request.organisation).first()
    context = {
        "here": "governance",
        "events": shown,
        "actions": ACTIONS,
        "conversation_of": conversation_of,
        "subject_words": subject_words,
        "before": shown[-1].number if len(rows) > PAGE else None,
        "head": head,
        "is_unbroken": _is_unbroken(shown),
    }
    return render(request, "governance/audit_log.html", context, block="rows" if request.htmx else "")


@require_GET
@needs(Right.AUDIT)
def audit_export(request: MemberRequest) -> HttpResponseBase:
    """The whole log as JSON lines, for `bedside audit verify FILE` on any machine."""
    lines = audit.export(request.organisation)
    response = StreamingHttpResponse(_as_lines(lines), content_type="application/jsonl")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.jsonl"'
    return response


def conversation_of(subject: str) -> int | None:
    """Return the number of the conversation an event is about, None when it is about something else."""
    kind, _sep, number = subject.partition(" ")
    return int(number) if kind == "conversation" and number.isdecimal() else None


def subject_words(subject: str) -> str:
    """Return what an event is about in the reader's language; as it was written, when it is not known."""
    kind, _sep, number = subject.partition(" ")
    return str(SUBJECTS[kind]) % {"number": number} if kind in SUBJECTS else subject


def _is_unbroken(newest_first: list[AuditEvent]) -> bool:
    links = pairwise(newest_first)
    return all(newer.previous == older.hash for newer, older in links) and all(
        event.hash == event_hash(event.as_line()) for event in newest_first
    )


def _as_lines(lines: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    for line in lines:
        yield orjson.dumps(line) + b"\n"
