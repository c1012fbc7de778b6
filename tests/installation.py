"""An installation of its own for a test: a data directory, a database, and the processes that are started in it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.running import ROOT, running

LEASE_SECONDS = "4"  # the servers of the tests answer within two
TICK_MILLISECONDS = "50"


class Installation:
    """`scene` fills and reads its database, `run` runs a command to its end, `start` and `up` start processes."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.home = home
        self.env = {
            "BEDSIDE_HOME": str(home),
            "DATABASE_URL": database_url,
            "BEDSIDE_LEASE_SECONDS": LEASE_SECONDS,
            "BEDSIDE_TICK_MILLISECONDS": TICK_MILLISECONDS,
            "DJANGO_SETTINGS_MODULE": "bedside.settings",
        }

    def scene(self, act: str, *, given: dict[str, Any] | None = None) -> dict[str, Any]:
        """Run one act of tests.scene and return what it says."""
        done = self._run("tests.scene", act, given=json.dumps(given))
        assert done.returncode == 0, done.stderr[-3000:]
        return dict(json.loads(done.stdout))

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("bedside", *arguments)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bedside", *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, env=os.environ | self.env, cwd=ROOT, **quiet)  # type: ignore[call-overload, no-any-return]

    @contextmanager
    def up(self) -> Iterator[str]:
        """Run `bedside up` and yield its address."""
        env = {name: value for name, value in self.env.items() if "DJANGO" not in name and name != "BEDSIDE_HOME"}
        with running(self.home, **env) as started:
            started.wait_until_up()
            yield f"http://127.0.0.1:{started.port}"

    def _run(self, module: str, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(
            command,
            env=os.environ | self.env,
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def installation(tmp_path: Path, database_url: str) -> Installation:
    return Installation(tmp_path / "home", database_url)
