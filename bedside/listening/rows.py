"""The rows of a file, one after another, whatever was exported: CSV or JSON lines, in the encodings people have.

Nothing is ever read whole. A row that cannot be read has a problem instead of values, and reading goes on with the next line.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import orjson
from django.utils.translation import gettext_noop

MOST_LINE = 1_000_000  # characters
MOST_RECORD = 1_000_000  # characters of one row of a CSV, over all its lines
DEEPEST = 3  # levels of objects within objects of JSON lines

# What stands in a line for what could not be read there. No good text holds a lone surrogate.
BROKEN, CUT = "\udc80", "\udc81"


class Reason(StrEnum):
    """Why a row was left out. Sentences without the row's own words, translated where they are shown."""

    NOT_TEXT = gettext_noop("The line holds bytes that are not text in the file's encoding.")
    TOO_LONG = gettext_noop("The line is longer than a million characters.")
    QUOTES = gettext_noop("A quotation mark is not closed, or stands alone within the text.")
    COLUMNS = gettext_noop("The row does not have as many columns as the first line.")
    NOT_JSON = gettext_noop("The line is not a JSON object.")
    NO_DATE = gettext_noop("The date is missing.")
    DATE = gettext_noop("The date cannot be read.")
    DATE_RANGE = gettext_noop("The date lies in the future, or before 1995.")
    RATING = gettext_noop("The rating is not a number from 1 to 5.")
    EMPTY = gettext_noop("There is neither a text nor a rating.")
    ANSWER_DATE = gettext_noop("The date of the answer cannot be read.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its first line, and its values by column, or what is wrong with it."""

    line: int
    values: Mapping[str, str]
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written. `delimiter` is "" for JSON lines."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


class Rows:
    """The rows of a file, to be gone through once. `bytes_read` runs a little ahead of the row that was given last."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path, self._layout = path, layout
        self.bytes_read = 0

    def __iter__(self) -> Iterator[Row]:
        with self._path.open("rb") as file, _decoded(file, self._layout.encoding) as handle:
            lines = Lines(handle)
            rows = _csv_rows(lines, self._layout) if self._layout.delimiter else _json_rows(lines)
            for row in rows:
                self.bytes_read = file.tell()
                yield row


class Lines:
    """The lines of a file with their numbers. Those taken since `begin` can be handed back, to be read another way."""

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        self._count = 0
        self._again: deque[tuple[int, str]] = deque()
        self._length = 0
        self.taken: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = self._again.popleft() if self._again else self._read()
        self.taken.append((number, line))
        self._length += len(line)
        if self._length > MOST_RECORD and len(self.taken) > 1:
            raise RecordTooLong
        return line

    def begin(self) -> None:
        """Begin a new row."""
        self.taken, self._length = [], 0

    def hand_back(self) -> None:
        """Give back all lines of this row but its first."""
        self._again.extendleft(reversed(self.taken[1:]))

    def _read(self) -> tuple[int, str]:
        line = self._handle.readline(MOST_LINE)
        if not line:
            raise StopIteration
        self._count += 1
        if len(line) >= MOST_LINE and line[-1] not in "\r\n":
            while (rest := self._handle.readline(MOST_LINE)) and rest[-1] not in "\r\n":
                pass
            line = CUT + "\n"
        return self._count, line


class RecordTooLong(Exception):
    """A quotation mark was opened and nothing closes it."""


def _csv_rows(lines: Lines, layout: Layout) -> Iterator[Row]:
    found = records(lines, layout.delimiter)
    next(found, None)  # the names of the columns
    columns, width = layout.columns, len(layout.columns)
    for line, values, problem in found:
        if problem:
            yield Row(line, {}, problem)
        elif len(values) == width or (len(values) > width and not any(values[width:])):
            yield Row(line, dict(zip(columns, values, strict=False)))
        else:
            yield Row(line, {}, Reason.COLUMNS)


def records(lines: Lines, delimiter: str) -> Iterator[tuple[int, Sequence[str], Reason | None]]:
    """Yield line number, values and problem of every row that is not blank.

    After an unclosed quotation mark, reading goes on with the very next line, so that it costs one row and not the rest.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            values = next(reader)
        except StopIteration:
            return
        except (csv.Error, RecordTooLong):
            number, first = lines.taken[0]
            yield number, (), _broken(first) or Reason.QUOTES
            lines.hand_back()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if any(values):
            yield lines.taken[0][0], values, next(filter(None, (_broken(line) for _, line in lines.taken)), None)


def _broken(line: str) -> Reason | None:
    if BROKEN in line:
        return Reason.NOT_TEXT
    return Reason.TOO_LONG if CUT in line else None


def _json_rows(lines: Lines) -> Iterator[Row]:
    for text in lines:
        number = lines.taken[0][0]
        lines.begin()
        if not text.strip():
            continue
        problem = _broken(text)
        values = None if problem else _object(text)
        yield Row(number, values or {}, problem or (Reason.NOT_JSON if values is None else None))


def _object(text: str) -> dict[str, str] | None:
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return dict(_flat(content)) if isinstance(content, dict) else None


def _flat(content: Mapping[str, Any], prefix: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    """Yield what is in an object, and in objects within it as "outer.inner"; lists are left out."""
    for key, value in content.items():
        if isinstance(value, str):
            yield prefix + key, value
        elif value is None:
            yield prefix + key, ""
        elif isinstance(value, dict) and depth < DEEPEST:
            yield from _flat(value, f"{prefix}{key}.", depth + 1)
        elif isinstance(value, bool | int | float):
            yield prefix + key, str(value)


def opened(path: Path, encoding: str) -> TextIO:
    return path.open("r", encoding=encoding, errors="bedside-mark", newline="")


def _decoded(file: BinaryIO, encoding: str) -> TextIO:
    return io.TextIOWrapper(file, encoding=encoding, errors="bedside-mark", newline="")


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BROKEN, error.end


codecs.register_error("bedside-mark", _mark)
