"""A worker's road: what breaks, breaks alone; what is lost is said once."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from bedside.lib import working
from bedside.lib.working import Road, Work, every

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def fails(error: Exception) -> Work:
    def failing(now: datetime) -> int:
        raise error

    return failing


@pytest.fixture
def make_road(db: None) -> Callable[..., Road]:
    return lambda *works: Road("out", works, threading.Event())


def test_a_turn_counts_what_was_taken(make_road: Callable[..., Road]) -> None:
    assert make_road(lambda now: 2, lambda now: 3).turn() == 5


def test_a_work_that_raises_stops_no_other_and_is_logged_once(
    make_road: Callable[..., Road], caplog: pytest.LogCaptureFixture
) -> None:
    road = make_road(fails(KeyError("x")), lambda now: 1)
    assert [road.turn(), road.turn()] == [1, 1]
    assert sum(record.levelno == logging.ERROR for record in caplog.records) == 1


def test_a_work_that_mends_is_said_once(make_road: Callable[..., Road], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    outcomes = iter([KeyError("x"), None, None])

    def unsteady(now: datetime) -> int:
        if error := next(outcomes):
            raise error
        return 0

    road = make_road(unsteady)
    for _ in range(3):
        road.turn()
    assert [record.message for record in caplog.records].count(f"{__name__}.{unsteady.__qualname__} works again") == 1


def test_a_lost_database_is_said_once_and_so_is_its_return(
    make_road: Callable[..., Road], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(working, "_is_answering", lambda: False)
    monkeypatch.setattr(working.connections, "close_all", lambda: None)
    road = make_road(fails(OperationalError("gone")))
    road.turn()
    road.turn()
    assert [record.message for record in caplog.records] == ["the database does not answer (out); it is asked again"]
    road.works = [lambda now: 0]
    road.turn()
    road.turn()
    assert [record.message for record in caplog.records][1:] == ["the database answers again (out)"]


def test_a_road_that_is_asked_to_stop_begins_no_further_work(make_road: Callable[..., Road]) -> None:
    done: list[str] = []
    road = make_road(
        lambda now: done.append("first") or road.stopping.set() or 1, lambda now: done.append("second") or 1
    )
    road.run()
    assert done == ["first"]


def test_every_keeps_its_pause() -> None:
    called: list[datetime] = []
    seldom = every(timedelta(hours=1), lambda now: called.append(now) or 7)
    for minutes in (0, 1, 59, 60, 61):
        assert seldom(NOW + timedelta(minutes=minutes)) == 0
    assert called == [NOW, NOW + timedelta(hours=1)]
