"""Factories for tests and benchmarks: keyword-only, each names what matters and invents the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bedside.accounts.models import Channel, Credential, Location, Member, Organisation, Practitioner, User
from bedside.accounts.roles import Role
from bedside.connectors.base import Incoming, Kind
from bedside.governance.models import Eyes, Policy
from bedside.inbox.models import Conversation, Mention
from bedside.inbox.receiving import receive
from bedside.outbox import actions as outbox
from bedside.outbox.models import Outgoing

PASSWORD = "correct horse battery"
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)  # a Tuesday
ALWAYS_OPEN = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
_number = count(1)


def make_user(*, name: str = "Mira Ackeret", email: str = "", language: str = "en") -> User:
    email = email or f"person{next(_number)}@clinic.example"
    return User.objects.create_user(email, PASSWORD, name=name, language=language)


def make_organisation(*, name: str = "Fährmatt Praxen", eyes: str = Eyes.ALWAYS) -> Organisation:
    organisation = Organisation.objects.create(name=f"{name} {next(_number)}")
    Policy.objects.create(organisation=organisation, version=1, eyes=eyes)
    return organisation


def make_member(*, organisation: Organisation | None = None, role: str = Role.MANAGER, **user: Any) -> Member:
    return Member.objects.create(organisation=organisation or make_organisation(), user=make_user(**user), role=role)


def make_location(*, organisation: Organisation | None = None, name: str = "", **fields: Any) -> Location:
    defaults = {"country": "CH", "language": "en", "time_zone": "Europe/Zurich", "profile": "us-hipaa"}
    name = name or f"Practice {next(_number)}"
    fields = {"hours": ALWAYS_OPEN} | defaults | fields
    return Location.objects.create(organisation=organisation or make_organisation(), name=name, **fields)


def make_practitioner(*, location: Location, name: str = "Dr. Ilse Furrer") -> Practitioner:
    return Practitioner.objects.create(organisation=location.organisation, location=location, name=name)


def make_channel(
    *,
    organisation: Organisation | None = None,
    location: Location | None = None,
    platform: str = "sandbox",
    external_id: str = "",
    secrets: dict[str, str] | None = None,
    connected_at: datetime = NOON - timedelta(days=365),
    **fields: Any,
) -> Channel:
    location = location or make_location(organisation=organisation)
    channel = Channel.objects.create(
        organisation=location.organisation,
        location=location,
        platform=platform,
        external_id=external_id or f"page-{next(_number)}",
        created_at=connected_at,
        **{"name": location.name} | fields,
    )
    Credential(channel=channel).keep(secrets or {}, now=connected_at)
    return channel


def make_incoming(*, text: str = "Friendly people, but nobody answers the telephone.", **fields: Any) -> Incoming:
    number = next(_number)
    defaults = {
        "external_id": f"entry-{number}",
        "thread_id": fields.get("external_id", f"entry-{number}"),
        "kind": Kind.REVIEW,
        "posted_at": NOON,
        "author_name": "Beat R.",
    }
    return Incoming(text=text, **defaults | fields)


def make_review(
    *, channel: Channel | None = None, text: str = "", stars: int | None = 2, now: datetime = NOON, **fields: Any
) -> Mention:
    """Return a review that has gone the whole road in."""
    channel = channel or make_channel()
    incoming = make_incoming(**({"text": text} if text else {}), rating=stars, **fields)
    receive(channel, [incoming], now=now)
    return Mention.objects.select_related("conversation__location").get(
        channel=channel, external_id=incoming.external_id
    )


def make_conversation(**fields: Any) -> Conversation:
    return make_review(**fields).conversation


def make_outgoing(
    *, author: Member | None = None, channel: Channel | None = None, text: str = "", to: str = "entry-0", **context: Any
) -> Outgoing:
    """Return a draft of an answer that the guard lets pass."""
    channel = channel or make_channel(organisation=author.organisation if author else None)
    author = author or make_member(organisation=channel.organisation)
    text = text or "Thank you for your feedback. We take every comment seriously."
    return outbox.draft(channel, text, author=author, to=to, context={"kind": "reply", "language": "en"} | context)
