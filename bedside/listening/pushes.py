"""What a platform pushes to us: whose it is, whether it is genuine, whether it can be read; then it is stored."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from bedside.accounts.models import Channel, Credential
from bedside.connectors import registry
from bedside.connectors.base import Can, Push, Receives
from bedside.connectors.errors import ConnectorError, SignatureInvalid
from bedside.listening.ingest import UNREADABLE, store_push


class Unreadable(Exception):
    """A genuine push that says nothing we understand."""


def channel_for(platform: str, token: str) -> Channel | None:
    """Return the channel of a webhook address; None when there is none, or its platform does not push."""
    found = Channel.objects.filter(platform=platform, token=token).select_related("credential").first()
    return found if found and platform in registry.INSTALLED and Can.RECEIVE in found.manifest.can else None


def accept(channel: Channel, push: Push, *, now: datetime) -> None:
    """Store a push; the same one twice is stored once. Raise SignatureInvalid, Unreadable or SealBroken."""
    connector = cast(Receives, registry.get(channel.platform))
    secret = _secret(channel)
    if not secret:
        raise SignatureInvalid("This channel has no webhook secret, so nothing can be proven genuine.")
    connector.verify(push, secret)
    try:
        connector.parse(push)
        store_push(channel, push, now=now)
    except (*UNREADABLE, ConnectorError) as exc:
        raise Unreadable from exc


def _secret(channel: Channel) -> str:
    try:
        return channel.credential.secrets.get("webhook_secret", "")
    except Credential.DoesNotExist:
        return ""
