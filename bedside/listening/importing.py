"""Bringing a file of reviews in: keep the upload, show what is in it, begin, stop, throw away. `intake` reads it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from bedside.accounts.models import Channel, Member
from bedside.governance import audit
from bedside.listening import values
from bedside.listening.layout import look_at
from bedside.listening.mapping import Part, suggest_mapping
from bedside.listening.models import Import, ImportState
from bedside.listening.rows import Layout, Row, Rows

FIRST_ROWS = 5
MOST_BAD_ROWS = 10_000  # kept with line and reason; beyond that they are only counted
SAMPLE_ROWS = 1000  # to guess the order of dates
KEPT = timedelta(days=1)  # an upload that nobody begins to read is thrown away


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file."""

    layout: Layout
    rows: Sequence[Row]
    mapping: Mapping[str, str]  # the suggestion


def preview(path: Path, *, country: str) -> Preview:
    """Return the first rows and what the columns probably are, or raise UnreadableFile."""
    layout = look_at(path)
    rows = list(islice(Rows(path, layout), FIRST_ROWS))
    mapping: dict[str, str] = {part.value: column for part, column in suggest_mapping(layout.columns).items()}
    mapping["order"] = guess_order(path, layout, mapping.get(Part.POSTED_AT, ""), country=country)
    return Preview(layout, rows, mapping)


def guess_order(path: Path, layout: Layout, column: str, *, country: str) -> str:
    """Return whether the dates of this column have the day or the month first."""
    sample = islice(Rows(path, layout), SAMPLE_ROWS) if column else ()
    return values.guess_order((row.values.get(column, "") for row in sample), country=country).value


def keep_upload(
    channel: Channel, chunks: Iterable[bytes], *, file_name: str, by: Member | None, now: datetime
) -> Import:
    """Keep an uploaded file where only we can read it, and note its columns. Raise UnreadableFile, keeping nothing."""
    path = settings.UPLOADS / uuid4().hex
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        found = preview(path, country=channel.location.country)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Import.objects.create(
        organisation=channel.organisation,
        channel=channel,
        file_name=file_name[:200],
        path=path.name,
        mapping=dict(found.mapping),
        bytes_in_all=path.stat().st_size,
        created_by=by,
        due_at=now + KEPT,
    )


def file_of(row: Import) -> Path | None:
    """Return where the upload lies; None when there is none any more, or the file is not ours."""
    return settings.UPLOADS / row.path if row.path else None


@transaction.atomic
def begin(row: Import, mapping: Mapping[str, str], *, by: Member, now: datetime) -> bool:
    """Hand the file to the worker with these columns; False when it was begun or thrown away already."""
    waiting = Import.objects.filter(pk=row.pk, state=ImportState.MAPPING)
    if not waiting.update(state=ImportState.READING, mapping=dict(mapping), due_at=now, lease="", leased_until=None):
        return False
    record_start(row, by=by)
    return True


def record_start(row: Import, *, by: Member | str) -> None:
    """Write to the audit log that a file is being read."""
    subject = f"import {row.pk}"
    audit.record(
        row.organisation, "import.started", by=by, subject=subject, channel=row.channel_id, bytes=row.bytes_in_all
    )


def throw_away(row: Import) -> bool:
    """Forget an upload that has not begun; False when it has."""
    file = file_of(row)
    deleted, _ = Import.objects.filter(pk=row.pk, state=ImportState.MAPPING).delete()
    if deleted and file:
        file.unlink(missing_ok=True)
    return bool(deleted)


def stop(row: Import, *, by: Member | str, now: datetime) -> bool:
    """Stop an import and keep what is there; False when it had ended."""
    return end(row, ImportState.STOPPED, by=by, now=now)


def end(
    row: Import, state: ImportState, *, by: Member | str, now: datetime, problem: str = "", lease: str | None = None
) -> bool:
    """Write how an import ended and delete its file. With a lease, only while it is held; False when it was not."""
    file = file_of(row)
    with transaction.atomic():
        reading = Import.objects.filter(pk=row.pk, state=ImportState.READING)
        reading = reading if lease is None else reading.filter(lease=lease)
        changes = {"state": state, "problem": problem[:300], "ended_at": now, "path": "", "due_at": None}
        if not reading.update(**changes, lease="", leased_until=None):
            return False
        row.refresh_from_db()
        counts = {name: getattr(row, name) for name in ("new", "changed", "known", "bad")}
        audit.record(row.organisation, "import.ended", by=by, subject=f"import {row.pk}", state=str(state), **counts)
    if file:
        file.unlink(missing_ok=True)
    return True
