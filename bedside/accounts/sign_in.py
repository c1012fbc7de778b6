"""Signing in is allauth's work; this says who may have an account (people who were invited) and in which words."""

from __future__ import annotations

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from bedside.accounts.models import User

PASSWORD_PROBLEMS = {
    "password_too_short": ngettext_lazy(
        "Choose a password of %(min_length)s letter or more.",
        "Choose a password of %(min_length)s letters or more.",
        "min_length",
    ),
    "password_too_similar": _("Choose a password that does not look like your name or address."),
    "password_too_common": _("Many people use this password, and so it is tried first. Choose another."),
}


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves; the owner is made on the first-run page, everyone else is invited."""

    error_messages: ClassVar[dict[str, object]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Address and password do not match."),
        "too_many_login_attempts": _("That did not match too often. Wait 15 minutes, or choose a new password."),
        "enter_current_password": _("This is not your password of today. Type it once more."),
        "invalid_password_reset": _("This link was used already, or it is too old."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")

    def clean_password(self, password: str, user: User | None = None) -> str:
        check_password(password, user)
        return password


def check_password(password: str, user: User | None = None) -> None:
    """Raise ValidationError with one sentence when the password is too easy to guess."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as exc:
        first = exc.error_list[0]
        message = PASSWORD_PROBLEMS.get(first.code or "", first.message)
        raise ValidationError(message, code=first.code, params=first.params) from exc
