"""`bedside up` as a real process in a data directory of its own."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import free_ports

ROOT = Path(__file__).resolve().parents[1]
UP_SECONDS = 30.0  # on a busy machine; bench/up.py measures the usual


def bedside(home: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "bedside", *arguments]
    return subprocess.run(command, cwd=ROOT, env=_environment(home, env), capture_output=True, text=True, timeout=60)


class Running:
    """A Bedside that was started; `wait_until_up` before its pages are asked for."""

    def __init__(self, home: Path, port: int, env: dict[str, str]) -> None:
        self.home, self.port, self.log = home, port, home.parent / f"up-{port}.log"
        command = [sys.executable, "-m", "bedside", "up", "--port", str(port)]
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=_environment(home, env), stdout=out, stderr=out)

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the body of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def wait_until_up(self) -> None:
        self.wait_for(lambda: "Bedside is at" in self.said())

    def wait_for(self, what: object, seconds: float = UP_SECONDS) -> None:
        """Wait until `what()` is true; fail with what Bedside said when it does not come, or when it ended."""
        deadline = time.monotonic() + seconds
        while not what():  # type: ignore[operator]
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"It did not come; exit {self.process.poll()}. It said:\n{self.said()}")
            time.sleep(0.02)

    def said(self) -> str:
        return self.log.read_text()

    def pids(self) -> dict[int, str]:
        """Return the processes below this one, and itself, with their commands."""
        found, fresh = {self.process.pid: "up"}, [self.process.pid]
        while fresh:
            fresh = [pid for parent in fresh for pid in _children(parent)]
            found |= {pid: _command(pid) for pid in fresh}
        return found

    def stop(self, seconds: float = 10) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


@contextmanager
def running(home: Path, **env: str) -> Iterator[Running]:
    """Start Bedside on a free port, and leave nothing of it behind."""
    [port] = free_ports(1)
    up = Running(home, port, env)
    pids: dict[int, str] = {}
    try:
        yield up
    finally:
        pids = up.pids()
        if up.process.poll() is None:
            up.process.terminate()
            try:
                up.process.wait(15)
            except subprocess.TimeoutExpired:
                up.process.kill()
                up.process.wait()
        for pid in pids:
            if is_alive(pid) and _command(pid):
                os.kill(pid, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    """Return whether the process runs; one that ended and was not yet fetched by its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def resident_kilobytes(pid: int) -> int:
    """Return the resident memory, shared pages counted in full."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    try:
        return [int(child) for task in tasks for child in task.read_text().split()]
    except FileNotFoundError:
        return []


def _command(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except FileNotFoundError:
        return ""
    return words[3] if words[2:3] == ["bedside"] else ""


def _environment(home: Path, env: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and "DJANGO" not in name}
    return kept | {"BEDSIDE_HOME": str(home)} | env
