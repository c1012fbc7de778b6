"""What comes in becomes Mentions in Conversations: once each, however often it is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from bedside.accounts.models import Channel
from bedside.connectors.base import Incoming
from bedside.inbox import clock
from bedside.inbox.models import NEVER, Conversation, Mention, Status
from bedside.lib.bulk import insert_many
from bedside.outbox.models import Outgoing
from bedside.text import Assessment, Intent, Sentiment, Urgency, assess

HISTORY = timedelta(days=30)  # what was said longer ago than this, before we listened, is history and has no clock
TRIAGED = ("kind", "rating", "preview", "language", "sentiment", "score", "intent", "urgency", "topics", "risks")
CLOCKED = ("status", "is_read", "clock_rule", "due_at", "paused_left", "sort_at", "answered_at", "snoozed_until")
CONVERSATION_FIELDS = ("author_name", "last_mention_at", *TRIAGED, *CLOCKED)
MENTION_FIELDS = ("text", "rating", "language", "spans", "earlier", "deleted_at")


@dataclass(frozen=True, slots=True)
class Received:
    """How many were new, changed, or known already. Our own words are received too, but not counted."""

    new: int = 0
    changed: int = 0
    known: int = 0


def receive(
    channel: Channel,
    incoming: Sequence[Incoming],
    *,
    now: datetime | None = None,
    assessed: Mapping[str, Assessment] | None = None,
) -> Received:
    """Upsert Mentions and Conversations, run triage, set the clock. The order of `incoming` does not matter."""
    now = now or timezone.now()
    items = list({item.external_id: item for item in incoming}.values())
    assessed = assess_new(channel, items) if assessed is None else assessed
    try:
        return _receive(channel, items, assessed, now)
    except IntegrityError:  # another worker received the same at the same moment; by now it is known
        return _receive(channel, items, assessed, now)


def assess_new(channel: Channel, incoming: Iterable[Incoming]) -> dict[str, Assessment]:
    """Return the triage of what is new or changed, by external id. It takes time, so no lock is held meanwhile."""
    items = {item.external_id: item for item in incoming if not item.is_deleted and not item.is_own}
    known = Mention.objects.filter(channel=channel, external_id__in=list(items), deleted_at=None)
    for external_id, text, rating in known.values_list("external_id", "text", "rating"):
        if (items[external_id].text, items[external_id].rating) == (text, rating):
            del items[external_id]
    return {external_id: _assess(item) for external_id, item in items.items()}


def _assess(item: Incoming) -> Assessment:
    """Return the triage of what somebody said. Our own words need none."""
    if item.is_own:
        return Assessment(item.language[:7], Sentiment.NEUTRAL, 0.0, Intent.OTHER, (), Urgency.LOW, ())
    return assess(item.text, language=item.language, rating=item.rating)


@transaction.atomic
def _receive(channel: Channel, items: list[Incoming], assessed: Mapping[str, Assessment], now: datetime) -> Received:
    known = {mention.external_id: mention for mention in _known_mentions(channel, items)}
    ours = _sent_by_us(channel, items)
    unknown = [item for item in items if item.external_id not in known and item.external_id not in ours]
    fresh = [(item, assessed.get(item.external_id) or _assess(item)) for item in unknown if not item.is_deleted]
    changed = [(known[item.external_id], item) for item in items if _differs(known.get(item.external_id), item)]
    threads = _threads(channel, [item for item, _ in fresh], [mention for mention, _ in changed])
    stored = {thread.pk: thread for thread in threads.values() if thread.pk is not None}
    created = _create(channel, fresh, threads, now)
    _change(changed, stored, assessed, now)
    _save_conversations(list(stored.values()))
    return _count(items, created, [item for _, item in changed])


def _count(items: Sequence[Incoming], created: Sequence[Incoming], changed: Sequence[Incoming]) -> Received:
    heard, new, edited = (sum(not item.is_own for item in some) for some in (items, created, changed))
    return Received(new=new, changed=edited, known=heard - new - edited)


def _known_mentions(channel: Channel, items: Sequence[Incoming]) -> Iterable[Mention]:
    return Mention.objects.filter(channel=channel, external_id__in=[item.external_id for item in items])


def _threads(channel: Channel, fresh: Sequence[Incoming], changed: Sequence[Mention]) -> dict[str, Conversation]:
    """Return every conversation that will be touched, once, by its thread; new ones are not saved yet."""
    names = list({item.thread_id for item in fresh})
    locked = Conversation.objects.filter(channel=channel).select_for_update().order_by("pk")
    stored = {thread.thread_id: thread for thread in locked.filter(thread_id__in=names)} if names else {}
    if changed:
        of_changed = locked.filter(pk__in={mention.conversation_id for mention in changed})
        stored = {thread.thread_id: thread for thread in of_changed} | stored
    return {name: _conversation(channel, name) for name in names} | stored


def _sent_by_us(channel: Channel, items: Sequence[Incoming]) -> set[str]:
    """Return the ids of our own answers that come back to us; their Outgoing shows them already."""
    own = [item.external_id for item in items if item.is_own]
    if not own:
        return set()
    return set(Outgoing.objects.filter(channel=channel, external_id__in=own).values_list("external_id", flat=True))


def _differs(mention: Mention | None, item: Incoming) -> bool:
    if mention is None:
        return False
    if item.is_deleted:
        return mention.deleted_at is None
    return (mention.text, mention.rating) != (item.text, item.rating)


def _create(
    channel: Channel, fresh: Sequence[tuple[Incoming, Assessment]], threads: dict[str, Conversation], now: datetime
) -> list[Incoming]:
    """Create what is new, oldest first, so that a conversation ends up saying what was said last."""
    heard = {item.thread_id for item, _ in fresh if not item.is_own}
    created = []
    for item, assessment in sorted(fresh, key=lambda pair: (pair[0].posted_at, pair[0].external_id)):
        conversation = threads[item.thread_id]
        if conversation.pk is None and item.thread_id not in heard:
            continue  # our own post that nobody has answered is not a conversation
        created.append((item, assessment))
        _tell(conversation, item, assessment, channel, now)
    new = dict.fromkeys(item.thread_id for item, _ in created)
    _insert_conversations(channel, [threads[name] for name in new if threads[name].pk is None])
    rows = [_mention(channel, threads[item.thread_id], item, assessment, now) for item, assessment in created]
    insert_many(rows, ignore_conflicts=True)
    return [item for item, _ in created]


def _conversation(channel: Channel, thread_id: str) -> Conversation:
    return Conversation(
        organisation_id=channel.organisation_id, location_id=channel.location_id, channel=channel, thread_id=thread_id
    )


def _insert_conversations(channel: Channel, rows: Sequence[Conversation]) -> None:
    """Insert new conversations and give them their ids."""
    insert_many(rows)
    names = [row.thread_id for row in rows]
    stored = Conversation.objects.filter(channel=channel, thread_id__in=names) if names else Conversation.objects.none()
    ids = dict(stored.values_list("thread_id", "pk"))
    for row in rows:
        row.pk = ids[row.thread_id]


def _save_conversations(rows: Sequence[Conversation]) -> None:
    """Write what has changed of stored conversations: as an upsert, which is many times faster than bulk_update."""
    Conversation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=CONVERSATION_FIELDS
    )


def _mention(channel: Channel, conversation: Conversation, item: Incoming, found: Assessment, now: datetime) -> Mention:
    return Mention(
        conversation=conversation,
        channel=channel,
        external_id=item.external_id,
        kind=item.kind,
        author_name=item.author_name[:120],
        author_handle=item.author_handle[:120],
        is_own=item.is_own,
        rating=item.rating,
        text=item.text,
        language=found.language or conversation.language,
        spans=[[span.label, span.start, span.end] for span in found.spans],
        url=item.url[:500],
        posted_at=item.posted_at,
        received_at=now,
    )


def _tell(conversation: Conversation, item: Incoming, found: Assessment, channel: Channel, now: datetime) -> None:
    """Let the conversation say what this newest item says, and start its clock."""
    if conversation.pk is None and conversation.last_mention_at is None:
        conversation.first_mention_at = item.posted_at
    if item.is_own:
        _answered_elsewhere(conversation, item)
        return
    conversation.last_mention_at = max(conversation.last_mention_at or item.posted_at, item.posted_at)
    conversation.author_name = item.author_name[:120]
    _describe(conversation, item, found)
    is_history = item.posted_at < min(now, channel.created_at) - HISTORY
    conversation.status = Status.RESOLVED if is_history else Status.OPEN
    conversation.is_read = is_history
    conversation.paused_left = conversation.snoozed_until = conversation.answered_at = None
    rule = clock.rule_for(found, item.rating)
    start = max(item.posted_at, channel.created_at)
    conversation.clock_rule = rule.name
    conversation.due_at = None if is_history else clock.due_at(rule, start, channel.location)
    conversation.sort_at = conversation.due_at or NEVER


def _describe(conversation: Conversation, item: Incoming, found: Assessment) -> None:
    conversation.kind = item.kind
    conversation.rating = item.rating
    conversation.preview = " ".join(item.text.split())[:200]
    conversation.language = found.language
    conversation.sentiment = found.sentiment
    conversation.score = found.score
    conversation.intent = found.kind
    conversation.urgency = found.urgency
    conversation.topics = list(found.topics)
    conversation.risks = list(found.risks)


def _answered_elsewhere(conversation: Conversation, item: Incoming) -> None:
    """Our own words on the platform: the conversation is answered, unless somebody speaks again."""
    conversation.last_mention_at = conversation.last_mention_at or item.posted_at
    if conversation.due_at is not None:
        conversation.status, conversation.answered_at = Status.RESOLVED, item.posted_at
        conversation.end_clock()


def _change(
    changed: Sequence[tuple[Mention, Incoming]],
    conversations: Mapping[int, Conversation],
    assessed: Mapping[str, Assessment],
    now: datetime,
) -> None:
    """Keep the older text of an edited mention; blank a deleted one and let its conversation rest."""
    silent = _silent([mention for mention, item in changed if item.is_deleted])
    for mention, item in changed:
        conversation = conversations[mention.conversation_id]
        if item.is_deleted:
            mention.deleted_at, mention.text, mention.spans, mention.earlier = now, "", [], []
            if conversation.pk in silent:
                _rest(conversation)
        else:
            _edit(mention, conversation, item, assessed.get(item.external_id) or _assess(item), now)
    rows = [mention for mention, _ in changed]
    Mention.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=MENTION_FIELDS)


def _silent(deleted: Sequence[Mention]) -> set[int]:
    """Return the conversations in which nobody but us says anything any more once these are deleted."""
    if not deleted:
        return set()
    conversations = {mention.conversation_id for mention in deleted}
    left = Mention.objects.filter(conversation__in=conversations, deleted_at=None, is_own=False)
    return conversations - set(left.exclude(pk__in=[m.pk for m in deleted]).values_list("conversation_id", flat=True))


def _rest(conversation: Conversation) -> None:
    conversation.preview, conversation.status = "", Status.RESOLVED
    conversation.end_clock()


def _edit(mention: Mention, conversation: Conversation, item: Incoming, found: Assessment, now: datetime) -> None:
    mention.earlier = [*mention.earlier, {"text": mention.text, "rating": mention.rating, "until": now.isoformat()}]
    mention.text, mention.rating, mention.language = item.text, item.rating, found.language or mention.language
    mention.spans = [[span.label, span.start, span.end] for span in found.spans]
    if not mention.is_own and conversation.last_mention_at <= item.posted_at:
        _describe(conversation, item, found)
        conversation.is_read = False
