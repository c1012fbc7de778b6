"""The door: signing in, and what is said to somebody who may not come in."""

from __future__ import annotations

from typing import cast

from allauth.account.views import LoginView, PasswordResetView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from bedside.accounts.forms import ForgottenForm, SignInForm
from bedside.accounts.models import User
from bedside.lib.pages import render

_sign_in = LoginView.as_view(form_class=SignInForm)
_forgotten = PasswordResetView.as_view(form_class=ForgottenForm)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the door; before anybody lives here, the first-run page."""
    if request.method == "GET" and not User.objects.exists():
        return redirect("first_run")
    return cast(HttpResponse, _sign_in(request))


@require_GET
@login_required
def no_organisation(request: HttpRequest) -> HttpResponse:
    """Say to a signed-in person that they are a member of nothing."""
    if request.member:  # type: ignore[attr-defined]
        return HttpResponseRedirect("/")
    return render(request, "account/no_organisation.html", {})


@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link to choose a new password; without a mail server, say who else can make one.

    No link is made then: it would be written to the log instead of a letter.
    """
    if not settings.EMAIL_HOST:
        return render(request, "account/no_mail.html", {})
    return cast(HttpResponse, _forgotten(request))
