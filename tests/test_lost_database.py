"""PostgreSQL goes away for a while, and comes back: Bedside says so once and goes on."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import pytest

from tests.running import bedside, running
from tests.servers.cut import cable
from tests.servers.processes import postgresql_programs, start_postgresql, until
from tests.servers.require import require


@pytest.fixture(scope="module")
def postgresql() -> Iterator[SplitResult]:
    try:
        postgresql_programs()
    except FileNotFoundError:
        require("postgresql", "PostgreSQL is not installed")
    with ExitStack() as stack:
        # not below pytest's own folder: as root, PostgreSQL runs as a user who may not enter that
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bedside-postgresql-"))
        yield urlsplit(start_postgresql(stack, Path(folder)))


def test_a_database_that_goes_away_and_comes_back(postgresql: SplitResult, tmp_path: Path) -> None:
    with cable(postgresql.hostname or "", postgresql.port or 0) as line:
        url = f"postgresql://postgres@127.0.0.1:{line.port}/postgres"
        home = tmp_path / "home"
        assert bedside(home, "prepare", DATABASE_URL=url).returncode == 0
        with running(home, DATABASE_URL=url) as up:
            up.wait_until_up()
            assert up.get("/readyz")[0] == 200
            line.cut()
            until(lambda: up.get("/readyz")[0] == 503, 20, "the no of /readyz")
            assert up.get("/healthz")[0] == 200
            until(lambda: "the database does not answer (out)" in up.said(), 20, "the word that it is lost")
            line.mend()
            until(lambda: "the database answers again (out)" in up.said(), 20, "the word that it is back")
            until(lambda: up.get("/readyz")[0] == 200, 20, "the yes of /readyz")
            assert up.said().count("the database does not answer (out)") == 1
            assert up.stop() == 0
