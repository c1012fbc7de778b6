"""For whom a request is made: the member, the organisation, the language; and the decorator that asks for a right."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from bedside.accounts.backend import memberships_of
from bedside.accounts.models import Member, Organisation, User
from bedside.accounts.roles import Right

Get = Callable[[HttpRequest], HttpResponse]
Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer", bound=HttpResponseBase)
CHOSEN = "organisation"  # the session's key: which of several organisations the person works for


class MemberRequest(HttpRequest):
    """A request of a signed-in member. The decorator `needs` makes sure that both are there."""

    user: User
    member: Member
    organisation: Organisation
    has_other_organisations: bool
    htmx: HtmxDetails


def choose_language(get_response: Get) -> Get:
    """Speak the person's language; before sign-in, the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        language = user.language if isinstance(user, User) else translation.get_language_from_request(request)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def choose_organisation(get_response: Get) -> Get:
    """Set `member` and `organisation`; both None for a stranger and for a person without a membership."""

    def middleware(request: HttpRequest) -> HttpResponse:
        found = _memberships(request) if request.user.is_authenticated else []
        member = found[0] if found else None
        request.member = member  # type: ignore[attr-defined]
        request.organisation = member.organisation if member else None  # type: ignore[attr-defined]
        request.has_other_organisations = len(found) > 1  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _memberships(request: HttpRequest) -> list[Member]:
    """Return the chosen membership, else the oldest, and one more if there is one.

    They came with the person; only who works for three organisations or more and has chosen a later one asks again.
    """
    user, chosen = cast("User", request.user), request.session.get(CHOSEN)
    found = sorted(user.workplaces, key=lambda member: member.organisation_id != chosen)
    if chosen and len(found) == 2 and found[0].organisation_id != chosen:
        later = list(memberships_of(user).filter(organisation=chosen))
        for member in later:
            member.user = user
        found = [*later, *found]
    return found


def needs(
    right: Right,
) -> Callable[
    [Callable[Concatenate[Any, Parameters], Answer]], Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]
]:
    """Let members with this right in. A stranger is sent to sign-in; a member without the right is told so."""

    def decorate(
        view: Callable[Concatenate[Any, Parameters], Answer],
    ) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
            member = getattr(request, "member", None)
            if member is None:
                return HttpResponseRedirect(reverse("no_organisation"))
            if not member.can(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        inner = cast("Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]", login_required(guarded))
        inner.right = right  # type: ignore[attr-defined]
        return inner

    return decorate
