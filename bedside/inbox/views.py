"""The pages of the inbox: the list, one conversation with its composer, and what is done with them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bedside.accounts.models import Channel, Location, Member
from bedside.accounts.roles import Right
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.connectors import registry
from bedside.inbox import actions, labels, listing
from bedside.inbox import today as day
from bedside.inbox.composing import Composer, compose, is_too_long, use
from bedside.inbox.models import Conversation, Mention
from bedside.inbox.reading import read, rule_sentence
from bedside.inbox.thread import entries, newest_heard
from bedside.lib.pages import render
from bedside.outbox.errors import OutboxError

MOST_TEXT = 20_000  # characters of an answer; every platform takes fewer


@require_GET
@needs(Right.READ)
def today(request: MemberRequest) -> HttpResponse:
    """What needs somebody, in the order of its clock."""
    now = timezone.now()
    tasks = day.tasks(request.member, now=now)
    zone = tasks[0].row["place"].time_zone if tasks else "UTC"
    context = {
        "here": "today",
        "greeting": day.greeting(request.member, now=now.astimezone(ZoneInfo(zone))),
        "zone": zone,
        "tasks": tasks,
        "late": sum(task.clock.state == "late" for task in tasks),
        "next": next((task for task in tasks if task.clock.state in {"soon", "calm"}), None),
        "numbers": day.numbers(request.member, now=now),
        "going_out": day.going_out(request.member),
        "broken": day.broken_channels(request.member),
        "has_channels": Channel.objects.of(request.organisation).exists(),
        "labels": labels,
        "manifests": {name: registry.get(name).manifest for name in {task.row["channel__platform"] for task in tasks}},
        "now": now,
    }
    return render(request, "inbox/today.html", context)


@require_GET
@needs(Right.READ)
def inbox(request: MemberRequest) -> HttpResponse:
    """The list alone; beside it a quiet pane that says what to do."""
    context = _list_context(request)
    if request.htmx and request.GET.get("after"):
        return render(request, "inbox/inbox.html", context, block="rows")
    return render(request, "inbox/inbox.html", context | {"conversation": None, "show": "list"})


@require_GET
@needs(Right.READ)
def news(request: MemberRequest) -> HttpResponse:
    """How many conversations are newer than the newest one shown; asked every few seconds, so it stays small."""
    since = _number(request.GET.get("since"))
    newer = Conversation.objects.of(request.organisation).open().filter(pk__gt=since).order_by()
    context = {"news": newer[: listing.MOST_COUNTED].count(), "newest": since, "query": _query(request)}
    return render(request, "inbox/inbox.html", context, block="news")


@require_GET
@needs(Right.READ)
def conversation(request: MemberRequest, pk: int) -> HttpResponse:
    """One conversation beside the list."""
    chosen = _conversation(request, pk)
    actions.mark_read(chosen, by=request.member)
    return _page(request, chosen)


@require_POST
@needs(Right.WRITE)
def check(request: MemberRequest, pk: int) -> HttpResponse:
    """What the guard says of the words as they stand; nothing is kept. With `use`, a rewrite is put in."""
    chosen = _conversation(request, pk)
    composer = _posted_composer(request, chosen)
    block = "composer" if "use" in request.POST else "findings"
    context = {"conversation": chosen, "composer": composer, "manifest": composer.manifest, "problem": ""}
    context |= {"swap": block == "findings"}
    return render(request, "inbox/inbox.html", context, block=block)


@require_POST
@needs(Right.WRITE)
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Send an answer on its way, or say what keeps it here; the words stay where they were typed."""
    chosen = _conversation(request, pk)
    if "use" in request.POST:
        return _page(request, chosen, composer=_posted_composer(request, chosen))
    text = _text(request)
    mention = _mention(chosen, request.POST.get("mention", ""))
    try:
        if not text.strip():
            raise OutboxError(_("Write something first."))
        if is_too_long(text, chosen.channel.manifest):
            raise OutboxError(_("This is longer than the platform takes. Shorten it."))
        if request.POST.get("keep"):
            actions.keep_draft(chosen, mention, text, by=request.member)
        else:
            actions.answer(chosen, mention, text, by=request.member)
    except OutboxError as exc:
        composer = compose(chosen, mention, text=text)
        return _page(request, chosen, composer=composer, problem=str(exc), status=409)
    return _back(chosen)


