"""How a file is written: its encoding, its delimiter, its columns. Found out from the file itself, without reading it whole."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_noop

from bedside.listening.rows import BROKEN, Layout, Lines, Reason, Rows, opened, records

DELIMITERS = ",;\t|"
MOST_COLUMNS = 200
SAMPLE = 64 * 1024  # bytes
BLOCK = 1024 * 1024  # bytes
JSON_SAMPLE = 100  # rows whose keys are the columns of a file of JSON lines


class UnreadableFile(Exception):
    """The whole file cannot be read; the message is a sentence for a person, to be translated where it is shown."""


FOREIGN = (
    (b"PK\x03\x04", gettext_noop("This is an Excel workbook or a ZIP file. Save the sheet as CSV and import that.")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("This is an Excel workbook. Save the sheet as CSV and import that.")),
    (b"%PDF", gettext_noop("This is a PDF. Ask the platform for a CSV export and import that.")),
    (b"\x89PNG", gettext_noop("This is a picture. Bedside reads CSV and JSON lines.")),
    (b"\xff\xd8\xff", gettext_noop("This is a picture. Bedside reads CSV and JSON lines.")),
    (b"GIF8", gettext_noop("This is a picture. Bedside reads CSV and JSON lines.")),
    (b"\x1f\x8b", gettext_noop("This file is compressed. Unpack it and import what is inside.")),
)
EMPTY_FILE = gettext_noop("This file is empty. Choose the one with the reviews.")
BINARY_FILE = gettext_noop("This is not a text file. Bedside reads CSV and JSON lines.")
JSON_LIST = gettext_noop(
    "This is one JSON list. Bedside reads JSON lines: one review to a line, without commas between them."
)
NO_HEADER = gettext_noop("The first line does not name the columns. Put their names there, such as date, rating, text.")
NO_ROWS = gettext_noop("There is nothing below the first line. Choose a file with at least one review.")


def look_at(path: Path) -> Layout:
    """Return how the file is written, or raise UnreadableFile."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    _refuse_foreign(head)
    encoding = _encoding(path, head)
    with opened(path, encoding) as handle:
        start = handle.read(SAMPLE)
    first = start.lstrip()[:1]
    if not first:
        raise UnreadableFile(EMPTY_FILE)
    if first == "[":
        raise UnreadableFile(JSON_LIST)
    if first == "{":
        columns = _keys(path, encoding)
        return Layout(encoding, "", columns)
    delimiter = _delimiter(start)
    return Layout(encoding, delimiter, _header(path, encoding, delimiter))


def _keys(path: Path, encoding: str) -> tuple[str, ...]:
    columns: dict[str, None] = {}
    rows = islice(Rows(path, Layout(encoding, "", ())), JSON_SAMPLE)
    for row in rows:
        columns |= dict.fromkeys(row.values)
    if not columns:
        raise UnreadableFile(BINARY_FILE)
    return tuple(columns)[:MOST_COLUMNS]


def _header(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    with opened(path, encoding) as handle:
        found = records(Lines(handle), delimiter)
        _, names, problem = next(found, (0, (), Reason.EMPTY))
        if problem or len(names) > MOST_COLUMNS or not all(len(name) <= 200 for name in names):
            raise UnreadableFile(NO_HEADER)
        if next(found, None) is None:
            raise UnreadableFile(NO_ROWS)
    return _distinct(names)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Give every column a name of its own."""
    seen: dict[str, None] = {}
    for number, name in enumerate(names, start=1):
        name = " ".join(name.replace("\x00", "").split()) or f"column {number}"
        seen[name if name not in seen else f"{name} ({number})"] = None
    return tuple(seen)


def _delimiter(start: str) -> str:
    """Return the delimiter that cuts most rows of the beginning into as many parts as the first."""

    def fit(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
        try:
            widths = [len(values) for values in islice(reader, 20) if values]
        except csv.Error:
            return 0.0, 0
        if not widths or widths[0] < 2:
            return 0.0, 0
        return widths.count(widths[0]) / len(widths), widths[0]

    return max(DELIMITERS, key=fit)


def _refuse_foreign(head: bytes) -> None:
    if not head:
        raise UnreadableFile(EMPTY_FILE)
    for magic, sentence in FOREIGN:
        if head.startswith(magic):
            raise UnreadableFile(sentence)
    if head.count(0) > len(head) // 10 and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(BINARY_FILE)


def _encoding(path: Path, head: bytes) -> str:
    """Return UTF-16 when the file says so, UTF-8 when most of it is, and else what Windows writes in the West."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="bedside-mark")
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            text = decoder.decode(block)
            if not text.isascii():
                broken = text.count(BROKEN)
                bad += broken
                good += len(text) - len(text.encode("ascii", "ignore")) - broken
    return "utf-8-sig" if good >= bad else "cp1252"
