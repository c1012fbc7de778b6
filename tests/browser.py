"""Chromium without a window, for tests that click through real pages."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.servers.require import require

QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


def program() -> str:
    """Return the path of Chromium, "" when there is none."""
    return os.environ.get("BEDSIDE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; the test is skipped where there is none, unless BEDSIDE_REQUIRE names chromium."""
    require("chromium", "" if program() else "Chromium is not installed")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program(), args=[*QUIET, *sandbox])
        yield launched
        launched.close()
