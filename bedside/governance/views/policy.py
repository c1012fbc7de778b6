"""Settings, Reading along: when a second person must agree."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bedside.accounts.roles import Right
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.governance.actions.policy import policy_of, publish_policy, readers_along
from bedside.governance.forms.people import MEANINGS, PolicyForm
from bedside.lib.pages import render


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def reading_along(request: MemberRequest) -> HttpResponse:
    policy = policy_of(request.organisation)
    form = PolicyForm(request.POST or None, initial={"eyes": policy.eyes})
    if form.is_valid():
        policy = publish_policy(form.cleaned_data["eyes"], by=request.member)
        messages.success(request, _("Version %(number)s holds from now on.") % {"number": policy.version})
        return redirect("reading_along")
    context = {
        "form": form,
        "policy": policy,
        "meanings": MEANINGS,
        "readers": readers_along(request.organisation),
        "here": "settings",
    }
    return render(request, "settings/reading_along.html", context)
