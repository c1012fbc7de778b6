"""A conversation as a page shows it: what was said, what we answered, what colleagues noted, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bedside.inbox.models import Conversation, Mention, Note, Reply
from bedside.outbox.models import THERE


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `label` names the risk or topic that was heard in it, "" for plain words."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the thread: a mention, an answer of ours, or a note."""

    kind: str
    at: datetime
    mention: Mention | None = None
    reply: Reply | None = None
    note: Note | None = None
    pieces: tuple[Piece, ...] = ()


def entries(conversation: Conversation) -> list[Entry]:
    """Return the whole thread, oldest first, in three queries."""
    found = [
        Entry("mention", mention.posted_at, mention=mention, pieces=pieces(mention.text, mention.spans))
        for mention in conversation.mentions.order_by("posted_at", "id")
    ]
    replies = conversation.replies.filter(outgoing__state__in=THERE).select_related("outgoing__author__user")
    found += [Entry("reply", reply.outgoing.sent_at or reply.created_at, reply=reply) for reply in replies]
    notes = conversation.notes.select_related("author__user")
    found += [Entry("note", note.created_at, note=note) for note in notes]
    return sorted(found, key=lambda entry: entry.at)


def newest_heard(thread: list[Entry]) -> Mention | None:
    """Return the last thing somebody else said that can be answered."""
    for entry in reversed(thread):
        if entry.mention and not entry.mention.is_own and entry.mention.deleted_at is None:
            return entry.mention
    return None


def pieces(text: str, spans: list[list[object]]) -> tuple[Piece, ...]:
    """Cut a text at its spans; of two that overlap the first stays."""
    found, at = [], 0
    for label, start, end in sorted(spans, key=lambda span: (span[1], span[2])):
        if not (isinstance(start, int) and isinstance(end, int)) or start < at or end > len(text):
            continue
        found += [Piece(text[at:start]), Piece(text[start:end], str(label))]
        at = end
    return tuple(piece for piece in [*found, Piece(text[at:])] if piece.text)
