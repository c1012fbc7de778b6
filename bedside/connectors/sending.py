"""The one door out. Only `outbox` may import this module: an import contract checks it."""

from typing import cast

from bedside.connectors import registry
from bedside.connectors.base import Can, Publishes, Replies
from bedside.connectors.errors import NotSupported


def replies(platform: str) -> Replies:
    """Return the platform's way to reply, or raise NotSupported."""
    connector = registry.get(platform)
    if Can.REPLY not in connector.manifest.can:
        raise NotSupported("This platform has no way to answer from here. Answer there by hand.")
    return cast(Replies, connector)


def publishes(platform: str) -> Publishes:
    """Return the platform's way to publish, or raise NotSupported."""
    connector = registry.get(platform)
    if Can.PUBLISH not in connector.manifest.can:
        raise NotSupported("This platform has no way to publish from here. Publish there by hand.")
    return cast(Publishes, connector)
