"""The pages of listening: how the channels are heard, imports from upload to result, and the door for webhooks."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bedside.accounts.models import Channel
from bedside.accounts.roles import Right
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.connectors.base import Push
from bedside.connectors.errors import SignatureInvalid
from bedside.lib.pages import render, too_large
from bedside.lib.sealing import SealBroken
from bedside.listening import importing, pushes
from bedside.listening.forms import ColumnsForm, UploadForm
from bedside.listening.hearing import hearings, sentence
from bedside.listening.layout import UnreadableFile
from bedside.listening.mapping import LABELS
from bedside.listening.models import BadRow, Import, ImportState
from bedside.listening.showing import as_read

NEWEST = 20  # imports in the list
MOST_LINES = 100  # of bad rows on the page; the download has them all


@require_GET
@needs(Right.READ)
def listening(request: MemberRequest) -> HttpResponse:
    """Each channel with when it was last heard and what to do about it; the imports below."""
    now = timezone.now()
    channels = Channel.objects.of(request.organisation).select_related("location", "sync")
    found = hearings(list(channels.order_by("location__name", "platform", "pk")), now=now)
    imports = Import.objects.of(request.organisation).select_related("channel__location", "created_by__user")
    context = {
        "here": "listening",
        "hearings": found,
        "sentence": sentence(found) if found else "",
        "imports": imports.order_by("-id")[:NEWEST],
        "can_import": request.member.can(Right.IMPORT),
        "can_manage": request.member.can(Right.MANAGE),
        "now": now,
    }
    return render(request, "listening/listening.html", context)


def refuse_large(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer an upload that is too large before a byte of it is read. The view itself asks for the CSRF token."""

    @csrf_exempt
    @wraps(view)
    def sized(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _length(request) > settings.MOST_UPLOAD_BYTES:
            most = settings.MOST_UPLOAD_BYTES // 1024 // 1024
            text = _("The largest file is %(most)s MB. Cut it into parts; reviews that come twice are taken once.")
            return too_large(request, text % {"most": most})
        return view(request, *args, **kwargs)

    return sized


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or ""
    return int(given) if given.isdecimal() else 0


@refuse_large
@require_http_methods(["GET", "POST"])
@needs(Right.IMPORT)
@csrf_protect
def import_new(request: MemberRequest) -> HttpResponse:
    """Choose a file and where it was said."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {"channel": request.GET.get("channel")}
    form = UploadForm(*posted, organisation=request.organisation, initial=initial)
    if form.is_valid():
        channel, file = form.cleaned_data["channel"], form.cleaned_data["file"]
        try:
            row = importing.keep_upload(
                channel, file.chunks(), file_name=file.name, by=request.member, now=timezone.now()
            )
        except UnreadableFile as exc:
            form.add_error("file", _(str(exc)))
        else:
            return HttpResponseRedirect(reverse("import_detail", args=[row.pk]))
    return render(request, "listening/import_new.html", {"here": "listening", "form": form})


@require_http_methods(["GET", "POST"])
@needs(Right.IMPORT)
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """Its columns while they are being chosen, then how far it is, then what came of it."""
    rows = Import.objects.of(request.organisation).select_related("channel__location", "channel__organisation")
    row = get_object_or_404(rows.select_related("organisation", "created_by__user"), pk=pk)
    if row.state == ImportState.MAPPING:
        return _columns(request, row)
    if request.htmx and row.state != ImportState.READING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    bad = BadRow.objects.of(request.organisation).filter(of_import=row)
    now = timezone.now()
    context = {
        "here": "listening",
        "row": row,
        "left": row.time_left(now),
        "is_reading": row.state == ImportState.READING,
        "is_stopped": row.state == ImportState.STOPPED,
        "bad_rows": bad[:MOST_LINES] if row.bad and row.state != ImportState.READING else [],
        "most_lines": MOST_LINES,
        "most_kept": importing.MOST_BAD_ROWS,
    }
    return render(request, "listening/import_detail.html", context, block="reading" if request.htmx else "")


def _columns(request: MemberRequest, row: Import) -> HttpResponse:
    """Choose the columns, with the first rows and how they would be read."""
    file = importing.file_of(row)
    try:
        found = importing.preview(file, country=row.channel.location.country) if file else None
    except (OSError, UnreadableFile):
        found = None
    if found is None:
        importing.throw_away(row)
        messages.info(request, _("That file is no longer here. Choose it again."))
        return HttpResponseRedirect(reverse("import_new"))
    posted = request.POST if request.method == "POST" else None
    form = ColumnsForm(posted, channel=row.channel, columns=found.layout.columns, mapping=row.mapping)
    is_look = bool(posted) and "look" in request.POST
    if posted and not is_look and form.is_valid():
        importing.begin(row, form.mapping(), by=request.member, now=timezone.now())
        return HttpResponseRedirect(request.path)
    context = {"here": "listening", "row": row, "form": form, "found": found, "labels": LABELS, "is_look": is_look}
    context["said"] = as_read(found.rows, form, now=timezone.now())
    return render(request, "listening/import_columns.html", context, block="said" if request.htmx else "")


@require_POST
@needs(Right.IMPORT)
def import_stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop and keep what is there; an upload that has not begun is thrown away."""
    row = get_object_or_404(Import.objects.of(request.organisation).select_related("organisation"), pk=pk)
    if row.state == ImportState.MAPPING and importing.throw_away(row):
        messages.success(request, _("The file is thrown away. Nothing of it was read."))
        return HttpResponseRedirect(reverse("listening"))
    importing.stop(row, by=request.member, now=timezone.now())
    return HttpResponseRedirect(reverse("import_detail", args=[pk]))


@require_GET
@needs(Right.IMPORT)
def import_bad_rows(request: MemberRequest, pk: int) -> HttpResponse:
    """The lines that could not be read and why, as CSV, without what they say."""
    row = get_object_or_404(Import.objects.of(request.organisation), pk=pk)
    bad = BadRow.objects.of(request.organisation).filter(of_import=row).values_list("line", "reason")
    headers = {"Content-Disposition": f'attachment; filename="import-{pk}-bad-rows.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    table = csv.writer(response)
    table.writerow((_("line"), _("reason")))
    table.writerows((line, _(reason)) for line, reason in bad)
    return response


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, platform: str, token: str) -> JsonResponse:
    """Take what a platform pushes: store it, answer, and read it later."""
    most = settings.MOST_PUSH_BYTES
    if _length(request) > most:
        return _refuse(413, _("This is larger than %(most)s kB. Send less at once.") % {"most": most // 1024})
    channel = pushes.channel_for(platform, token)
    if channel is None:
        return _refuse(404, _("No channel listens at this address."))
    try:
        body = request.read(most + 1)
    except (OSError, RequestDataTooBig):
        return _refuse(400, _("The body did not arrive whole. Send it again."))
    if len(body) > most:
        return _refuse(413, _("This is larger than %(most)s kB. Send less at once.") % {"most": most // 1024})
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        pushes.accept(channel, Push(headers=headers, body=body, query=request.GET.dict()), now=timezone.now())
    except SignatureInvalid:
        return _refuse(401, _("The signature does not hold. Check the secret on both sides."))
    except pushes.Unreadable:
        return _refuse(400, _("This could not be read as what the platform sends."))
    except SealBroken:
        return _refuse(503, _("The secret of this channel cannot be opened. Send this again later."))
    return JsonResponse({"status": "accepted"}, status=202)


def _refuse(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
