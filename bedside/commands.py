"""What each command does. Django is loaded by those that need it, never by `up`, the parent of everything."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bedside.accounts.models import Organisation
    from bedside.governance.chain import Proof


def up(host: str, port: int) -> int:
    """Run the web server and a worker until asked to stop."""
    from bedside.up import run

    return run(host, port)


def web(host: str, port: int, *, parent: int, prepares: bool) -> int:
    """Serve the pages. The database is prepared in the same process: Django is loaded once, and the first page comes sooner."""
    from bedside.lib import ports
    from bedside.lib.web import serve

    if not parent:
        ports.check_port(host, port)  # the kernel would let two of them share it
    if prepares:
        prepare()
        _close_connections()  # the threads that make pages open their own
    serve(load_application, host, port, parent=parent)
    return 0


def load_application() -> Any:
    """Return what the web server calls."""
    from bedside.wsgi import application

    return application


def worker(parent: int) -> int:
    _load_django()
    from bedside.lib.working import work
    from bedside.work import ROADS

    work(ROADS, parent=parent)
    return 0


def prepare() -> int:
    """Bring the database up to date. Say how to begin while nobody has an account."""
    _load_django()
    from django.conf import settings

    from bedside.accounts.models import User, keyring
    from bedside.lib.installation import setup_code
    from bedside.lib.migrating import migrate

    migrate()
    keyring.seal("start", {})  # makes the keys now, so that one process makes them
    if not User.objects.exists():
        code = setup_code(settings.HOME)
        line = f"Nobody has an account here yet: the first page makes yours. From another computer it asks for {code}."
        print(line, flush=True)
    return 0


def demo() -> int:
    prepare_quietly()
    from django.utils import timezone

    from bedside.demo import fill

    print(*fill(now=timezone.now()), sep="\n")
    return 0


def prepare_quietly() -> None:
    _load_django()
    from bedside.lib.migrating import migrate

    migrate()


def import_file(arguments: list[str]) -> int:
    prepare_quietly()
    from bedside.listening.command import main

    return main(arguments)


def manage(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.settings")
    execute_from_command_line(["bedside manage", *arguments])
    return 0


def rotate_keys() -> int:
    prepare_quietly()
    from bedside.accounts.actions import rotate_keys as rotate

    done = rotate()
    print(f"{done.sealed_again} credentials are sealed with a new key; the old keys are gone.")
    if done.unreadable:
        print(f"{done.unreadable} could not be opened; their channels have to be reconnected.", file=sys.stderr)
    return 1 if done.unreadable else 0


def verify(organisation: int | None) -> int:
    """Check the logs in the database, one line an organisation."""
    _load_django()
    from bedside.governance import audit

    return _report(
        (f"{each.name} (organisation {each.pk})", audit.verify(each)) for each in _organisations(organisation)
    )


def verify_file(file: str) -> int:
    """Check an exported log; needs no database."""
    from bedside.governance.chain import verify_lines

    with Path(file).open(encoding="utf-8", errors="replace") as lines:
        runs = groupby(_read_lines(lines), key=lambda line: line.get("organisation"))
        return _report((f"organisation {number}", verify_lines(run)) for number, run in runs)


def export(organisation: int | None) -> int:
    """Write the logs as JSON lines."""
    _load_django()
    import orjson

    from bedside.governance import audit

    for each in _organisations(organisation):
        for line in audit.export(each):
            sys.stdout.write(orjson.dumps(line).decode() + "\n")
    return 0


def _read_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield each line's object; what is none becomes an event that cannot hold."""
    import json

    for text in filter(str.strip, lines):
        try:
            line = json.loads(text)
        except ValueError:
            line = None
        yield line if isinstance(line, dict) else {}


def _report(proofs: Iterable[tuple[str, Proof]]) -> int:
    """Print one line for each log; 1 when one of them is broken, or there is none."""
    holds, count = True, 0
    for count, (name, proof) in enumerate(proofs, start=1):  # noqa: B007
        verdict = "holds" if proof.holds else f"BROKEN at event {proof.broken_at}: {proof.reason}"
        print(f"{name}: {proof.events} events, head {proof.head}, {verdict}")
        holds = holds and proof.holds
    if not count:
        print("There is no audit log here.", file=sys.stderr)
    return 0 if holds and count else 1


def _organisations(number: int | None) -> Iterable[Organisation]:
    from bedside.accounts.models import Organisation

    found = Organisation.objects.order_by("pk")
    return found.filter(pk=number) if number else found


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def _load_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.settings")
    django.setup()
