"""The list: its tabs, its pages, its counts, and the plan the database makes for each."""

from datetime import timedelta

import pytest
from django.db import connection

from bedside.accounts.models import Location
from bedside.inbox import listing
from bedside.inbox.models import NEVER, Conversation, Status
from bedside.testing import NOON, make_channel, make_location, make_member, make_organisation, make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member()


def fill(member, count, **fields):
    location = make_location(organisation=member.organisation)
    channel = make_channel(location=location)
    for number in range(count):
        make_review(channel=channel, posted_at=NOON + timedelta(minutes=number), **fields)
    return location


def first_rows(member, view, *, after="", now=NOON):
    places = Location.objects.of(member.organisation)
    chosen = listing.choose(member, view, location=None, now=now)
    return listing.page(chosen, member, places, view=view, after=after, now=now)


def pages(member, view, now=NOON):
    after, found = "", []
    while True:
        page = first_rows(member, view, after=after, now=now)
        found.append([row["id"] for row in page.rows])
        after = page.after
        if not after:
            return found


def test_pages_follow_each_other_without_gap_or_repetition(member):
    fill(member, 95)
    Conversation.objects.filter(pk__gt=50).update(sort_at=NOON)  # many at the same moment
    found = pages(member, "open")
    ids = [pk for page in found for pk in page]
    assert [len(page) for page in found] == [25, 25, 25, 20]
    assert len(ids) == len(set(ids)) == 95
    assert ids == list(Conversation.objects.by_clock().values_list("pk", flat=True))


def test_the_resolved_stand_newest_first(member):
    fill(member, 45)
    Conversation.objects.update(status=Status.RESOLVED, due_at=None, sort_at=NEVER)
    ids = [pk for page in pages(member, "resolved") for pk in page]
    assert ids == list(Conversation.objects.newest_first().values_list("pk", flat=True))


def test_a_cursor_nobody_can_read_is_refused(member):
    for after in ("x", "2026-01-01_", "_5", "yesterday_5"):
        with pytest.raises(listing.CursorInvalid):
            first_rows(member, "open", after=after)


def test_the_counts_agree_with_the_tabs(member):
    location = fill(member, 6)
    fill(member, 2)
    first, second, third = Conversation.objects.order_by("pk")[:3]
    Conversation.objects.filter(pk=first.pk).update(assignee=member)
    Conversation.objects.filter(pk=second.pk).update(sort_at=NOON - timedelta(hours=1))
    Conversation.objects.filter(pk=third.pk).update(paused_left=timedelta(hours=1))
    make_review(channel=make_channel(organisation=make_organisation()))
    for place in (None, location):
        counted, _newest = listing.counts(member, location=place, now=NOON)
        tabs = {
            v: listing.choose(member, v, location=place, now=NOON).count() for v in ("open", "mine", "late", "waiting")
        }
        assert counted == {view: str(number) for view, number in tabs.items()}


def test_counting_stops_where_it_tells_no_more(member, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    fill(member, 5)
    assert listing.counts(member, location=None, now=NOON)[0]["open"] == "2+"


def test_a_row_names_its_place_and_whoever_has_it(member):
    location = fill(member, 3)
    colleague = make_member(organisation=member.organisation)
    mine, theirs, nobodys = Conversation.objects.order_by("pk")
    Conversation.objects.filter(pk=mine.pk).update(assignee=member)
    Conversation.objects.filter(pk=theirs.pk).update(assignee=colleague)
    rows = {row["id"]: row for row in first_rows(member, "open").rows}
    assert {row["place"] for row in rows.values()} == {location}
    assert rows[mine.pk]["assignee"] == member.user.name
    assert rows[theirs.pk]["assignee"] == colleague.user.name
    assert rows[nobodys.pk]["assignee"] == ""


@pytest.mark.parametrize("view", listing.VIEWS)
@pytest.mark.parametrize("has_location", [False, True])
def test_every_tab_is_read_along_an_index_without_sorting(member, view, has_location):
    if connection.vendor != "sqlite":
        pytest.skip("the plan of a small table says nothing on PostgreSQL")
    location = fill(member, 3) if has_location else None
    plan = listing.choose(member, view, location=location, now=NOON).values(*listing.COLUMNS)[:40].explain()
    assert "INDEX conversation_" in plan
    assert "USE TEMP B-TREE" not in plan
