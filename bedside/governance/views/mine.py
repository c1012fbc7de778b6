"""What is one's own: name and language, and for which organisation one works today."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bedside.accounts.backend import memberships_of
from bedside.accounts.roles import Right
from bedside.accounts.tenancy import CHOSEN, MemberRequest, needs
from bedside.governance.actions.people import keep_account
from bedside.governance.forms.people import AccountForm
from bedside.lib.pages import render


@require_http_methods(["GET", "POST"])
@needs(Right.READ)
def my_account(request: MemberRequest) -> HttpResponse:
    mine = {"name": request.user.name, "language": request.user.language}
    form = AccountForm(request.POST or None, initial=mine)
    if form.is_valid():
        keep_account(request.member, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
        with translation.override(request.user.language):
            messages.success(request, _("Your account is saved."))
        return redirect("settings")
    return render(request, "settings/my_account.html", {"form": form, "here": "settings"})


@require_http_methods(["GET", "POST"])
@needs(Right.READ)
def my_organisation(request: MemberRequest) -> HttpResponse:
    """Show where one works, and go there."""
    memberships = memberships_of(request.user).order_by("organisation__name")
    if request.method == "POST":
        number = request.POST.get("organisation", "")
        chosen = get_object_or_404(memberships, organisation=int(number) if number.isdecimal() else 0)
        request.session[CHOSEN] = chosen.organisation_id
        return redirect("today")
    return render(request, "settings/my_organisation.html", {"memberships": list(memberships), "here": "settings"})
