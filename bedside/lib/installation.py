"""The data directory of one installation: its lock, its secret, and whether its database is up to date."""

import fcntl
import os
from pathlib import Path
from typing import IO

from bedside.lib.secret_files import write_secret


class AlreadyRunning(Exception):
    """Another Bedside holds this data directory."""


def secret_key(file: Path) -> str:
    """Return the secret of this installation, making it on first use, readable by its owner alone."""
    if not file.exists():
        import secrets

        write_secret(file, secrets.token_urlsafe(48))
    return file.read_text().strip()


def lock(home: Path) -> IO[str]:
    """Hold the data directory until the returned file is closed, or raise AlreadyRunning."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = (home / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as exc:
        file.seek(0)
        pid = file.read().strip()
        file.close()
        raise AlreadyRunning(f"Bedside already runs in {home} (process {pid}). Stop it first.") from exc
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    return file


def setup_code(home: Path) -> str:
    """Return the code that the first-run page asks for when it is opened from another machine."""
    return secret_key(home / "setup-code")[:12]
