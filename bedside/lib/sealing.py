"""Secrets at rest: sealed with the first key, opened with any, bound to the row they belong to.

The keys are in the file `keys` of the data directory, one Fernet key a line, the newest first.
"""

import json
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.utils.translation import gettext_noop

from bedside.lib.secret_files import write_secret

OTHER_KEY = gettext_noop("This credential was sealed with a key that is not in the keys file.")
OTHER_CHANNEL = gettext_noop("This credential belongs to another channel.")


class SealBroken(Exception):
    """No key opens this, or it was sealed for another row."""


class Keyring:
    """The keys of one installation. The file is read again when another process has changed it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._fernet: MultiFernet | None = None
        self._read_from: tuple[int, int] | None = None  # which file, and when it was written

    def seal(self, context: str, data: dict[str, Any]) -> str:
        """Return `data` encrypted; only the same `context` opens it."""
        return self._keys().encrypt(json.dumps({"context": context, "data": data}).encode()).decode()

    def open(self, context: str, sealed: str) -> dict[str, Any]:
        """Return what was sealed, or raise SealBroken."""
        try:
            content = json.loads(self._keys().decrypt(sealed.encode()))
        except InvalidToken as exc:
            raise SealBroken(OTHER_KEY) from exc
        if content["context"] != context:
            raise SealBroken(OTHER_CHANNEL)
        data: dict[str, Any] = content["data"]
        return data

    def is_newest(self, sealed: str) -> bool:
        """Return whether the newest key sealed this."""
        self._keys()
        try:
            Fernet(self._read()[0]).decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def add_key(self) -> None:
        """Put a new key first; what was sealed before can still be opened."""
        keys = [Fernet.generate_key().decode(), *self._read()]
        write_secret(self._file, "\n".join(keys) + "\n")

    def drop_old_keys(self) -> None:
        """Keep the newest key alone; call it when everything has been sealed again."""
        write_secret(self._file, self._read()[0] + "\n")

    def _keys(self) -> MultiFernet:
        if not self._file.exists():
            self.add_key()
        status = self._file.stat()
        if self._fernet is None or self._read_from != (status.st_ino, status.st_mtime_ns):
            self._fernet = MultiFernet([Fernet(key) for key in self._read()])
            self._read_from = status.st_ino, status.st_mtime_ns
        return self._fernet

    def _read(self) -> list[str]:
        return self._file.read_text().split() if self._file.exists() else []
