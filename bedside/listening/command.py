"""`bedside import FILE --channel ID`: bring reviews in from the command line, with the same care as the upload page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.accounts.models import Channel
from bedside.lib.due import kept_alive
from bedside.listening import intake
from bedside.listening.importing import end, preview, record_start
from bedside.listening.layout import UnreadableFile
from bedside.listening.mapping import MappingProblem, Part, reader_for
from bedside.listening.models import Import, ImportState

LEASE = timedelta(seconds=settings.LEASE_SECONDS)
COMMAND = "command line"  # who did it, in the audit log
MOST_LINES = 50  # of bad rows on the terminal; the page of the import has them all
BAR = 30  # characters


def main(argv: Sequence[str]) -> int:
    """Run the command. Return 0, or 1 when nothing could be read."""
    options = _parser().parse_args(argv)
    channel = Channel.objects.filter(pk=options.channel).select_related("location", "organisation").first()
    if channel is None:
        return _fail(_("There is no channel %(id)s. Settings lists them with their numbers.") % {"id": options.channel})
    try:
        done = import_file(channel, options.file, mapping=_chosen(options), tell=show_progress)
    except OSError as exc:
        return _fail(_("%(file)s cannot be opened: %(reason)s.") % {"file": options.file, "reason": exc.strerror})
    except (UnreadableFile, MappingProblem) as exc:
        return _fail(_(str(exc)))
    except intake.Taken:
        return _fail(_("Somebody stopped this import. What had been read is kept."))
    except KeyboardInterrupt:
        return _fail(_("Stopped. What had been read is kept; import the file again and nothing is added twice."))
    _report(done)
    return 0 if done.new + done.changed + done.known else 1


def import_file(
    channel: Channel,
    file: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    tell: Callable[[Import], None],
) -> Import:
    """Read a file where it lies; it is not ours and stays. Raise OSError, UnreadableFile or MappingProblem."""
    found = preview(file, country=channel.location.country)
    chosen = {**found.mapping, **(mapping or {})}
    reader_for(channel, chosen, found.layout.columns)
    row = _begin(channel, file, chosen)
    try:
        with kept_alive([row], LEASE):
            intake.read(row, file, by=COMMAND, tell=tell)
    except KeyboardInterrupt:
        end(row, ImportState.STOPPED, by=COMMAND, now=timezone.now())
        raise
    return row


@transaction.atomic
def _begin(channel: Channel, file: Path, mapping: Mapping[str, str]) -> Import:
    """Write the import down as taken already, so that no worker claims it while this process lives."""
    now = timezone.now()
    row = Import.objects.create(
        organisation=channel.organisation,
        channel=channel,
        file_name=file.name[:200],
        state=ImportState.READING,
        mapping=dict(mapping),
        bytes_in_all=file.stat().st_size,
        due_at=now,
        lease=uuid4().hex,
        leased_until=now + LEASE,
    )
    record_start(row, by=COMMAND)
    return row


def show_progress(row: Import) -> None:
    """Draw a bar on the terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return
    left = row.time_left(timezone.now())
    seconds = _("%(seconds)s s left") % {"seconds": int(left.total_seconds())} if left else ""
    full = row.percent * BAR // 100
    rows = ngettext("%(count)s row", "%(count)s rows", row.rows) % {"count": f"{row.rows:,}"}
    bar = "#" * full + "." * (BAR - full)
    sys.stderr.write(f"\r{bar} {row.percent:3} %  {rows}  {seconds}   ")
    sys.stderr.flush()


def _report(row: Import) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    counts = {"new": row.new, "changed": row.changed, "known": row.known, "bad": row.bad}
    print(_("%(new)s new, %(changed)s changed, %(known)s known already, %(bad)s could not be read.") % counts)
    for bad in row.bad_rows.all()[:MOST_LINES]:
        print(_("line %(line)s: %(reason)s") % {"line": bad.line, "reason": _(bad.reason)})
    if row.bad > MOST_LINES:
        print(_("… and %(count)s more. The page of this import lists them.") % {"count": row.bad - MOST_LINES})
    if row.problem:
        print(_(row.problem), file=sys.stderr)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _chosen(options: argparse.Namespace) -> dict[str, str]:
    chosen: dict[str, str] = dict(options.map)
    return chosen | ({"order": options.order} if options.order else {})


def _pair(text: str) -> tuple[str, str]:
    part, mark, column = text.partition("=")
    if not mark or part not in list(Part):
        raise argparse.ArgumentTypeError(
            _("“%(given)s” is not PART=COLUMN; the parts are %(parts)s") % {"given": text, "parts": ", ".join(Part)}
        )
    return part, column


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bedside import", description=_("Bring reviews in from CSV or JSON lines."))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--channel", type=int, required=True, metavar="ID", help=_("the channel they belong to"))
    parser.add_argument(
        "--map",
        type=_pair,
        action="append",
        default=[],
        metavar="PART=COLUMN",
        help=_("which column is what, where the names do not tell: text=Review"),
    )
    order = parser.add_mutually_exclusive_group()
    order.add_argument(
        "--day-first", dest="order", action="store_const", const="day", help=_("03/11/2026 is in November")
    )
    order.add_argument(
        "--month-first", dest="order", action="store_const", const="month", help=_("03/11/2026 is in March")
    )
    return parser
