"""Reading a begun import to its end, chunk by chunk.

A chunk and its counts are written together, and only while the import is held. So a killed worker's import can be read again
from the beginning without taking a row twice, and ends as if nothing had happened.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from bedside.connectors.base import Incoming
from bedside.governance import audit
from bedside.inbox.receiving import assess_new, receive
from bedside.listening.importing import MOST_BAD_ROWS, end, file_of, throw_away
from bedside.listening.layout import UnreadableFile, look_at
from bedside.listening.mapping import MappingProblem, Reader, RowProblem, reader_for
from bedside.listening.models import BadRow, Import, ImportState
from bedside.listening.rows import Reason, Row, Rows

logger = logging.getLogger(__name__)

CHUNK = 1000  # rows
LATER = timedelta(seconds=30)

FILE_GONE = gettext_noop("The file is gone. What had been read is kept. Import it again: nothing is added twice.")
OTHER_COLUMNS = gettext_noop("The file no longer has the columns that were chosen. Import it again and choose them.")
UNFORESEEN = gettext_noop("Something unforeseen happened; see the log. What had been read is kept.")


class Taken(Exception):
    """The import is no longer ours: somebody stopped it, or our lease ran out."""


def take(row: Import) -> None:
    """Do what a claimed import is due for: read it, or throw away what nobody began."""
    if row.state == ImportState.MAPPING:
        throw_away(row)
        return
    try:
        read(row, file_of(row))
    except Taken:
        logger.info("import %s was stopped", row.pk)
    except OperationalError:
        logger.warning("import %s has to wait for the database", row.pk)
        row.release(due_at=timezone.now() + LATER)
    except Exception:  # or a bad file would be claimed for ever, and never say why
        logger.exception("import %s broke off", row.pk)
        _end(row, ImportState.STOPPED, by=audit.WORKER, problem=UNFORESEEN)


def read(
    row: Import, file: Path | None, *, by: str = audit.WORKER, tell: Callable[[Import], None] = lambda row: None
) -> None:
    """Read the file to its end. `tell` hears of every chunk that was written. Raise Taken when it is no longer ours."""
    try:
        if file is None:
            raise FileNotFoundError
        layout = look_at(file)
        reader = reader_for(row.channel, row.mapping, layout.columns)
    except FileNotFoundError:
        return _end(row, ImportState.STOPPED, by=by, problem=FILE_GONE)
    except UnreadableFile as exc:
        return _end(row, ImportState.STOPPED, by=by, problem=str(exc))
    except MappingProblem:
        return _end(row, ImportState.STOPPED, by=by, problem=OTHER_COLUMNS)
    rows = Rows(file, layout)
    unread = islice(rows, row.rows, None)
    while chunk := list(islice(unread, CHUNK)):
        _take_chunk(row, chunk, reader, bytes_read=rows.bytes_read)
        tell(row)
    return _end(row, ImportState.DONE, by=by)


def _end(row: Import, state: ImportState, *, by: str, problem: str = "") -> None:
    if not end(row, state, by=by, now=timezone.now(), problem=problem, lease=row.lease):
        raise Taken


def _take_chunk(row: Import, rows: Sequence[Row], reader: Reader, *, bytes_read: int) -> None:
    """Give the inbox what is good, and note what is bad. All of it, or nothing."""
    now = timezone.now()
    incoming, bad = _sort(rows, reader, now)
    assessed = assess_new(row.channel, incoming)
    with transaction.atomic():
        received = receive(row.channel, incoming, now=now, assessed=assessed)
        row.new += received.new
        row.changed += received.changed
        row.known += len(rows) - len(bad) - received.new - received.changed
        _keep_bad(row, bad)
        row.bad += len(bad)
        row.lines_read, row.bytes_read = rows[-1].line, bytes_read
        _write(row)


def _sort(rows: Sequence[Row], reader: Reader, now: datetime) -> tuple[list[Incoming], list[tuple[int, Reason]]]:
    incoming: list[Incoming] = []
    bad: list[tuple[int, Reason]] = []
    for row in rows:
        try:
            if row.problem:
                raise RowProblem(row.problem)
            incoming += reader.read(row.values, now=now)
        except RowProblem as exc:
            bad.append((row.line, exc.reason))
    return incoming, bad


def _keep_bad(row: Import, bad: Sequence[tuple[int, Reason]]) -> None:
    room = max(0, MOST_BAD_ROWS - row.bad)
    BadRow.objects.bulk_create(BadRow(of_import=row, line=line, reason=reason) for line, reason in bad[:room])


def _write(row: Import) -> None:
    """Write the counts if the import is still ours; otherwise raise Taken, which undoes the chunk."""
    names = ("new", "changed", "known", "bad", "lines_read", "bytes_read")
    ours = Import.objects.filter(pk=row.pk, lease=row.lease, state=ImportState.READING)
    if not row.lease or not ours.update(**{name: getattr(row, name) for name in names}):
        raise Taken
