"""Run a command with DATABASE_URL set to an empty PostgreSQL of our own, which ends with the command.

    python -m tests.servers.with_postgresql COMMAND…

BEDSIDE_TEST_POSTGRES names one that runs already, to be used instead. Exit status 69 when there is none to start.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.servers.processes import start_postgresql

NONE_HERE = 69  # EX_UNAVAILABLE of sysexits.h


def main(command: list[str]) -> int:
    """Return the command's exit status."""
    with ExitStack() as stack:
        url = os.environ.get("BEDSIDE_TEST_POSTGRES") or _start(stack)
        if not url:
            return NONE_HERE
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


def _start(stack: ExitStack) -> str:
    directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bedside-postgresql-")))
    try:
        return start_postgresql(stack, directory)
    except FileNotFoundError:
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
