"""The one list of platforms. A platform is one folder and one line here."""

from importlib import import_module
from types import MappingProxyType

from bedside.connectors.base import Connector

# The connector is imported when it is first asked for: a clinic without a platform does not pay for it.
INSTALLED = MappingProxyType(
    {
        "bluesky": "bedside.connectors.bluesky.connector:Bluesky",
        "sandbox": "bedside.connectors.sandbox.connector:Sandbox",
    }
)
_loaded: dict[str, Connector] = {}


def get(platform: str) -> Connector:
    """Return the platform's connector; KeyError when there is none of that name."""
    if platform not in _loaded:
        module, _, name = INSTALLED[platform].partition(":")
        _loaded[platform] = getattr(import_module(module), name)()
    return _loaded[platform]
