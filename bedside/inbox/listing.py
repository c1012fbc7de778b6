"""The inbox as a list: which rows, in which order, from where on. A page costs the same however deep it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bedside.accounts.models import Location, Member
from bedside.inbox.models import Conversation, ConversationQuerySet
from bedside.inbox.reading import read

PAGE = 25  # six fit on a screen; a longer page costs everybody who opens the inbox
MOST_COUNTED = 100
VIEWS = {
    "open": pgettext_lazy("state", "Open"),
    "mine": _("Mine"),
    "late": _("Late"),
    "waiting": _("Waiting"),
    "resolved": _("Resolved"),
}
COLUMNS = (
    "id",
    "author_name",
    "rating",
    "preview",
    "language",
    "topics",
    "risks",
    "is_read",
    "due_at",
    "paused_left",
    "sort_at",
    "last_mention_at",
    "answered_at",
    "channel__platform",
    "location_id",
    "assignee_id",
)


class CursorInvalid(Exception):
    """An address whose place in the list cannot be read."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of rows, and where the next one starts; `after` is "" on the last page."""

    rows: list[dict[str, Any]]
    after: str


def choose(member: Member, view: str, *, location: Location | None, now: datetime) -> ConversationQuerySet:
    """Return the conversations of one tab, in its order."""
    mine = Conversation.objects.of(member.organisation)
    if location:
        mine = mine.filter(location=location)
    if view == "mine":
        mine = mine.open().filter(assignee=member)
    elif view == "late":
        mine = mine.late(now)
    elif view == "waiting":
        mine = mine.waiting()
    elif view == "resolved":
        return mine.filter(status="resolved").newest_first()
    else:
        mine = mine.open()
    return mine.by_clock()


def page(
    chosen: ConversationQuerySet, member: Member, places: Iterable[Location], *, view: str, after: str, now: datetime
) -> Listing:
    """Return the rows that follow the cursor `after`; "" starts at the top. `places` are those of the organisation."""
    is_newest_first = view == "resolved"
    column = "last_mention_at" if is_newest_first else "sort_at"
    if after:
        chosen = chosen.filter(_beyond(column, after, is_newest_first=is_newest_first))
    rows = list(chosen.values(*COLUMNS)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    complete(rows, member, places, now=now)
    return Listing(rows, f"{rows[-1][column].isoformat()}_{rows[-1]['id']}" if more else "")


# One statement instead of five: building five queries costs more than the database takes to answer them.
COUNTS = """
SELECT
  (SELECT count(*) FROM (SELECT 1 FROM inbox_conversation WHERE {mine} AND status = 'open' LIMIT {most}) AS t),
  (SELECT count(*) FROM (SELECT 1 FROM inbox_conversation WHERE {mine} AND status = 'open'
     AND assignee_id = %(member)s LIMIT {most}) AS t),
  (SELECT count(*) FROM (SELECT 1 FROM inbox_conversation WHERE {mine} AND status = 'open'
     AND sort_at < %(now)s AND paused_left IS NULL LIMIT {most}) AS t),
  (SELECT count(*) FROM (SELECT 1 FROM inbox_conversation WHERE {mine} AND status = 'open'
     AND paused_left IS NOT NULL LIMIT {most}) AS t),
  (SELECT max(id) FROM inbox_conversation WHERE organisation_id = %(organisation)s)
"""
WHOLE = "organisation_id = %(organisation)s"
ONE_PLACE = f"{WHOLE} AND location_id = %(location)s"


def counts(member: Member, *, location: Location | None, now: datetime) -> tuple[dict[str, str], int]:
    """Return how many are in each open tab, and the number of the newest conversation, 0 when there is none.

    A count is "14", or "99+" when counting on would cost more than it tells.
    """
    statement = COUNTS.format(mine=ONE_PLACE if location else WHOLE, most=MOST_COUNTED)
    given = {
        "organisation": member.organisation_id,
        "location": location.pk if location else None,
        "member": member.pk,
        "now": connection.ops.adapt_datetimefield_value(now),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        *numbers, newest = cursor.fetchone()
    shown = (str(number) if number < MOST_COUNTED else f"{MOST_COUNTED - 1}+" for number in numbers)
    return dict(zip(("open", "mine", "late", "waiting"), shown, strict=True)), newest or 0


def _beyond(column: str, after: str, *, is_newest_first: bool) -> Q:
    moment, _sep, number = after.rpartition("_")
    try:
        at, pk = datetime.fromisoformat(moment), int(number)
    except ValueError as exc:
        raise CursorInvalid(after) from exc
    side = "lt" if is_newest_first else "gt"
    return Q(**{f"{column}__{side}e": at}) & (Q(**{f"{column}__{side}": at}) | Q(**{f"id__{side}": pk}))


def complete(rows: list[dict[str, Any]], member: Member, places: Iterable[Location], *, now: datetime) -> None:
    """Put into each row its `place`, who has it (`assignee`, a name) and its `clock`; the rows have the COLUMNS.

    The few places are at hand and most rows are nobody's or the member's own, so that the list reads two tables, not six.
    """
    place_of = {place.pk: place for place in places}
    names = {None: "", member.pk: member.user.name}
    if others := {row["assignee_id"] for row in rows} - names.keys():
        names |= dict(Member.objects.of(member.organisation).filter(pk__in=others).values_list("pk", "user__name"))
    for row in rows:
        row["place"] = place_of[row["location_id"]]
        row["assignee"] = names[row["assignee_id"]]
        row["clock"] = read(
            due_at=row["due_at"],
            paused_left=row["paused_left"],
            start=row["last_mention_at"],
            now=now,
            zone=row["place"].time_zone,
        )
