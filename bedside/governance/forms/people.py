"""Forms about people: inviting, giving a role, and one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bedside.accounts.forms import ADDRESS_PROBLEMS
from bedside.accounts.roles import Role
from bedside.governance.forms.places import name_field
from bedside.governance.models import Eyes

DUTIES = {
    Role.OWNER: _("Everything. Only another owner may change an owner."),
    Role.MANAGER: _("Everything: locations, channels, people, rules, and the audit log."),
    Role.COMMUNITY_MANAGER: _("Reads, writes answers, and brings in files."),
    Role.CLINICIAN: _("Reads, writes, and reads along as the second person."),
    Role.COMPLIANCE_OFFICER: _("Reads, writes, reads along, and sees the audit log."),
    Role.AGENCY: _("Reads, writes answers, and brings in files, from outside the clinic."),
    Role.CLIENT: _("Sees what the agency writes, and reads along."),
    Role.AUDITOR: _("Sees everything and the audit log, and changes nothing."),
}
MEANINGS = {
    Eyes.ALWAYS: _("The safest. An answer goes out when somebody else has agreed to exactly this text."),
    Eyes.FLAGGED: _("Plain thanks go out at once; what could hurt somebody waits for a second person."),
    Eyes.NEVER: _("The check still stops what gives a patient away. Nobody else looks."),
}


def role_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Role"),
        choices=Role.choices,
        coerce=Role,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what this person will do.")},
    )


class InviteForm(forms.Form):
    name = name_field(_("Name"), _("Write the name, as colleagues know it."))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("With it the person signs in."),
        error_messages=ADDRESS_PROBLEMS | {"required": _("Write the e-mail address of this person.")},
    )
    role = role_field()


class RoleForm(forms.Form):
    role = role_field()


class AccountForm(forms.Form):
    name = name_field(_("Your name"), _("Write your name, as colleagues know it."))
    language = forms.ChoiceField(label=_("Language of Bedside"), choices=settings.LANGUAGES)


class PolicyForm(forms.Form):
    eyes: Any = forms.TypedChoiceField(
        label=_("When does a second person read along?"), choices=Eyes.choices, coerce=Eyes, widget=forms.RadioSelect
    )
