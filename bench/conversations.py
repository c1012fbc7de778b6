"""Invented conversations by the hundred thousand, made by a generator and written in large batches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from bedside.inbox.models import NEVER, Conversation, Status

BATCH = 5000
SAID = (
    "Friendly people at reception, and everything was explained without haste.",
    "Nach einer Stunde Wartezeit hiess es, der Termin sei gestern gewesen.",
    "Personne ne répond au téléphone, j'ai essayé toute la semaine.",
    "Muy buen trato, pero aparcar es imposible.",
    "Braucht man für die Impfung einen Termin?",
)
TOPICS = (["staff"], ["waiting_time"], ["telephone"], ["access", "staff"], ["appointments"])


def insert(connection: Any, channels: list[Any], weights: list[float], count: int, member: Any) -> None:
    """Write `count` conversations, spread over the channels by their weights; one in forty is the member's."""
    rows = conversations(channels, weights, count, member)
    while batch := list(islice(rows, BATCH)):
        Conversation.objects.bulk_create(batch)


def conversations(channels: list[Any], weights: list[float], count: int, member: Any) -> Iterator[Conversation]:
    """Yield them without keeping them: 6 % open, 1 % late, 1 % with a clock that stands, the rest resolved."""
    chance, now = random.Random(7), timezone.now()
    chosen = iter(random.Random(8).choices(channels, weights, k=count))
    for number, channel in enumerate(chosen):
        said_at = now - timedelta(minutes=chance.random() * 60 * 24 * 700)
        draw, text = chance.random(), number % len(SAID)
        due_at = now + timedelta(minutes=chance.uniform(1, 4000)) if draw < 0.07 else None
        if draw < 0.01:
            due_at = now - timedelta(minutes=chance.uniform(1, 4000))
        yield Conversation(
            organisation_id=channel.organisation_id,
            location_id=channel.location_id,
            channel_id=channel.pk,
            thread_id=f"t{number}",
            status=Status.OPEN if due_at else Status.RESOLVED,
            author_name=f"Person {number % 997}",
            kind="review",
            rating=number % 5 + 1,
            preview=SAID[text],
            language="en",
            topics=TOPICS[text],
            is_read=number % 3 > 0,
            assignee_id=member.pk if channel.organisation_id == member.organisation_id and number % 40 == 0 else None,
            clock_rule="ordinary" if due_at else "",
            due_at=due_at,
            paused_left=timedelta(hours=3) if 0.06 < draw < 0.07 else None,
            sort_at=due_at or NEVER,
            first_mention_at=said_at,
            last_mention_at=said_at,
            answered_at=said_at + timedelta(hours=6) if not due_at else None,
        )
