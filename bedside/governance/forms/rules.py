"""The form of a location's rules, drawn from what the guard says of itself: its profiles and its options."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bedside.accounts.models import Location, Profile
from bedside.guard.profiles import OPTIONS, PROFILES, Option, default_of

PROBLEMS = {
    "required": _("Choose one of these."),
    "invalid_choice": _("This is none of the choices. Choose one of these."),
}


class OptionField(forms.ChoiceField):
    """The answer to an option. That of the profile is "": it goes with the profile when another one is chosen."""

    def __init__(self, option: Option, *, profile: str, chosen: str) -> None:
        self.default = default_of(profile, option.name)
        self.sources = {self.prepare_value(choice.value): choice.source for choice in option.choices}
        super().__init__(
            label=gettext(option.asks),
            choices=[(self.prepare_value(choice.value), gettext(choice.means)) for choice in option.choices],
            initial=chosen,
            required=False,
            widget=forms.RadioSelect,
            error_messages=PROBLEMS,
        )

    def prepare_value(self, value: Any) -> Any:
        return "" if value == self.default else value

    def to_python(self, value: Any) -> str:
        if value is None:  # no answer is not the default: a form that lost a question must not loosen it
            raise ValidationError(self.error_messages["required"], code="required")
        return str(self.prepare_value(super().to_python(value)))


class RulesForm(forms.Form):
    """The profile of a location, and its own answers where sources disagree."""

    profile = forms.ChoiceField(
        label=_("Which rules hold here?"), choices=Profile.choices, widget=forms.RadioSelect, error_messages=PROBLEMS
    )

    def __init__(self, data: Any = None, *, location: Location) -> None:
        super().__init__(data, initial={"profile": location.profile})
        asked = self["profile"].value()
        drawn = asked if asked in PROFILES else location.profile
        for option in OPTIONS.values():
            chosen = location.options.get(option.name, "")
            self.fields[option.name] = OptionField(option, profile=drawn, chosen=chosen)

    def questions(self) -> list[forms.BoundField]:
        """Return the fields of the options."""
        return [self[name] for name in OPTIONS]

    def options(self) -> dict[str, str]:
        """Return what was chosen otherwise than the profile does."""
        return {name: self.cleaned_data[name] for name in OPTIONS if self.cleaned_data[name]}
