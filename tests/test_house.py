"""The contracts in pyproject.toml know every platform, and the pure commands start without Django."""

import subprocess
import sys
import tomllib
from pathlib import Path

from bedside.connectors.registry import INSTALLED

ROOT = Path(__file__).resolve().parents[1]


def test_every_platform_is_protected_by_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    protected = next(contract for contract in contracts if "registry" in contract["name"])["protected_modules"]
    assert sorted(protected) == sorted(f"bedside.connectors.{platform}" for platform in INSTALLED)


def test_the_parent_and_the_pure_commands_load_no_django() -> None:
    code = (
        "import sys, bedside.cli, bedside.up, bedside.commands, bedside.guard.command; print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"
