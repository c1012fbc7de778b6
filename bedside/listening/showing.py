"""How the first rows of a file would be read, for a person who is choosing its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bedside.connectors.base import Incoming
from bedside.listening.forms import ColumnsForm
from bedside.listening.mapping import MappingProblem, RowProblem
from bedside.listening.rows import Row


@dataclass(frozen=True, slots=True)
class Said:
    """One row as it would be read: what was said and our answer, or why it would be left out."""

    line: int
    review: Incoming | None = None
    answer: Incoming | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The first rows as they would be read, or what has to be chosen first."""

    rows: Sequence[Said] = ()
    problem: str = ""


def as_read(rows: Sequence[Row], form: ColumnsForm, *, now: datetime) -> Reading:
    """Return how these rows would be read with what is chosen now."""
    try:
        reader = form.reader()
    except MappingProblem as exc:
        return Reading(problem=str(exc))
    said = []
    for row in rows:
        try:
            if row.problem:
                raise RowProblem(row.problem)
            review, *answers = reader.read(row.values, now=now)
            said.append(Said(row.line, review, next(iter(answers), None)))
        except RowProblem as exc:
            said.append(Said(row.line, problem=_(exc.reason)))
    return Reading(said)
