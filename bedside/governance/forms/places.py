"""The form of a location: who and where it is, when it is open, and who works there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bedside.accounts.geography import LANGUAGES, country_choices, profile_for, zone_choices, zone_for
from bedside.accounts.models import Location, Organisation, Profile
from bedside.lib.opening import DAYS, NotHours, read_day, write_day

DAY_NAMES = dict(
    zip(
        DAYS,
        (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")),
        strict=True,
    )
)
SEVERAL_ZONES = _("This country has several time zones. Choose one.")


def name_field(label: Any, problem: Any, **more: Any) -> forms.CharField:
    """Return a field for a name of up to 120 letters."""
    errors = {"required": problem, "max_length": _("Shorten this to 120 letters.")}
    return forms.CharField(label=label, max_length=120, error_messages=errors, **more)


def country_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Country"), choices=country_choices)


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language"), choices=list(LANGUAGES.items()), help_text=_("In which this place answers.")
    )


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [("", _("That of the country")), *zone_choices()],
        required=False,
    )


def clean_zone(form: forms.Form | forms.ModelForm) -> str:  # type: ignore[type-arg]
    """Return the chosen time zone, or the country's; raise ValidationError where there are several."""
    zone = form.cleaned_data.get("time_zone") or zone_for(form.cleaned_data.get("country", ""))
    if not zone:
        raise ValidationError(SEVERAL_ZONES)
    return zone


class HoursField(forms.CharField):
    """A day's opening hours as somebody would write them on a door: "08:00-12:00, 13:30-18:00"; empty is closed."""

    def to_python(self, value: str | None) -> Any:
        try:
            return read_day(super().to_python(value) or "")
        except NotHours:
            raise ValidationError(
                _("Write it like 08:00-12:00, 13:30-18:00, earlier first. Leave it empty when you are closed.")
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else write_day(value or ())


class NamesField(forms.CharField):
    """Names, one a line; each once."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **more)

    def to_python(self, value: str | None) -> Any:
        names = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        if any(len(name) > 120 for name in names):
            raise ValidationError(_("One of these names is longer than 120 letters. Write one name a line."))
        return list(dict.fromkeys(filter(None, names)))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(value or ())


class LocationForm(forms.ModelForm):  # type: ignore[type-arg]
    name = name_field(_("Name"), _("Write the name of this place, as people know it."))
    country = country_field()
    language = language_field()
    time_zone = zone_field()
    profile = forms.ChoiceField(label=_("Rules"), choices=Profile.choices, widget=forms.RadioSelect)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": _("Write it like https://clinic.example.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        error_messages={"invalid": _("Write the address like name@clinic.example.")},
    )
    practitioners = NamesField(
        label=_("Who works here"),
        required=False,
        help_text=_("One name a line, with title. When a review names them, you see it; an answer may name them."),
    )

    class Meta:
        model = Location
        fields = ("name", "country", "language", "time_zone", "profile", "phone", "email", "website", "address")
        labels = {"phone": _("Telephone"), "address": _("Address")}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.initial.setdefault("profile", profile_for(self.initial.get("country", "")))
        for day, name in DAY_NAMES.items():
            self.fields[day] = HoursField(
                label=capfirst(name), required=False, initial=self.instance.hours.get(day, [])
            )
        if self.instance.pk:
            del self.fields["profile"]  # it has a page of its own, with the options
            self.fields["practitioners"].initial = [person.name for person in self.instance.practitioners.all()]

    def days(self) -> list[forms.BoundField]:
        """Return the fields of the week."""
        return [self[day] for day in DAYS]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Location.objects.of(self.organisation).filter(name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("You have a location of this name. Choose another."))
        return name

    def clean_time_zone(self) -> str:
        return clean_zone(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.instance.hours = {day: cleaned[day] for day in DAYS if cleaned.get(day)}
        return cleaned
