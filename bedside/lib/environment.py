"""Settings from the environment: read once at start, fail loudly, never print a secret."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingInvalid(Exception):
    """A setting that cannot be used; the message says which and how to mend it."""


def text(name: str, default: str = "") -> str:
    """Return BEDSIDE_<name>, or the contents of the file that BEDSIDE_<name>_FILE names, or the default."""
    if path := os.environ.get(f"BEDSIDE_{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as exc:
            raise SettingInvalid(f"BEDSIDE_{name}_FILE names a file that cannot be read: {exc.strerror}.") from exc
    return os.environ.get(f"BEDSIDE_{name}", default)


def flag(name: str, default: bool = False) -> bool:
    """Return True for yes, true, on, 1; False for no, false, off, 0 and empty."""
    value = text(name, "yes" if default else "no").lower()
    if value in {"yes", "true", "on", "1"}:
        return True
    if value in {"no", "false", "off", "0", ""}:
        return False
    raise SettingInvalid(f"BEDSIDE_{name} must be yes or no.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number not below `least`."""
    value = text(name, str(default))
    try:
        result = int(value)
    except ValueError as exc:
        raise SettingInvalid(f"BEDSIDE_{name} must be a whole number.") from exc
    if result < least:
        raise SettingInvalid(f"BEDSIDE_{name} must be {least} or more.")
    return result


def names(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts, without empty ones."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database_url() -> str:
    """Return DATABASE_URL, the one setting that moves an installation to PostgreSQL; "" means SQLite."""
    return text("DATABASE_URL") or os.environ.get("DATABASE_URL", "")


def database(url: str, sqlite_file: Path) -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL; SQLite in `sqlite_file` when it is empty."""
    if not url:
        return _sqlite(sqlite_file)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingInvalid("DATABASE_URL must begin with postgresql:// or sqlite://.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(file: Path) -> dict[str, Any]:
    """WAL so that the worker writes while pages are read; IMMEDIATE so that a writer waits instead of failing."""
    pragmas = (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "cache_size=-16384",
        "mmap_size=134217728",
        "temp_store=MEMORY",
        "foreign_keys=ON",
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": ";".join(f"PRAGMA {pragma}" for pragma in pragmas),
        },
    }
