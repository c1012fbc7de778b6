"""The forms at the door: allauth's, with our words and one field for a new password instead of two."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.utils.translation import gettext_lazy as _

ADDRESS_PROBLEMS = {
    "required": _("Write your e-mail address."),
    "invalid": _("Write the address like name@clinic.example."),
}
PASSWORD_HINT = _("12 letters or more. Three or four words are easy to remember.")
NO_PASSWORD = {"required": _("Write your password.")}


def address_field(**more: Any) -> forms.EmailField:
    """Return the field for somebody's own e-mail address."""
    widget = forms.EmailInput(attrs={"autocomplete": "username"})
    return forms.EmailField(label=_("E-mail address"), widget=widget, error_messages=ADDRESS_PROBLEMS, **more)


def new_password_field() -> forms.CharField:
    """Return the field for a password to be; `sign_in.check_password` judges it."""
    return forms.CharField(
        label=_("New password"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )


class _Plain:
    """Takes off what allauth writes into the fields: labels stand above, not inside."""

    labels: ClassVar[dict[str, Any]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels[name]
            field.help_text = PASSWORD_HINT if name == "password1" else ""
            field.error_messages |= ADDRESS_PROBLEMS if isinstance(field, forms.EmailField) else NO_PASSWORD


class SignInForm(_Plain, LoginForm):  # type: ignore[misc]
    labels = {"login": _("E-mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ForgottenForm(_Plain, ResetPasswordForm):  # type: ignore[misc]
    labels = {"email": _("E-mail address")}


class NewPasswordForm(_Plain, ResetPasswordKeyForm):  # type: ignore[misc]
    labels = {"password1": _("New password")}


class ChangeForm(_Plain, ChangePasswordForm):  # type: ignore[misc]
    labels = {"oldpassword": _("Password of today"), "password1": _("New password")}
