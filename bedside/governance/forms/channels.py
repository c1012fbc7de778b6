"""The form that connects a channel: what the platform's manifest asks for, and the location."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bedside.accounts.models import Location
from bedside.connectors.base import Manifest, Secret
from bedside.governance.forms.places import name_field
from bedside.lib.tenant import TenantQuerySet

PREFIX = "secret_"


def secret_field(secret: Secret, known: Mapping[str, str]) -> forms.CharField:
    """Return the field of one secret; a hidden one is never shown again, not even to who typed it."""
    attrs = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
    widget = (
        forms.PasswordInput(attrs=attrs | {"autocomplete": "new-password"}) if secret.hidden else forms.TextInput(attrs)
    )
    initial = "" if secret.hidden else known.get(secret.name, secret.default)
    return forms.CharField(
        label=gettext(secret.label),
        help_text=gettext(secret.hint) if secret.hint else "",
        required=False,
        max_length=500,
        widget=widget,
        initial=initial,
    )


class SecretsForm(forms.Form):
    """The secrets alone, for a channel that is connected again."""

    def __init__(self, *args: Any, manifest: Manifest, known: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manifest = manifest
        for secret in manifest.secrets:
            self.fields[PREFIX + secret.name] = secret_field(secret, known or {})

    def secret_fields(self) -> list[forms.BoundField]:
        return [self[PREFIX + secret.name] for secret in self.manifest.secrets]

    def secrets(self) -> dict[str, str]:
        """Return what was typed; where nothing was, what the manifest says."""
        return {
            secret.name: self.cleaned_data[PREFIX + secret.name].strip() or secret.default
            for secret in self.manifest.secrets
        }


class ConnectForm(SecretsForm):
    location = forms.ModelChoiceField(
        label=_("Location"),
        queryset=Location.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the location this page belongs to.")},
    )

    def __init__(self, *args: Any, locations: TenantQuerySet[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations  # type: ignore[attr-defined]


class NameForm(forms.Form):
    name = name_field(_("Name"), _("Write how you want to call this channel."), help_text=_("Only you see it."))
