"""What can go wrong outside Bedside, each as one sentence that says what happened and what to do."""

import sqlite3
import sys

from bedside.lib.environment import SettingInvalid
from bedside.lib.installation import AlreadyRunning
from bedside.lib.ports import PortTaken

OURS = (SettingInvalid, AlreadyRunning, PortTaken)  # their messages are such sentences already


def sentence(exc: BaseException) -> str:
    """Return the sentence for what was raised; "" when it is a fault of ours, which needs its traceback."""
    if isinstance(exc, OURS):
        return str(exc)
    if isinstance(exc, FileNotFoundError) and exc.filename:
        return f"There is no {exc.filename}."
    if isinstance(exc, OSError) and exc.filename:
        return f"{exc.filename} cannot be used: {exc.strerror}. Check the data directory and who owns it."
    if django_error := _django_error(exc):
        return django_error
    if isinstance(exc, sqlite3.Error):
        return _of_sqlite(exc)
    return ""


def _django_error(exc: BaseException) -> str:
    """Speak for Django's errors, without importing Django: when it is not there, it raised nothing."""
    if "django.db" not in sys.modules:
        return ""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, InterfaceError

    if isinstance(exc, ImproperlyConfigured) and "psycopg" in str(exc):
        return 'PostgreSQL needs one more package: pip install "bedside[postgres]".'
    if not isinstance(exc, (DatabaseError, InterfaceError)):
        return ""
    if isinstance(exc.__cause__, sqlite3.Error):
        return _of_sqlite(exc.__cause__)
    if type(exc).__name__ in {"OperationalError", "InterfaceError"}:
        return f"The database {_database()} does not answer. Check that it runs, and DATABASE_URL."
    return ""


def _of_sqlite(exc: sqlite3.Error) -> str:
    said = str(exc)
    if "not a database" in said or "malformed" in said:
        return f"The database file {_database()} is damaged or is no SQLite database. Put back a copy, or move it away."
    if "locked" in said:
        return f"The database file {_database()} is held by another program. Stop it, then try again."
    if "readonly" in said or "unable to open" in said or "disk I/O" in said:
        return (
            f"The database file {_database()} cannot be opened for writing. Check the data directory and who owns it."
        )
    return ""


def _database() -> str:
    """Name the database without its password."""
    from django.conf import settings

    chosen = settings.DATABASES["default"]
    if not chosen.get("HOST"):
        return str(chosen["NAME"])
    return f"{chosen['NAME']} at {chosen['HOST']}:{chosen['PORT'] or 5432}"
