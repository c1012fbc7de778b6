"""Forms about API keys."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("A name that tells you later which program holds it."),
        max_length=60,
        error_messages={"required": _("Write what the key is for.")},
    )
