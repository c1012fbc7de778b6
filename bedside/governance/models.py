"""What the clinic has decided, who agreed to what, and the log that proves it.

Retention: audit events stay as long as the organisation (45 CFR 164.316(b)(2)(i) asks for six years); they hold ids and
words of our own, never what a reviewer wrote.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bedside.accounts.models import Member, Organisation
from bedside.governance.chain import FIRST
from bedside.lib.tenant import TenantQuerySet


class AuditEventQuerySet(TenantQuerySet["AuditEvent"]):
    def newest_first(self) -> AuditEventQuerySet:
        return self.order_by("-number")


class AuditEvent(models.Model):
    """One thing that was done, chained to the one before by its hash."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="audit_events")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=160)  # "member 4, Mira Ackeret" or "worker"
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)  # "outgoing 12"
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[AuditEventQuerySet] = AuditEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="audit_event_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    def as_line(self) -> dict[str, Any]:
        """Return what is exported and hashed: everything but the hash itself."""
        return {
            "organisation": self.organisation_id,
            "number": self.number,
            "at": self.at.isoformat(),
            "actor": self.actor,
            "action": self.action,
            "subject": self.subject,
            "details": self.details,
            "previous": self.previous,
        }


class AuditHead(models.Model):
    """Where an organisation's chain ends. Its row is the lock: events are added one after another."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="audit_head")
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=FIRST)

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"


class Eyes(models.TextChoices):
    """When a second person must agree."""

    ALWAYS = "always", _("Every answer is read by a second person")
    FLAGGED = "flagged", _("Answers with a warning, and answers to low ratings or risks, are read by a second person")
    NEVER = "never", _("Nobody has to read along")


class Policy(models.Model):
    """The rules the clinic gave itself. A change is a new version; approvals name the version they were given under."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="policies")
    version = models.PositiveIntegerField()
    eyes = models.CharField(max_length=10, choices=Eyes, default=Eyes.ALWAYS)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[TenantQuerySet[Policy]] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="policy_version_once"),
            models.CheckConstraint(condition=models.Q(eyes__in=Eyes.values), name="policy_eyes_known"),
        ]

    def __str__(self) -> str:
        return f"policy {self.version}"


class Decision(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Handed back")
    VOID = "void", _("Void: the text was changed")


class Approval(models.Model):
    """A second person's yes to one exact text under one version of the policy. An edit voids it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="approvals")
    text_hash = models.CharField(max_length=64)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="approvals")
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="approvals_asked")
    asked_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="approvals_decided")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar[TenantQuerySet[Approval]] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(decision__in=Decision.values), name="approval_decision_known"),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="approval_never_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"approval {self.pk}, {self.decision}"
