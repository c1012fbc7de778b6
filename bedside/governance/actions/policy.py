"""The rule about who reads along, in versions."""

from __future__ import annotations

from django.db import transaction

from bedside.accounts.models import Member, Organisation
from bedside.accounts.roles import RIGHTS, Right
from bedside.governance.audit import record
from bedside.governance.models import Eyes, Policy


def policy_of(organisation: Organisation) -> Policy:
    """Return the rule that holds now; before anybody chose one, the strictest, not saved."""
    newest = Policy.objects.of(organisation).order_by("-version").first()
    return newest or Policy(organisation=organisation, version=0)


@transaction.atomic
def publish_policy(eyes: Eyes, *, by: Member) -> Policy:
    """Make a new version, unless nothing changes. Approvals given under the old one name the old one."""
    organisation = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    now = policy_of(organisation)
    if now.version and now.eyes == eyes:
        return now
    policy = Policy.objects.create(organisation=organisation, version=now.version + 1, eyes=eyes, published_by=by)
    record(organisation, "policy.published", by=by, subject=f"policy {policy.version}", was=now.eyes, eyes=eyes)
    return policy


def readers_along(organisation: Organisation) -> list[Member]:
    """Return who may be the second pair of eyes."""
    roles = [role for role, rights in RIGHTS.items() if Right.APPROVE in rights]
    members = Member.objects.of(organisation).filter(is_active=True, role__in=roles)
    return list(members.select_related("user").order_by("user__name"))
