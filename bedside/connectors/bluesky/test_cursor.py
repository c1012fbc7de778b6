"""However notifications come, late, in pages or between two pages, each is fetched, and once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.connectors.base import Session
from bedside.connectors.bluesky.connector import Bluesky

OWN = "did:plc:clinic"
START = datetime.now(UTC) - timedelta(days=2)


class AppView:
    """Shows notifications newest first, as many on a page as told, by the time of their authors' clocks."""

    def __init__(self, page: int) -> None:
        self.page = page
        self.notifications: list[dict[str, Any]] = []

    def arrive(self, minute: int, late_minutes: int) -> None:
        """Somebody writes now, with a clock that is slow by this much."""
        number = len(self.notifications)
        at = START + timedelta(minutes=minute - late_minutes, milliseconds=number)
        author = {"did": "did:plc:nora", "handle": "nora.example"}
        record = {"$type": "app.bsky.feed.post", "text": str(number)}
        uri = f"at://did:plc:nora/app.bsky.feed.post/{number}"
        stamp = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.notifications.append(
            {"uri": uri, "author": author, "record": record, "reason": "mention", "indexedAt": stamp}
        )

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("getAuthorFeed"):
            return httpx2.Response(200, json={"feed": []})
        before = request.url.params.get("cursor", "9")
        older = [one for one in self.notifications if one["indexedAt"] < before]
        shown = sorted(older, key=lambda one: one["indexedAt"], reverse=True)[: self.page]
        more = {"cursor": shown[-1]["indexedAt"]} if len(older) > self.page else {}
        return httpx2.Response(200, json={"notifications": shown, **more})


arrivals = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 59)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(arrivals, min_size=1, max_size=8), st.integers(2, 7))
def test_every_notification_is_fetched_once(rounds: list[list[tuple[int, int]]], page_size: int) -> None:
    app_view, cursor, fetched, minute = AppView(page_size), None, Counter[str](), 0
    client = httpx2.Client(transport=httpx2.MockTransport(app_view), base_url="http://platform.invalid")
    session = Session(client=client, channel_id=OWN)
    for arriving in rounds:
        for minutes_on, late in arriving:
            minute += minutes_on
            app_view.arrive(minute, late)
        page = Bluesky().fetch(session, cursor)  # a round may be cut in two by the next arrivals
        fetched.update(item.external_id for item in page.items)
        cursor = page.cursor
    for _ in range(2):  # the round that was begun, and one more
        has_more = True
        while has_more:
            page = Bluesky().fetch(session, cursor)
            fetched.update(item.external_id for item in page.items)
            cursor, has_more = page.cursor, page.has_more
    assert set(fetched) == {one["uri"] for one in app_view.notifications}
    assert max(fetched.values(), default=1) == 1
