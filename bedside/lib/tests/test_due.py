"""Claiming due work: nobody gets a row twice, and a lost lease changes nothing."""

from datetime import timedelta
from threading import Event
from time import monotonic

import pytest
from django.utils import timezone

from bedside.lib.due import kept_alive
from bedside.listening.models import Sync
from bedside.testing import NOON, make_channel

LEASE = timedelta(seconds=60)
pytestmark = pytest.mark.django_db


def make_sync(*, due_at=NOON):
    return Sync.objects.create(channel=make_channel(), due_at=due_at)


def test_only_due_rows_are_claimed_the_longest_due_first():
    late, later = make_sync(due_at=NOON - timedelta(hours=1)), make_sync(due_at=NOON)
    make_sync(due_at=NOON + timedelta(seconds=1))
    make_sync(due_at=None)
    assert Sync.objects.claim(NOON, limit=10, lease=LEASE) == [late, later]


def test_a_claimed_row_is_not_claimed_again_until_its_lease_has_run_out():
    row = make_sync()
    assert Sync.objects.claim(NOON, limit=10, lease=LEASE) == [row]
    assert Sync.objects.claim(NOON + timedelta(seconds=59), limit=10, lease=LEASE) == []
    assert Sync.objects.claim(NOON + LEASE, limit=10, lease=LEASE) == [row]


def test_a_claim_takes_no_more_than_its_limit():
    for _ in range(5):
        make_sync()
    assert [len(Sync.objects.claim(NOON, limit=2, lease=LEASE)) for _ in range(4)] == [2, 2, 1, 0]


def test_release_gives_the_row_back_with_its_changes():
    make_sync()
    (row,) = Sync.objects.claim(NOON, limit=1, lease=LEASE)
    assert row.release(due_at=NOON + timedelta(hours=1), failures=3)
    row.refresh_from_db()
    assert (row.lease, row.leased_until, row.failures) == ("", None, 3)
    assert Sync.objects.claim(NOON + timedelta(hours=1), limit=1, lease=LEASE) == [row]


def test_who_lost_the_lease_writes_nothing():
    make_sync()
    (slow,) = Sync.objects.claim(NOON, limit=1, lease=LEASE)
    (quick,) = Sync.objects.claim(NOON + LEASE, limit=1, lease=LEASE)
    assert not slow.release(failures=9)
    assert quick.release(failures=1)
    assert Sync.objects.get(pk=quick.pk).failures == 1


def test_a_row_that_was_never_claimed_cannot_be_released():
    assert not make_sync().release(failures=1)


def test_claiming_costs_three_queries(django_assert_num_queries):
    for _ in range(5):
        make_sync()
    with django_assert_num_queries(3):
        Sync.objects.claim(timezone.now(), limit=5, lease=LEASE)


@pytest.mark.django_db(transaction=True)
def test_a_lease_is_renewed_for_as_long_as_the_work_takes():
    make_sync(due_at=timezone.now())
    lease = timedelta(seconds=0.6)
    (row,) = Sync.objects.claim(timezone.now(), limit=1, lease=lease)
    first = row.leased_until
    with kept_alive([row], lease):
        until(lambda: Sync.objects.get(pk=row.pk).leased_until > first, 10, "a renewed lease")
        assert Sync.objects.claim(first, limit=1, lease=lease) == []
    assert row.release(due_at=None)


def until(is_so, seconds, what):
    """Wait, a moment at a time, until it is so."""
    deadline = monotonic() + seconds
    while not is_so():
        assert monotonic() < deadline, f"{what} did not come within {seconds} s"
        Event().wait(0.05)
