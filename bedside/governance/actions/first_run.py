"""The first thing that happens in an installation: an organisation, its location and its owner."""

from __future__ import annotations

from django.db import transaction

from bedside.accounts.models import Location, Member, Organisation, User
from bedside.accounts.roles import Role
from bedside.governance.audit import record
from bedside.governance.errors import AlreadyOpen
from bedside.governance.models import Policy


@transaction.atomic
def open_house(organisation: Organisation, location: Location, *, owner: User) -> Member:
    """Save all three; the owner's password is set already. Raise AlreadyOpen when somebody lives here."""
    if User.objects.exists():
        raise AlreadyOpen("Somebody has set up this Bedside already. Sign in.")
    organisation.save()
    owner.save()
    location.organisation = organisation
    location.save()
    member = Member.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    Policy.objects.create(organisation=organisation, version=1, published_by=member)
    record(organisation, "organisation.created", by=member, subject=f"organisation {organisation.pk}")
    return member
