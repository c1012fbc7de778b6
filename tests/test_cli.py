"""The commands, as they are typed."""

import resource
import subprocess
import sys
from pathlib import Path

import bedside as package
from tests.running import ROOT, bedside

START_SECONDS = 0.4  # of processor time, for a command that needs no database


def test_version(tmp_path: Path) -> None:
    assert bedside(tmp_path, "--version").stdout == f"bedside {package.__version__}\n"


def test_an_unknown_command_says_which_there_are(tmp_path: Path) -> None:
    done = bedside(tmp_path, "dance")
    assert done.returncode == 2 and "audit" in done.stderr and "up" in done.stderr


def test_a_port_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    assert bedside(tmp_path, "up", "--port", "99999").returncode == 2


def test_keys_are_rotated_and_only_the_new_one_is_left(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert bedside(home, "demo").returncode == 0
    old = (home / "keys").read_text()
    done = bedside(home, "keys", "rotate")
    assert done.returncode == 0 and "3 credentials" in done.stdout
    assert len((home / "keys").read_text().split()) == 1 and (home / "keys").read_text() != old


def test_django_s_own_commands_are_there(tmp_path: Path) -> None:
    assert "no issues" in bedside(tmp_path / "home", "manage", "check").stdout


def test_verifying_nothing_is_no_proof(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("")
    done = bedside(tmp_path, "audit", "verify", str(tmp_path / "log"))
    assert done.returncode == 1 and "no audit log" in done.stderr


def test_a_log_that_is_no_log_does_not_hold(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("This is a shopping list.\n[1]\n")
    assert "BROKEN" in bedside(tmp_path, "audit", "verify", str(tmp_path / "log")).stdout


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = bedside(tmp_path, "audit", "verify", str(tmp_path / "none"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1) and "none" in done.stderr


def test_the_guard_starts_quickly_and_answers_line_by_line() -> None:
    line = '{"id": 1, "text": "We are sorry about your appointment on Tuesday.", "kind": "reply"}\n'
    began = _children_seconds()
    command = [sys.executable, "-m", "bedside", "guard", "--jsonl"]
    done = subprocess.run(command, input=line, capture_output=True, text=True, cwd=ROOT, check=True)
    assert '"severity"' in done.stdout
    assert _children_seconds() - began < START_SECONDS * 2  # with the packs of one language read


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
