"""Settings, API keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bedside.accounts.models import ApiKey
from bedside.accounts.roles import Right
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.governance.actions import keys as actions
from bedside.governance.forms.keys import KeyForm
from bedside.lib.pages import render

KEY = "new_api_key"  # the session's key: one that was made and not yet shown


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def api_keys(request: MemberRequest) -> HttpResponse:
    """The keys; a new one is shown once, on the page that follows its making."""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        request.session[KEY] = actions.make_key(form.cleaned_data["name"], by=request.member)
        return redirect("api_keys")
    rows = ApiKey.objects.of(request.organisation).living().select_related("made_by__user").order_by("-pk")
    context = {"keys": list(rows), "form": form, "new": request.session.pop(KEY, ""), "here": "settings"}
    context["address"] = request.build_absolute_uri(reverse("api:api_guard"))
    return render(request, "settings/api_keys.html", context)


@require_POST
@needs(Right.MANAGE)
def api_key_end(request: MemberRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ApiKey.objects.of(request.organisation), pk=pk)
    actions.end_key(row, by=request.member)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("api_keys")
