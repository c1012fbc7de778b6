"""Inviting people, changing their roles, and closing their access.

A link to choose a password opens somebody's account, so it exists only for a person of this organisation alone who has no
password: making one ends the old password. Who works for several organisations is never reached through one of them.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from bedside.accounts.models import Member, Organisation, User
from bedside.accounts.roles import Role
from bedside.governance.audit import record
from bedside.governance.errors import Refused

logger = logging.getLogger(__name__)


@transaction.atomic
def invite(name: str, email: str, *, role: Role, by: Member) -> Member:
    """Give somebody a place. A person who is new here gets an account without a password; see `make_link`."""
    _only_owners_make_owners(role, by)
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email, name=name, language=by.user.language)
    elif Member.objects.filter(organisation=by.organisation, user=user).exists():
        raise Refused(_("%(email)s has a place here already. Look in the list of people.") % {"email": user.email})
    elif not user.has_usable_password():
        raise Refused(
            _("This address was invited by somebody else and has not come in yet. Invite it again after that.")
        )
    member = Member.objects.create(organisation=by.organisation, user=user, role=role)
    _record(member, "member.invited", by, role=role)
    return member


@transaction.atomic
def make_link(member: Member, *, by: Member) -> str:
    """Return the path with which this person chooses a password, once. A password they have ends now."""
    _mind(member, by)
    if not member.is_active:
        raise Refused(_("Open the access first; then make a link."))
    if Member.objects.filter(user=member.user).exclude(pk=member.pk).exists():
        raise Refused(_("This person works for other organisations too, and chooses a new password at the door."))
    member.user.set_unusable_password()
    member.user.save(update_fields=["password"])
    _record(member, "member.link_made", by)
    key = default_token_generator.make_token(member.user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(member.user), key])


def mail_link(member: Member, link: str, *, by: Member) -> bool:
    """Send the link by e-mail, when there is a mail server. Return whether it went."""
    if not settings.EMAIL_HOST:
        return False
    about = {"organisation": by.organisation.name, "inviter": by.user.name, "link": link}
    with translation.override(member.user.language):
        subject = render_to_string("account/email/invitation_subject.txt", about).strip()
        text = render_to_string("account/email/invitation_message.txt", about)
    try:
        return bool(send_mail(subject, text, None, [member.user.email]))
    except (SMTPException, OSError) as exc:
        logger.warning("the invitation of member %s could not be sent: %s", member.pk, type(exc).__name__)
        return False


@transaction.atomic
def change_role(member: Member, role: Role, *, by: Member) -> None:
    _mind(member, by)
    _only_owners_make_owners(role, by)
    if role != Role.OWNER:
        _keep_an_owner(member)
    was, member.role = member.role, role
    member.save(update_fields=["role"])
    _record(member, "member.role_changed", by, was=was, role=role)


@transaction.atomic
def close_access(member: Member, *, by: Member) -> None:
    """Shut the door for this person at once. What they did stays theirs."""
    _mind(member, by)
    _keep_an_owner(member)
    _open(member, False, "member.closed", by)


@transaction.atomic
def open_access(member: Member, *, by: Member) -> None:
    _mind(member, by)
    _open(member, True, "member.opened", by)


@transaction.atomic
def keep_account(member: Member, *, name: str, language: str) -> None:
    """Change one's own name and language, the same in every organisation."""
    member.user.name, member.user.language = name, language
    member.user.save(update_fields=["name", "language"])
    _record(member, "member.account_changed", member)


def _mind(member: Member, by: Member) -> None:
    if member.pk == by.pk:
        raise Refused(_("This is you. Somebody else has to do it, so that nobody locks themselves out."))
    if member.role == Role.OWNER and by.role != Role.OWNER:
        raise Refused(_("Only an owner may change an owner."))


def _only_owners_make_owners(role: Role, by: Member) -> None:
    if role == Role.OWNER and by.role != Role.OWNER:
        raise Refused(_("Only an owner may make somebody an owner."))


def _keep_an_owner(member: Member) -> None:
    """Hold the organisation's row, so that two owners cannot close each other at the same time."""
    organisation = Organisation.objects.select_for_update().get(pk=member.organisation_id)
    others = Member.objects.of(organisation).filter(role=Role.OWNER, is_active=True).exclude(pk=member.pk)
    if not others.exists():
        raise Refused(_("This is the last owner. Make somebody else an owner first."))


def _open(member: Member, is_active: bool, action: str, by: Member) -> None:
    member.is_active = is_active
    member.save(update_fields=["is_active"])
    _record(member, action, by)


def _record(member: Member, action: str, by: Member, **details: Any) -> None:
    record(member.organisation, action, by=by, subject=f"member {member.pk}", **details)
