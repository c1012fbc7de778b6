"""What somebody said, and what we do about it.

Retention: mentions, notes and replies stay until the organisation's retention ends or the platform says that the author took
them down; then the text is blanked and the row stays as a mark.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bedside.accounts.models import Channel, Location, Member, Organisation
from bedside.connectors.base import Kind as MentionKind
from bedside.lib.tenant import TenantQuerySet
from bedside.outbox.models import Outgoing
from bedside.text.assessment import Intent, Sentiment, Urgency

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # where a conversation without a clock is sorted


class Status(models.TextChoices):
    OPEN = "open", pgettext_lazy("state", "Open")
    SNOOZED = "snoozed", _("Snoozed")
    RESOLVED = "resolved", _("Resolved")


class ConversationQuerySet(TenantQuerySet["Conversation"]):
    def open(self) -> ConversationQuerySet:
        return self.filter(status=Status.OPEN)

    def late(self, now: datetime) -> ConversationQuerySet:
        """Return open conversations whose clock has run out."""
        return self.open().filter(sort_at__lt=now, paused_left__isnull=True)

    def waiting(self) -> ConversationQuerySet:
        """Return open conversations whose clock stands still."""
        return self.open().filter(paused_left__isnull=False)

    def by_clock(self) -> ConversationQuerySet:
        return self.order_by("sort_at", "id")

    def newest_first(self) -> ConversationQuerySet:
        return self.order_by("-last_mention_at", "-id")


class Conversation(models.Model):
    """The thread in the inbox. What its row shows is kept on it, so that a list reads one table.

    `due_at` is when the first answer is due, None without a clock; `paused_left` is the opening time that was left when the
    clock was stopped; `sort_at` puts every conversation in one order.
    """

    # The indexes below begin with the organisation or the channel; one more for each key only misleads a planner.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="conversations", db_index=False
    )
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="conversations", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="conversations", db_index=False)
    thread_id = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    author_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in MentionKind])
    rating = models.PositiveSmallIntegerField(null=True)
    preview = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=7, blank=True)
    sentiment = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Sentiment], default="neutral")
    score = models.FloatField(default=0.0)
    intent = models.CharField(max_length=12, choices=[(i.value, i.value) for i in Intent], default="other")
    urgency = models.CharField(max_length=10, choices=[(u.value, u.value) for u in Urgency], default="normal")
    topics = models.JSONField(default=list)
    risks = models.JSONField(default=list)
    assignee = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations", db_index=False
    )
    is_read = models.BooleanField(default=False)
    clock_rule = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True)
    paused_left = models.DurationField(null=True)
    sort_at = models.DateTimeField(default=NEVER)
    snoozed_until = models.DateTimeField(null=True)
    first_mention_at = models.DateTimeField()
    last_mention_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[ConversationQuerySet] = ConversationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "thread_id"], name="conversation_thread_once"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="conversation_status_known"),
            models.CheckConstraint(
                condition=models.Q(rating=None) | models.Q(rating__range=(1, 5)), name="conversation_rating_1_to_5"
            ),
        ]
        indexes = [
            # What follows the id is there to be counted without a look at the row.
            models.Index(
                fields=["organisation", "status", "sort_at", "id", "paused_left"], name="conversation_by_clock"
            ),
            models.Index(
                fields=["organisation", "status", "-last_mention_at", "-id"],
                name="conversation_newest",
            ),
            models.Index(
                fields=["organisation", "location", "status", "sort_at", "id", "paused_left", "assignee"],
                name="conversation_location",
            ),
            models.Index(fields=["organisation", "-id"], name="conversation_news"),
            models.Index(fields=["organisation", "last_mention_at"], name="conversation_came_in"),
            models.Index(
                fields=["organisation", "answered_at"],
                name="conversation_answered",
                condition=models.Q(answered_at__isnull=False),
            ),
            models.Index(
                fields=["organisation", "assignee", "status", "sort_at", "id"],
                name="conversation_mine",
                condition=models.Q(assignee__isnull=False),
            ),
            models.Index(
                fields=["organisation", "status", "sort_at", "id"],
                name="conversation_waiting",
                condition=models.Q(paused_left__isnull=False),
            ),
            models.Index(
                fields=["snoozed_until"], name="conversation_snoozed", condition=models.Q(snoozed_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def is_risky(self) -> bool:
        """Whether an answer to it is delicate: a risk was heard, or the rating is low."""
        return bool(self.risks) or (self.rating or 5) <= 2

    def end_clock(self) -> None:
        """Let nothing be due any more. The caller saves."""
        self.due_at, self.sort_at, self.paused_left = None, NEVER, None


class MentionQuerySet(TenantQuerySet["Mention"]):
    path = "conversation__organisation"

    def reviews(self) -> MentionQuerySet:
        return self.filter(rating__isnull=False)


class Mention(models.Model):
    """One incoming item. A review is a Mention with a rating. `earlier` keeps older texts: [{"text", "until"}]."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="mentions", db_index=False
    )  # both begin an index of their own below
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="mentions", db_index=False)
    external_id = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in MentionKind])
    author_name = models.CharField(max_length=120, blank=True)
    author_handle = models.CharField(max_length=120, blank=True)
    is_own = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=7, blank=True)
    spans = models.JSONField(default=list)  # [[label, start, end]], what triage heard where
    earlier = models.JSONField(default=list)
    url = models.URLField(max_length=500, blank=True)
    posted_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)

    objects: ClassVar[MentionQuerySet] = MentionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "external_id"], name="mention_once")]
        indexes = [models.Index(fields=["conversation", "posted_at"], name="mention_thread")]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class ReplyQuerySet(TenantQuerySet["Reply"]):
    path = "conversation__organisation"


class Reply(models.Model):
    """Our answer to a Mention, carried by an Outgoing. `is_followed` once its end has been written to the conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="replies")
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="replies")
    outgoing = models.OneToOneField(Outgoing, on_delete=models.PROTECT, related_name="reply")
    is_followed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ReplyQuerySet] = ReplyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["id"], name="reply_to_follow", condition=models.Q(is_followed=False))]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class NoteQuerySet(TenantQuerySet["Note"]):
    path = "conversation__organisation"


class Note(models.Model):
    """A word among colleagues. It never leaves."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[NoteQuerySet] = NoteQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"note {self.pk}"


class AssignmentQuerySet(TenantQuerySet["Assignment"]):
    path = "conversation__organisation"


class Assignment(models.Model):
    """Who was given a conversation, by whom, when; nobody means it was given back."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="assignments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"assignment {self.pk}"
