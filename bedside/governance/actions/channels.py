"""Connecting channels, and letting them rest. What was heard and said stays, whatever happens to the channel."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bedside.accounts.models import Channel, ChannelState, Credential, Location, Member, new_webhook_secret
from bedside.connectors import registry
from bedside.connectors.base import Can
from bedside.governance.audit import record
from bedside.governance.errors import Refused

Secrets = Mapping[str, str]


def try_secrets(platform: str, secrets: Secrets) -> tuple[str, str]:
    """Ask the platform. Return the channel's id there and its name; raise ConnectorError when it says no."""
    connector = registry.get(platform)
    session = connector.connect(secrets)
    return session.channel_id, connector.check(session)


def add_channel(location: Location, platform: str, *, secrets: Secrets, by: Member) -> Channel:
    """Connect a page of this location. One that was disconnected comes back with all its conversations."""
    external_id, name = try_secrets(platform, secrets)
    with transaction.atomic():
        channel, is_new = Channel.objects.get_or_create(
            organisation=by.organisation,
            platform=platform,
            external_id=external_id,
            defaults={"location": location, "name": name[:120] or external_id},
        )
        if not is_new and channel.has_credential:
            raise Refused(_("This page is connected already, as “%(name)s”.") % {"name": channel.name})
        channel.location = location
        _keep(channel, secrets)
        record(by.organisation, "channel.connected", by=by, subject=f"channel {channel.pk}", platform=platform)
    return channel


def reconnect(channel: Channel, *, secrets: Secrets, by: Member) -> None:
    """Give a channel new secrets, when they open the same page as before."""
    external_id, _name = try_secrets(channel.platform, secrets)
    if external_id != channel.external_id:
        raise Refused(_("This sign-in opens another page. Add that one as a channel of its own."))
    with transaction.atomic():
        _keep(channel, secrets)
        record(channel.organisation, "channel.reconnected", by=by, subject=f"channel {channel.pk}")


def _keep(channel: Channel, secrets: Secrets) -> None:
    channel.state = ChannelState.CONNECTED
    channel.save()
    credential = Credential.objects.filter(channel=channel).first() or Credential(channel=channel)
    kept = dict(secrets)
    if Can.RECEIVE in channel.manifest.can:  # the platform signs its pushes with it; a new sign-in does not change it
        old = credential.secrets if credential.sealed else {}
        kept["webhook_secret"] = old.get("webhook_secret") or new_webhook_secret()
    credential.keep(kept, now=timezone.now())


@transaction.atomic
def pause(channel: Channel, *, by: Member) -> None:
    """Neither listen nor send until somebody continues."""
    _move(channel, ChannelState.PAUSED, "channel.paused", by)


@transaction.atomic
def go_on(channel: Channel, *, by: Member) -> None:
    """Listen and send again."""
    if not channel.has_credential:
        raise Refused(_("This channel is disconnected. Connect it again."))
    _move(channel, ChannelState.CONNECTED, "channel.continued", by)


@transaction.atomic
def disconnect(channel: Channel, *, by: Member) -> None:
    """Forget the secrets. The conversations stay."""
    Credential.objects.filter(channel=channel).delete()
    _move(channel, ChannelState.PAUSED, "channel.disconnected", by)


def _move(channel: Channel, state: ChannelState, action: str, by: Member) -> None:
    channel.state = state
    channel.save(update_fields=["state"])
    record(channel.organisation, action, by=by, subject=f"channel {channel.pk}")


@transaction.atomic
def rename(channel: Channel, name: str, *, by: Member) -> None:
    channel.name = name
    channel.save(update_fields=["name"])
    record(channel.organisation, "channel.renamed", by=by, subject=f"channel {channel.pk}")
