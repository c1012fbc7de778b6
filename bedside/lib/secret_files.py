"""Files that the owner of the installation alone can read."""

import os
from pathlib import Path


def write_secret(file: Path, content: str) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
