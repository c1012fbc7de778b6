"""The audit log: `record` adds one event to the organisation's chain, `verify` proves that nothing was changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bedside.accounts.models import Member, Organisation
from bedside.governance.chain import FIRST, Proof, event_hash, verify_lines
from bedside.governance.models import AuditEvent, AuditHead

__all__ = ["WORKER", "Proof", "export", "record", "verify", "verify_lines"]
WORKER = "worker"


def record(
    organisation: Organisation,
    action: str,
    *,
    by: Member | str,
    subject: str = "",
    now: datetime | None = None,
    **details: Any,
) -> AuditEvent:
    """Add an event in the caller's transaction, so that it is written if and only if the change is.

    `details` hold ids, states and words of our own: never the text of a review.
    """
    actor = by if isinstance(by, str) else f"member {by.pk}, {by.user.name}"
    with transaction.atomic():
        AuditHead.objects.get_or_create(organisation=organisation)
        head = AuditHead.objects.select_for_update().get(organisation=organisation)
        event = AuditEvent(
            organisation=organisation,
            number=head.number + 1,
            at=now or timezone.now(),
            actor=actor,
            action=action,
            subject=subject,
            details=details,
            previous=head.hash,
        )
        event.hash = event_hash(event.as_line())
        event.save(force_insert=True)
        head.number, head.hash = event.number, event.hash
        head.save()
    return event


def export(organisation: Organisation) -> Iterator[dict[str, Any]]:
    """Yield every event, oldest first, as it is hashed, with its hash."""
    for event in AuditEvent.objects.of(organisation).order_by("number").iterator(chunk_size=2000):
        yield event.as_line() | {"hash": event.hash}


def verify(organisation: Organisation) -> Proof:
    """Check the chain in the database, and that its end was not cut off."""
    proof = verify_lines(export(organisation))
    head = AuditHead.objects.filter(organisation=organisation).first()
    number, last = (head.number, head.hash) if head else (0, FIRST)
    if proof.holds and (proof.events, proof.head) != (number, last):
        return Proof(proof.events, proof.head, proof.events + 1, "The end of the log is missing.")
    return proof
