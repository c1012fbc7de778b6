"""The forms of an import: which file for which channel, and which column is what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bedside.accounts.models import Channel, Organisation
from bedside.listening.layout import EMPTY_FILE
from bedside.listening.mapping import LABELS, MappingProblem, Part, Reader, reader_for
from bedside.listening.values import DateOrder

LEFT_OUT = ("", gettext_lazy("leave out"))
ORDERS = (
    (DateOrder.DAY.value, gettext_lazy("Day first: 03/11/2026 is in November")),
    (DateOrder.MONTH.value, gettext_lazy("Month first: 03/11/2026 is in March")),
)


class ChannelField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Channel) -> str:
        return f"{obj} ({obj.name})" if obj.name != obj.location.name else str(obj)


class UploadForm(forms.Form):
    """A file, and the channel on which it was said."""

    channel = ChannelField(
        queryset=Channel.objects.none(),
        label=gettext_lazy("Where it was said"),
        empty_label=gettext_lazy("Choose a channel"),
        error_messages={"required": gettext_lazy("Choose the channel these reviews belong to.")},
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=False,
        max_length=None,
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy(EMPTY_FILE)},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = Channel.objects.of(organisation).select_related("location", "organisation")
        choice: ChannelField = self.fields["channel"]  # type: ignore[assignment]
        most = {"most": settings.MOST_UPLOAD_BYTES // 1024 // 1024}
        self.fields["file"].help_text = (
            _("CSV or JSON lines, at most %(most)s MB. An Excel sheet is saved as CSV first.") % most
        )
        choice.queryset = channels.order_by("location__name", "platform", "pk")


class ColumnsForm(forms.Form):
    """One choice for each column of a file, and the order of its dates."""

    order = forms.ChoiceField(label=gettext_lazy("Dates in this file"), choices=ORDERS, required=False)

    def __init__(self, posted: Any, *, channel: Channel, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
        chosen = {column: part for part, column in mapping.items() if part != "order"}
        initial = {"order": mapping.get("order")} | {
            _name(n): chosen.get(column, "") for n, column in enumerate(columns)
        }
        super().__init__(posted, initial=initial)
        self.channel, self.columns = channel, columns
        choices = [LEFT_OUT, *((part.value, LABELS[part]) for part in Part)]
        for number, column in enumerate(columns):
            select = forms.Select(attrs={"aria-label": _("What “%(column)s” is") % {"column": column}})
            self.fields[_name(number)] = forms.ChoiceField(choices=choices, required=False, label=column, widget=select)

    @property
    def choices(self) -> list[forms.BoundField]:
        """The choices of the columns, in the order of the file."""
        return [self[_name(number)] for number in range(len(self.columns))]

    def mapping(self) -> dict[str, str]:
        """Return what is chosen, checked or not, as it is stored."""
        given = {_name(number): column for number, column in enumerate(self.columns)}
        chosen = {str(self[name].value() or ""): column for name, column in given.items()}
        chosen.pop("", None)
        return chosen | {"order": str(self["order"].value() or DateOrder.DAY)}

    def reader(self) -> Reader:
        """Return the reader of what is chosen, or raise MappingProblem."""
        taken = [part for field in self.choices if (part := str(field.value() or ""))]
        for part in taken:
            if taken.count(part) > 1:
                raise MappingProblem(
                    _("Two columns are “%(part)s”. Leave one of them out.") % {"part": LABELS[Part(part)]}
                )
        return reader_for(self.channel, self.mapping(), self.columns)

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self.reader()
            except MappingProblem as exc:
                self.add_error(None, str(exc))
        return self.cleaned_data


def _name(number: int) -> str:
    return f"column-{number}"
