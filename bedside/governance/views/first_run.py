"""The first run: before anybody lives here, one page makes the organisation, its location and its owner."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bedside.accounts.geography import COUNTRIES, ELSEWHERE, LANGUAGES
from bedside.accounts.models import User
from bedside.governance.actions.first_run import open_house
from bedside.governance.errors import AlreadyOpen
from bedside.governance.forms.first_run import FirstRunForm
from bedside.lib.installation import setup_code
from bedside.lib.pages import render

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password", "setup_code")
def first_run(request: HttpRequest) -> HttpResponse:
    if User.objects.exists():
        return redirect("account_login")
    code = "" if comes_from_here(request) else setup_code(settings.HOME)
    form = FirstRunForm(request.POST or None, code=code, initial=guess(request))
    if form.is_valid():
        return _open(request, form)
    return render(request, "first_run.html", {"form": form})


def _open(request: HttpRequest, form: FirstRunForm) -> HttpResponse:
    organisation, location = form.place()
    owner = form.owner()
    owner.language = translation.get_language() or "en"
    try:
        open_house(organisation, location, owner=owner)
    except AlreadyOpen:
        return redirect("account_login")
    login(request, owner)
    return redirect("today")


def comes_from_here(request: HttpRequest) -> bool:
    """Return whether the browser runs on this machine: a loopback address and name, and no proxy in between."""
    passed_on = any(name.startswith(("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_VIA")) for name in request.META)
    name = urlsplit(f"//{request.get_host()}").hostname
    try:
        is_loopback = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:  # a socket of this machine has no address, and the web server in front of it has
        return False
    return is_loopback and not passed_on and name in LOOPBACK_NAMES


def guess(request: HttpRequest) -> dict[str, str]:
    """Return country and language as the browser asks for them: "de-CH" is Switzerland, German."""
    wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    language, _, country = wanted.partition("-")
    return {
        "country": country.upper() if country.upper() in COUNTRIES else ELSEWHERE,
        "language": language.lower() if language.lower() in LANGUAGES else "en",
    }
