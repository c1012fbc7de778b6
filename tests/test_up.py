"""`bedside up` as a person meets it: real processes, a real port, a data directory of its own."""

import os
import signal
import socket
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running, bedside, is_alive, running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose database is prepared, so that a start is quick."""
    home = tmp_path_factory.mktemp("bedside") / "home"
    assert bedside(home, "prepare").returncode == 0
    return home


@pytest.fixture
def up(home: Path) -> Iterator[Running]:
    with running(home) as started:
        started.wait_until_up()
        yield started


def test_first_start_makes_everything_and_says_where_to_go(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running(home) as up:
        up.wait_until_up()
        assert up.get("/accounts/login/")[0] in (200, 302)
        assert up.get("/healthz") == (200, "alive\n")
        assert up.get("/readyz") == (200, "ready\n")
        assert f"Bedside is at http://127.0.0.1:{up.port}" in up.said()
        assert "Nobody has an account here yet" in up.said()
        assert up.stop() == 0
    for name in ("secret", "keys", "setup-code", "bedside.db"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600, name
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_time_and_leaves_no_process(up: Running, asked: signal.Signals) -> None:
    up.wait_for(lambda: len(up.pids()) >= 3)
    pids = up.pids()
    up.process.send_signal(asked)
    assert up.process.wait(10) == 0
    assert not [pid for pid in pids if is_alive(pid)]


def test_a_killed_parent_leaves_no_process(up: Running) -> None:
    below = [pid for pid in up.pids() if pid != up.process.pid]
    up.process.kill()
    up.process.wait()
    _wait_until_gone(below)


@pytest.mark.parametrize("name", ["worker", "web"])
def test_what_is_killed_starts_again(up: Running, name: str) -> None:
    up.wait_for(lambda: name in up.pids().values())  # the worker begins a moment after the first page
    before = {pid for pid, command in up.pids().items() if command == name}
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    up.wait_for(lambda: {pid for pid, command in up.pids().items() if command == name} - before)
    up.wait_for(lambda: _answers(up))
    assert "starts again" in up.said()


def test_a_port_in_use_is_one_sentence(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        _assert_one_sentence(bedside(home, "up", "--port", str(port)), f"127.0.0.1:{port}")


def test_a_second_bedside_in_the_same_directory_is_one_sentence(up: Running) -> None:
    _assert_one_sentence(bedside(up.home, "up", "--port", "8999"), "already runs", str(up.process.pid))


def test_a_broken_database_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bedside.db").write_bytes(b"This is a shopping list. " * 400)
    _assert_one_sentence(bedside(tmp_path, "up"), "bedside.db")


def test_a_database_that_does_not_answer_is_one_sentence_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://mira:opensesame@127.0.0.1:1/bedside"
    done = bedside(tmp_path, "up", DATABASE_URL=url)
    _assert_one_sentence(done, "bedside at 127.0.0.1:1 does not answer")
    assert "opensesame" not in done.stderr


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    _assert_one_sentence(bedside(tmp_path, "up", BEDSIDE_TICK_MILLISECONDS="soon"), "BEDSIDE_TICK_MILLISECONDS")


def test_a_data_directory_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    _assert_one_sentence(bedside(tmp_path / "home", "up"), "home cannot be used")


def test_a_full_log_of_events_holds_until_one_byte_is_changed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert bedside(home, "demo").returncode == 0
    assert bedside(home, "audit", "verify").returncode == 0
    exported = bedside(home, "audit", "export").stdout
    log = tmp_path / "log.jsonl"
    log.write_text(exported)
    offline = bedside(tmp_path / "elsewhere", "audit", "verify", str(log))
    assert (offline.returncode, "holds" in offline.stdout) == (0, True)
    assert not (tmp_path / "elsewhere").exists()  # it needs no data directory

    with sqlite3.connect(home / "bedside.db") as database:
        database.execute("UPDATE governance_auditevent SET actor = actor || '.' WHERE number = 2")
    broken = bedside(home, "audit", "verify")
    assert (broken.returncode, "BROKEN at event 2" in broken.stdout) == (1, True)
    lines = exported.splitlines()
    log.write_text("\n".join([lines[0], lines[1].replace('"number":2', '"number":3'), *lines[2:]]))
    assert bedside(home, "audit", "verify", str(log)).returncode == 1


def _answers(up: Running) -> bool:
    try:
        return up.get("/readyz")[0] == 200
    except OSError:
        return False


def _wait_until_gone(pids: list[int]) -> None:
    from tests.servers.processes import until

    until(lambda: not [pid for pid in pids if is_alive(pid)], 10, "the end of the processes")


def _assert_one_sentence(done: object, *words: str) -> None:
    stderr = done.stderr.strip()  # type: ignore[attr-defined]
    assert done.returncode == 1, stderr  # type: ignore[attr-defined]
    assert len(stderr.splitlines()) == 1, stderr
    for word in words:
        assert word in stderr
