"""Adding and changing locations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from bedside.accounts.models import Location, Member, Practitioner
from bedside.governance.audit import record


@transaction.atomic
def keep_location(location: Location, practitioners: Sequence[str], *, changed: Sequence[str], by: Member) -> Location:
    """Save a new or changed location with the names of its practitioners; `changed` names the fields, for the log."""
    is_new = location.pk is None
    location.organisation = by.organisation
    location.save()
    _keep_practitioners(location, practitioners)
    if is_new or changed:
        action = "location.added" if is_new else "location.changed"
        record(by.organisation, action, by=by, subject=f"location {location.pk}", fields=sorted(changed))
    return location


@transaction.atomic
def choose_rules(location: Location, profile: str, options: Mapping[str, str], *, by: Member) -> None:
    """Keep the profile of a location and its choices where it answers otherwise; nothing when they are the same."""
    kept = Location.objects.select_for_update().get(pk=location.pk)
    was = kept.rules
    location.profile, location.options = profile, dict(options)
    if location.rules == was:
        return
    location.save(update_fields=["profile", "options"])
    subject = f"location {location.pk}"
    record(by.organisation, "location.rules_changed", by=by, subject=subject, was=was, **location.rules)


def _keep_practitioners(location: Location, names: Sequence[str]) -> None:
    location.practitioners.exclude(name__in=names).delete()
    known = set(location.practitioners.values_list("name", flat=True))
    Practitioner.objects.bulk_create(
        Practitioner(organisation=location.organisation, location=location, name=name)
        for name in names
        if name not in known
    )