@require_POST
@needs(Right.READ)
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Approve an answer, hand it back, take it back, say whether it is there, retract it."""
    chosen = _conversation(request, pk)
    reply = chosen.replies.select_related("outgoing").filter(pk=_number(request.POST.get("reply"))).first()
    if reply is None:
        raise Http404
    verb = request.POST.get("verb", "")
    try:
        actions.decide(
            chosen,
            reply.outgoing,
            verb,
            by=request.member,
            text_hash=request.POST.get("text_hash", ""),
            reason=request.POST.get("reason", "").strip(),
        )
    except OutboxError as exc:
        return _page(request, chosen, problem=str(exc), status=409)
    return _back(chosen)


@require_POST
@needs(Right.WRITE)
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """Resolve, reopen, or snooze until tomorrow morning."""
    chosen = _conversation(request, pk)
    verb = request.POST.get("verb", "")
    if verb == "resolve":
        actions.resolve(chosen, by=request.member)
    elif verb == "reopen":
        actions.reopen(chosen, by=request.member)
    elif verb == "snooze":
        actions.snooze(chosen, until=_tomorrow_morning(chosen.location), by=request.member)
    return _back(chosen)


@require_POST
@needs(Right.WRITE)
def assign(request: MemberRequest, pk: int) -> HttpResponse:
    """Give the conversation to a colleague, or back to all."""
    chosen = _conversation(request, pk)
    colleagues = Member.objects.of(request.organisation).filter(is_active=True)
    number = _number(request.POST.get("member"))
    member = get_object_or_404(colleagues, pk=number) if number else None
    actions.assign(chosen, member, by=request.member)
    return _back(chosen)


@require_POST
@needs(Right.WRITE)
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave a word for colleagues."""
    chosen = _conversation(request, pk)
    if text := request.POST.get("text", "").strip()[:5000]:
        actions.add_note(chosen, text, by=request.member)
    return _back(chosen)


def _conversation(request: MemberRequest, pk: int) -> Conversation:
    rows = Conversation.objects.of(request.organisation).select_related(
        "location", "channel__location", "assignee__user"
    )
    found = get_object_or_404(rows, pk=pk)
    found.organisation = request.organisation
    return found


def _page(
    request: MemberRequest,
    chosen: Conversation,
    *,
    composer: Composer | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a conversation with everything its page shows."""
    thread = entries(chosen)
    heard = newest_heard(thread)
    if composer is None and heard:
        composer = compose(chosen, heard)
    now = timezone.now()
    context = _list_context(request) | {
        "show": "pane",
        "conversation": chosen,
        "manifest": chosen.channel.manifest,
        "thread": thread,
        "heard": heard,
        "composer": composer,
        "problem": problem,
        "clock": read(
            due_at=chosen.due_at,
            paused_left=chosen.paused_left,
            start=chosen.last_mention_at,
            now=now,
            zone=chosen.location.time_zone,
        ),
        "clock_rule": rule_sentence(chosen.clock_rule),
        "colleagues": Member.objects.of(request.organisation).filter(is_active=True).select_related("user"),
        "swap": False,
    }
    return render(request, "inbox/inbox.html", context, status=status)


def _list_context(request: MemberRequest) -> dict[str, Any]:
    view = request.GET.get("view", "open")
    if view not in listing.VIEWS:
        raise Http404
    now = timezone.now()
    locations = list(Location.objects.of(request.organisation).only("name", "time_zone"))
    location = next((place for place in locations if str(place.pk) == request.GET.get("location")), None)
    if request.GET.get("location") and location is None:
        raise Http404
    chosen = listing.choose(request.member, view, location=location, now=now)
    try:
        page = listing.page(chosen, request.member, locations, view=view, after=request.GET.get("after", ""), now=now)
    except listing.CursorInvalid as exc:
        raise Http404 from exc
    numbers, newest = listing.counts(request.member, location=location, now=now)
    return {
        "here": "inbox",
        "view": view,
        "views": listing.VIEWS,
        "counts": numbers,
        "locations": locations,
        "location": location,
        "rows": page.rows,
        "after": page.after,
        "query": _query(request),
        "newest": newest,
        "manifests": {name: registry.get(name).manifest for name in {row["channel__platform"] for row in page.rows}},
        "labels": labels,
        "now": now,
        "news": 0,
    }


def _posted_composer(request: MemberRequest, chosen: Conversation) -> Composer:
    """Return the composer with the posted words, and the chosen rewrites put in."""
    text, mention = _text(request), _mention(chosen, request.POST.get("mention", ""))
    composer = compose(chosen, mention, text=text)
    wanted = request.POST.get("use", "")
    findings = composer.verdict.findings
    numbers = range(len(findings), 0, -1) if wanted == "all" else [_number(wanted)]
    for number in numbers if wanted else []:
        text = use(text, findings, number)
    return compose(chosen, mention, text=text) if wanted else composer


def _mention(chosen: Conversation, pk: str) -> Mention:
    return get_object_or_404(Mention, conversation=chosen, pk=_number(pk), is_own=False)


def _text(request: MemberRequest) -> str:
    """Return the posted words with the line ends that the guard counts."""
    return request.POST.get("text", "").replace("\r\n", "\n")[:MOST_TEXT]


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 19 else 0


def _query(request: MemberRequest) -> str:
    """Return the part of the address that keeps tab and location, to be put behind a "?"."""
    kept = {name: request.GET[name] for name in ("view", "location") if request.GET.get(name)}
    return "&".join(f"{name}={value}" for name, value in kept.items() if value.replace("_", "").isalnum())


def _tomorrow_morning(location: Location) -> datetime:
    zone = ZoneInfo(location.time_zone)
    day = timezone.now().astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(8), zone)


def _back(chosen: Conversation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("conversation", args=[chosen.pk]))
