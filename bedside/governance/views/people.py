"""Settings, People."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bedside.accounts.models import Member
from bedside.accounts.roles import Right, Role
from bedside.accounts.tenancy import MemberRequest, needs
from bedside.governance.actions import people as actions
from bedside.governance.errors import Refused
from bedside.governance.forms.people import DUTIES, InviteForm, RoleForm
from bedside.lib.pages import render

LINK = "password_link"  # the session's key: a link that was made and not yet shown


@require_GET
@needs(Right.MANAGE)
def people(request: MemberRequest) -> HttpResponse:
    members = Member.objects.of(request.organisation).select_related("user").order_by("-is_active", "user__name", "pk")
    return render(request, "settings/people.html", {"members": list(members), "here": "settings"})


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def person_invite(request: MemberRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            member = actions.invite(data["name"], data["email"], role=data["role"], by=request.member)
        except Refused as exc:
            form.add_error("email", str(exc))
        else:
            return _welcome(request, member)
    return render(request, "settings/person_invite.html", {"form": form, "duties": DUTIES, "here": "settings"})


def _welcome(request: MemberRequest, member: Member) -> HttpResponse:
    if member.user.has_usable_password():
        text = _("%(name)s has an account already and finds this organisation after signing in.")
        messages.success(request, text % {"name": member.user.name})
        return redirect("people")
    return _show_link(request, member)


@require_http_methods(["GET", "POST"])
@needs(Right.MANAGE)
def person(request: MemberRequest, pk: int) -> HttpResponse:
    member = _one(request, pk)
    form = RoleForm(request.POST or None, initial={"role": member.role})
    if form.is_valid():
        role: Role = form.cleaned_data["role"]
        return _do(request, member, lambda: actions.change_role(member, role, by=request.member))
    return _page(request, member, form)


@require_POST
@needs(Right.MANAGE)
def person_link(request: MemberRequest, pk: int) -> HttpResponse:
    member = _one(request, pk)
    try:
        return _show_link(request, member)
    except Refused as exc:
        return _page(request, member, RoleForm(initial={"role": member.role}), problem=str(exc))


@require_POST
@needs(Right.MANAGE)
def person_close(request: MemberRequest, pk: int) -> HttpResponse:
    member = _one(request, pk)
    return _do(request, member, lambda: actions.close_access(member, by=request.member))


@require_POST
@needs(Right.MANAGE)
def person_open(request: MemberRequest, pk: int) -> HttpResponse:
    member = _one(request, pk)
    return _do(request, member, lambda: actions.open_access(member, by=request.member))


def _show_link(request: MemberRequest, member: Member) -> HttpResponse:
    """Make a link and show it on the person's page, once."""
    link = request.build_absolute_uri(actions.make_link(member, by=request.member))
    is_sent = actions.mail_link(member, link, by=request.member)
    request.session[LINK] = {"member": member.pk, "link": link, "is_sent": is_sent}
    return redirect("person", pk=member.pk)


def _do(request: MemberRequest, member: Member, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refused as exc:
        member.refresh_from_db()
        return _page(request, member, RoleForm(initial={"role": member.role}), problem=str(exc))
    messages.success(request, _("Saved."))
    return redirect("person", pk=member.pk)


def _page(request: MemberRequest, member: Member, form: RoleForm, *, problem: str = "") -> HttpResponse:
    kept = request.session.get(LINK, {})
    link = request.session.pop(LINK) if kept.get("member") == member.pk else None
    context = {
        "member": member,
        "form": form,
        "duties": DUTIES,
        "link": link,
        "problem": problem,
        "here": "settings",
    }
    return render(request, "settings/person.html", context, status=409 if problem else 200)


def _one(request: MemberRequest, pk: int) -> Member:
    members = Member.objects.of(request.organisation).select_related("user", "organisation")
    return get_object_or_404(members, pk=pk)
