"""The form of the first run: who you are, where you are, and how you sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from bedside.accounts.forms import address_field, new_password_field
from bedside.accounts.geography import profile_for
from bedside.accounts.models import Location, Organisation, User
from bedside.accounts.sign_in import check_password
from bedside.governance.forms.places import clean_zone, country_field, language_field, name_field, zone_field


class FirstRunForm(forms.Form):
    """`code` is what must be typed in when the request comes from another machine; "" asks for none."""

    setup_code = forms.CharField(
        label=_("Setup code"),
        help_text=_("Bedside shows it where you started it, because you came from another machine."),
        error_messages={"required": _("Write the setup code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    organisation = name_field(_("Name of your organisation"), _("Write the name of your practice or group."))
    country = country_field()
    time_zone = zone_field()
    language = language_field()
    location = name_field(
        _("Name of the first location"), "", required=False, help_text=_("Leave it empty when there is only one.")
    )
    name = name_field(
        _("Your name"), _("Write your name, as colleagues know it."), widget=forms.TextInput({"autocomplete": "name"})
    )
    email = address_field(max_length=254)
    password = new_password_field()

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        self.fields["password"].label = _("Password")
        if not code:
            del self.fields["setup_code"]

    def clean_setup_code(self) -> str:
        if not constant_time_compare(self.cleaned_data["setup_code"].strip(), self.code):
            raise ValidationError(_("This is not the setup code. Look where Bedside was started, or ask who did it."))
        return self.code

    def clean_time_zone(self) -> str:
        return clean_zone(self)

    def clean(self) -> None:
        if password := self.cleaned_data.get("password"):
            try:
                check_password(password, self.owner())
            except ValidationError as exc:
                self.add_error("password", exc)

    def owner(self) -> User:
        """Return the unsaved owner."""
        data = self.cleaned_data
        owner = User(email=data.get("email", "").lower(), name=data.get("name", ""))
        owner.set_password(data.get("password"))
        return owner

    def place(self) -> tuple[Organisation, Location]:
        """Return the unsaved organisation and its first location."""
        data = self.cleaned_data
        location = Location(
            name=data["location"] or data["organisation"],
            country=data["country"],
            language=data["language"],
            time_zone=data["time_zone"],
            profile=profile_for(data["country"]),
        )
        return Organisation(name=data["organisation"]), location
