"""Settings, Channels."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bedside.accounts.models import Channel, Location, Organisation
from bedside.accounts.roles import Right
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.connectors import registry
from bedside.connectors.base import Manifest
from bedside.connectors.errors import ConnectorError
from bedside.governance.actions import channels as actions
from bedside.governance.errors import Refused
from bedside.governance.forms.channels import ConnectForm, NameForm, SecretsForm
from bedside.governance.standing import abilities, modes, standing
from bedside.lib.pages import render
from bedside.lib.sealing import SealBroken
from bedside.lib.tenant import TenantQuerySet

ALARMS = ("stop", "care", "")  # what needs somebody stands first
PRACTICE = "sandbox"  # an invented platform: for demos and for whoever develops


@require_GET
@needs(Right.MANAGE)
def channels(request: MemberRequest) -> HttpResponse:
    rows = Channel.objects.of(request.organisation).select_related("location", "credential", "sync")
    now = timezone.now()
    cards = [
        (row, standing(row, now), abilities(row.manifest)) for row in rows.order_by("location__name", "platform", "pk")
    ]
    cards.sort(key=lambda card: ALARMS.index(card[1].alarm))
    has_locations = bool(cards) or _locations(request).exists()
    context = {"cards": cards, "modes": modes(), "has_locations": has_locations, "here": "settings"}
    return render(request, "settings/channels.html", context)


@require_GET
@needs(Right.MANAGE)
def channel_add(request: MemberRequest) -> HttpResponse:
    offers = [(manifest, abilities(manifest)) for manifest in _offered(request.organisation)]
    return render(request, "settings/channel_add.html", {"offers": offers, "modes": modes(), "here": "settings"})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def channel_connect(request: MemberRequest, platform: str) -> HttpResponse:
    manifest = next((one for one in _offered(request.organisation) if one.platform == platform), None)
    if manifest is None:
        raise Http404
    form = ConnectForm(request.POST or None, manifest=manifest, locations=_locations(request))
    if form.is_valid():
        place: Location = form.cleaned_data["location"]
        try:
            channel = actions.add_channel(place, platform, secrets=form.secrets(), by=request.member)
        except (ConnectorError, Refused) as exc:
            form.add_error(None, _(str(exc)))
        else:
            messages.success(
                request, _("%(name)s is connected. What is new there appears in the inbox.") % {"name": channel.name}
            )
            return redirect("channels")
    return render(request, "settings/channel_connect.html", {"form": form, "manifest": manifest, "here": "settings"})


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def channel(request: MemberRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    form = NameForm(request.POST or None, initial={"name": row.name})
    if form.is_valid():
        actions.rename(row, form.cleaned_data["name"], by=request.member)
        messages.success(request, _("The name is saved."))
        return redirect("channel", pk=pk)
    return _page(request, row, form)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def channel_reconnect(request: MemberRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    form = SecretsForm(request.POST or None, manifest=row.manifest, known=_known(row))
    if form.is_valid():
        try:
            actions.reconnect(row, secrets=form.secrets(), by=request.member)
        except (ConnectorError, Refused) as exc:
            form.add_error(None, _(str(exc)))
        else:
            messages.success(request, _("%(name)s is connected again.") % {"name": row.name})
            return redirect("channels")
    context = {"form": form, "manifest": row.manifest, "channel": row, "here": "settings"}
    return render(request, "settings/channel_connect.html", context)


@require_POST
@needs(Right.MANAGE)
def channel_pause(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.pause)


@require_POST
@needs(Right.MANAGE)
def channel_continue(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.go_on)


@require_POST
@needs(Right.MANAGE)
def channel_disconnect(request: MemberRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.disconnect)


def _do(request: MemberRequest, pk: int, act: Callable[..., None]) -> HttpResponse:
    row = _one(request, pk)
    try:
        act(row, by=request.member)
    except Refused as exc:
        return _page(request, row, NameForm(initial={"name": row.name}), problem=str(exc))
    return redirect("channel", pk=pk)


def _page(request: MemberRequest, row: Channel, form: NameForm, *, problem: str = "") -> HttpResponse:
    context = {
        "channel": row,
        "standing": standing(row, timezone.now()),
        "abilities": abilities(row.manifest),
        "form": form,
        "problem": problem,
        "here": "settings",
    }
    return render(request, "settings/channel.html", context, status=409 if problem else 200)


def _one(request: MemberRequest, pk: int) -> Channel:
    rows = Channel.objects.of(request.organisation).select_related("organisation", "location", "credential", "sync")
    return get_object_or_404(rows, pk=pk)


def _locations(request: MemberRequest) -> TenantQuerySet[Location]:
    return Location.objects.of(request.organisation).order_by("name")


def _known(row: Channel) -> dict[str, str]:
    """Return what was typed last time; the form shows only what is not hidden."""
    try:
        return row.credential.secrets if row.has_credential else {}
    except SealBroken:
        return {}


def _offered(organisation: Organisation) -> list[Manifest]:
    """Return the platforms this organisation can connect."""
    may_practise = settings.DEBUG or organisation.is_demo
    return [registry.get(name).manifest for name in registry.INSTALLED if name != PRACTICE or may_practise]
