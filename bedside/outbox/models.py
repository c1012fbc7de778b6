"""What goes out. An Outgoing is one text on its way to one channel; its state says how far it came.

draft → held → queued → sending → sent → live, or rejected, unknown, retracted, cancelled.
Retention: an Outgoing and its attempts stay as long as the conversation they answer, as evidence of what was published.
"""

from __future__ import annotations

import hashlib
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bedside.accounts.models import Channel, Member, Organisation
from bedside.governance.models import Approval
from bedside.guard.verdict import Severity
from bedside.lib.due import DueQuerySet, DueRow
from bedside.lib.tenant import TenantQuerySet


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    HELD = "held", _("Held")
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    LIVE = "live", _("Live")
    REJECTED = "rejected", _("Rejected")
    UNKNOWN = "unknown", _("Outcome unknown")
    RETRACTED = "retracted", _("Retracted")
    CANCELLED = "cancelled", _("Cancelled")


MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.HELD, State.QUEUED, State.CANCELLED}),
    State.HELD: frozenset({State.QUEUED, State.DRAFT, State.CANCELLED}),
    State.QUEUED: frozenset({State.SENDING, State.HELD, State.DRAFT, State.CANCELLED}),
    State.SENDING: frozenset({State.SENT, State.LIVE, State.QUEUED, State.REJECTED, State.UNKNOWN}),
    State.UNKNOWN: frozenset({State.SENT, State.LIVE, State.QUEUED, State.CANCELLED}),
    State.SENT: frozenset({State.LIVE, State.REJECTED, State.RETRACTED}),
    State.LIVE: frozenset({State.RETRACTED}),
    State.REJECTED: frozenset({State.DRAFT, State.CANCELLED}),
    State.RETRACTED: frozenset(),
    State.CANCELLED: frozenset(),
}
ON_THE_WAY = (State.QUEUED, State.SENDING, State.UNKNOWN)
THERE = (State.SENT, State.LIVE)


class OutgoingKind(models.TextChoices):
    REPLY = "reply", _("Reply")
    POST = "post", _("Post")


def text_hash(text: str) -> str:
    """Return the SHA-256, in hex, that an approval is bound to."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_key() -> str:
    """Return a key that a platform can recognise a second try by: 32 hexadecimal digits."""
    return uuid4().hex


class Outgoing(DueRow):
    """Text on its way out. `key` is the same for every try, so that a platform or a look-up knows it again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="outgoings")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="outgoings")
    kind = models.CharField(max_length=10, choices=OutgoingKind, default=OutgoingKind.REPLY)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    to = models.CharField(max_length=300, blank=True)  # the platform's id of what is answered
    text = models.TextField()
    language = models.CharField(max_length=7, blank=True)
    context = models.JSONField(default=dict)  # what the guard may know; see guard_context
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="outgoings")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, null=True, related_name="outgoing")
    severity = models.CharField(max_length=5, choices=[(s.value, s.value) for s in Severity], default=Severity.PASS)
    guard_version = models.CharField(max_length=40, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    external_id = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    problem = models.CharField(max_length=300, blank=True)  # why it is where it is, for a person
    needs_person = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects: ClassVar[DueQuerySet[Outgoing]] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="outgoing_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["organisation", "state"], name="outgoing_state"),
            models.Index(fields=["lease"], name="outgoing_lease", condition=~models.Q(lease="")),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="outgoing_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=THERE) | models.Q(sent_at__isnull=False), name="outgoing_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"outgoing {self.pk}, {self.state}"

    @property
    def text_hash(self) -> str:
        return text_hash(self.text)


class Outcome(models.TextChoices):
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FOUND = "found", _("Looked up: it is there")
    ABSENT = "absent", _("Looked up: it is not there")
    UNAVAILABLE = "unavailable", _("Platform unavailable")
    REJECTED = "rejected", _("Rejected")
    UNKNOWN = "unknown", _("Outcome unknown")
    EXPIRED = "expired", _("Reconnect needed")
    HELD = "held", _("Stopped by the guard")


class Attempt(models.Model):
    """One try, or one look-up. Written before the platform is called."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.SENDING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outgoing", "number"], name="attempt_number_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="attempt_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number}, {self.outcome}"


class FindingQuerySet(TenantQuerySet["Finding"]):
    path = "outgoing__organisation"


class Finding(models.Model):
    """One span that a rule flagged at the last check of an Outgoing. Offsets are code points."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60)
    family = models.CharField(max_length=40)
    severity = models.CharField(max_length=5)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    message = models.CharField(max_length=300)
    suggestion = models.TextField(null=True)
    source = models.CharField(max_length=300)

    objects: ClassVar[FindingQuerySet] = FindingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("start", "end")
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="finding_span_forward")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.start}-{self.end}"
