"""From what was received to what the inbox knows: store, parse, receive. Everything here can run twice unharmed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from typing import Any, cast

import orjson
from django.db import DataError, IntegrityError

from bedside.accounts.models import Channel
from bedside.connectors import registry
from bedside.connectors.base import Incoming, Kind, Push, Receives
from bedside.connectors.errors import ConnectorError
from bedside.inbox.receiving import receive
from bedside.listening.models import Form, RawItem

BATCH = 500
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)
UNFIT = (IntegrityError, DataError, ValueError, TypeError, OverflowError)  # a rating of 9, a time without a zone


def store_incoming(channel: Channel, items: Sequence[Incoming], *, now: datetime) -> None:
    """Store what a fetch brought."""
    _store(channel, Form.INCOMING, (orjson.dumps(asdict(item)).decode() for item in items), now)


def store_push(channel: Channel, push: Push, *, now: datetime) -> None:
    """Store a verified webhook delivery as it came."""
    _store(channel, Form.PUSH, [orjson.dumps({"query": dict(push.query), "body": push.body.decode()}).decode()], now)


def _store(channel: Channel, form: Form, contents: Iterable[str], now: datetime) -> None:
    rows = [
        RawItem(
            channel=channel,
            form=form,
            content=content,
            content_hash=hashlib.sha256(content.encode()).hexdigest(),
            received_at=now,
        )
        for content in contents
    ]
    RawItem.objects.bulk_create(rows, ignore_conflicts=True)


def ingest_waiting(now: datetime) -> int:
    """Give the inbox what has been stored and not yet read. Return how many raw items were taken."""
    rows = list(
        RawItem.objects.filter(ingested_at=None)
        .select_related("channel__location", "channel__organisation")
        .order_by("id")[:BATCH]
    )
    for channel, group in groupby(rows, key=lambda row: row.channel):
        _ingest(channel, list(group), now)
    return len(rows)


def _ingest(channel: Channel, rows: list[RawItem], now: datetime) -> None:
    items: list[Incoming] = []
    for row in rows:
        try:
            items += _incoming(channel, row)
        except (*UNREADABLE, ConnectorError) as exc:
            row.problem = f"This could not be read ({type(exc).__name__})."
    try:
        receive(channel, items, now=now)
    except UNFIT:
        _receive_one_by_one(channel, rows, now)
    for row in rows:
        row.ingested_at = now
    RawItem.objects.bulk_update(rows, ["ingested_at", "problem"])


def _receive_one_by_one(channel: Channel, rows: list[RawItem], now: datetime) -> None:
    """One item that fits nowhere must not keep the others out."""
    for row in rows:
        if not row.problem:
            try:
                receive(channel, _incoming(channel, row), now=now)
            except UNFIT as exc:
                row.problem = f"This could not be kept ({type(exc).__name__})."


def _incoming(channel: Channel, row: RawItem) -> Sequence[Incoming]:
    content: dict[str, Any] = orjson.loads(row.content)
    if row.form == Form.PUSH:
        push = Push(headers={}, body=content["body"].encode(), query=content["query"])
        return cast(Receives, registry.get(channel.platform)).parse(push)
    content["kind"] = Kind(content["kind"])
    content["posted_at"] = datetime.fromisoformat(content["posted_at"])
    return [Incoming(**content)]
