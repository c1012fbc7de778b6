"""Fixtures for what crosses packages. Real servers start once for a session, when a test first asks for them."""

from uuid import uuid4

import pytest
from django.conf import settings

from tests.browser import browser
from tests.installation import installation
from tests.servers.bluesky import bluesky

__all__ = ["bluesky", "browser", "installation"]


@pytest.fixture
def database_url():
    """Yield the address of an empty database for other processes: "" for SQLite, or one beside the tests' PostgreSQL."""
    chosen = settings.DATABASES["default"]
    if "postgresql" not in chosen["ENGINE"]:
        yield ""
        return
    import psycopg

    name = f"bedside_{uuid4().hex[:12]}"
    server = {"host": chosen["HOST"], "port": chosen["PORT"], "user": chosen["USER"], "password": chosen["PASSWORD"]}
    given = {key: value for key, value in server.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        secret = f":{chosen['PASSWORD']}" if chosen["PASSWORD"] else ""
        yield f"postgresql://{chosen['USER']}{secret}@{chosen['HOST']}:{chosen['PORT']}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
