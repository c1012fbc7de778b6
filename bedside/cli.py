"""The command `bedside`. What is imported, is imported by the command that needs it: most need no Django."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import bedside

# These read their own arguments.
PASSED_ON = {
    "guard": "say what a text gives away: JSON lines in, JSON lines out",
    "triage": "say what a text is about and how urgent it is: JSON lines in, JSON lines out",
    "import": "bring in reviews from a CSV or JSON lines file",
    "manage": "run one of Django's own commands",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; what is broken outside Bedside is one sentence."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.umask(0o077)  # what we write is about patients, or a key: the owner's alone
    try:
        if given and given[0] in PASSED_ON:
            return _pass_on(given[0], given[1:])
        options = _parser().parse_args(given)
        if options.home:
            os.environ["BEDSIDE_HOME"] = str(Path(options.home).resolve())
        return _run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads any more; say nothing at exit
        return 1
    except Exception as exc:
        from bedside.lib.mishaps import sentence

        if not (said := sentence(exc)):
            raise
        print(said, file=sys.stderr)
        return 1


def _pass_on(command: str, arguments: list[str]) -> int:
    if command == "guard":
        from bedside.guard import command as guard

        return guard.main(arguments, sys.stdin, sys.stdout)
    if command == "triage":
        from bedside.text import command as triage

        return triage.main(arguments, sys.stdin, sys.stdout)
    from bedside import commands

    return commands.import_file(arguments) if command == "import" else commands.manage(arguments)


def _run(options: argparse.Namespace) -> int:
    from bedside import commands

    match options.command:
        case "up":
            return commands.up(options.host, options.port)
        case "web":
            return commands.web(options.host, options.port, parent=options.parent, prepares=options.prepare)
        case "worker":
            return commands.worker(options.parent)
        case "prepare":
            return commands.prepare()
        case "demo":
            return commands.demo()
        case "audit" if options.action == "verify":
            return commands.verify_file(options.file) if options.file else commands.verify(options.organisation)
        case "audit":
            return commands.export(options.organisation)
        case _:
            return commands.rotate_keys()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bedside", description=bedside.__doc__)
    parser.add_argument("--version", action="version", version=f"bedside {bedside.__version__}")
    home = argparse.ArgumentParser(add_help=False)
    home.add_argument("--home", metavar="DIR", help="the data directory (BEDSIDE_HOME, else ./data)")
    address = argparse.ArgumentParser(add_help=False)
    address.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    address.add_argument("--port", type=_port, default=8000, help="the port to listen on (8000)")
    child = argparse.ArgumentParser(add_help=False)
    child.add_argument("--parent", type=int, default=0, help=argparse.SUPPRESS)

    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("up", parents=[home, address], help="run everything: database, web server and worker")
    commands.add_parser("demo", parents=[home], help="add an invented clinic group whose mentions keep arriving")
    for name, text in PASSED_ON.items():
        commands.add_parser(name, add_help=False, help=text)
    commands.add_parser("prepare", parents=[home], help="bring the database up to date")
    web = commands.add_parser("web", parents=[home, address, child], help="run the web server alone")
    web.add_argument("--prepare", action="store_true", help="bring the database up to date first")
    commands.add_parser("worker", parents=[home, child], help="run a worker alone")
    _add_audit(commands, home)
    keys = commands.add_parser("keys", help="the keys that seal the credentials of channels")
    keys.add_subparsers(dest="action", required=True, metavar="ACTION").add_parser(
        "rotate", parents=[home], help="seal everything with a new key and drop the old ones"
    )
    return parser


def _add_audit(commands: argparse._SubParsersAction[argparse.ArgumentParser], home: argparse.ArgumentParser) -> None:
    audit = commands.add_parser("audit", help="the audit log").add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )
    verify = audit.add_parser("verify", parents=[home], help="prove that no event was changed, added or taken away")
    verify.add_argument("file", nargs="?", metavar="FILE", help="an exported log; without it, the database is read")
    export = audit.add_parser("export", parents=[home], help="write the log as JSON lines")
    for each in (verify, export):
        each.add_argument("--organisation", type=int, metavar="ID", help="of this organisation alone")


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)
