"""What the guard may know when a Mention is answered: whose clinic it is, and what the review says."""

from __future__ import annotations

from typing import Any

from bedside.accounts.models import Practitioner
from bedside.inbox.models import Conversation, Mention
from bedside.outbox.models import THERE, Outgoing

RECENT = 10  # replies of the same location that a new one must not copy


def guard_context(conversation: Conversation, mention: Mention) -> dict[str, Any]:
    """Return the fields of `guard.Context` as JSON, for an answer to this Mention."""
    location, channel = conversation.location, conversation.channel
    staff = Practitioner.objects.of(conversation.organisation).filter(location=location)
    names = dict.fromkeys((conversation.organisation.name, location.name, channel.name))
    return {
        "kind": "reply",
        **channel.location.rules,  # of where the page is now, as when the answer is sent
        "channel": channel.platform,
        "review": mention.text,
        "reviewer": mention.author_name,
        "stars": mention.rating,
        "clinic": [name for name in names if name],
        "contacts": list(location.contacts),
        "staff": list(staff.values_list("name", flat=True)),
        "recent": list(_recent_replies(conversation)),
    }


def _recent_replies(conversation: Conversation) -> list[str]:
    sent = Outgoing.objects.of(conversation.organisation).filter(channel=conversation.channel, state__in=THERE)
    others = sent.exclude(reply__conversation=conversation)
    return list(others.order_by("-sent_at").values_list("text", flat=True)[:RECENT])
