"""Whether a server that is not installed skips a test or fails it."""

import os

import pytest


def require(name: str, missing: str) -> None:
    """Skip when something is missing; fail instead when the environment variable BEDSIDE_REQUIRE names the server."""
    if not missing:
        return
    if name in os.environ.get("BEDSIDE_REQUIRE", "").replace(",", " ").split():
        pytest.fail(f"{missing}. Run script/servers.")
    pytest.skip(f"{missing}. Run script/servers.")
