"""The worker: asks again and again for what is due, on a few roads at once, so that a long one holds up no other.

What is asked is a function of the time that returns how many rows it took. It can run twice unharmed, and be stopped
between any two rows; so a worker needs no farewell.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection, connections
from django.utils import timezone

from bedside.lib.following import follow

logger = logging.getLogger(__name__)

Work: TypeAlias = Callable[[datetime], int]
WHEN_LOST = 2.0  # seconds between tries while the database does not answer


def work(roads: Mapping[str, Sequence[Work]], *, parent: int = 0) -> None:
    """Do what is due, each road in a thread of its own, until asked to stop or until `parent` is gone."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    follow(parent)
    threads = [threading.Thread(target=Road(name, works, stopping).run, name=name) for name, works in roads.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(1)  # a join without an end would keep the signal from being seen


def every(pause: timedelta, function: Work) -> Work:
    """Return `function`, called at once and then no more often than `pause`."""
    called_at: datetime | None = None

    def seldom(now: datetime) -> int:
        nonlocal called_at
        if called_at and now - called_at < pause:
            return 0
        called_at = now
        function(now)
        return 0

    seldom.__module__, seldom.__qualname__ = function.__module__, function.__qualname__
    return seldom


class Road:
    """A row of works that are done one after another."""

    def __init__(self, name: str, works: Sequence[Work], stopping: threading.Event) -> None:
        self.name = name
        self.works = works
        self.stopping = stopping
        self.tick = settings.TICK_MILLISECONDS / 1000
        self.broken: set[str] = set()
        self.is_lost = False  # the database

    def run(self) -> None:
        """Go on until asked to stop; at once while there is something to do, else tick by tick."""
        while not self.stopping.is_set():
            taken = self.turn()
            if not taken:
                self.stopping.wait(WHEN_LOST if self.is_lost else self.tick)
        connections.close_all()

    def turn(self) -> int:
        """Do each work once. Return how many rows were taken."""
        taken = 0
        for each in self.works:
            if self.stopping.is_set():
                break
            close_old_connections()
            taken += self._do(each)
        return taken

    def _do(self, each: Work) -> int:
        name = f"{each.__module__}.{each.__qualname__}"
        try:
            taken = each(timezone.now())
        except Exception as exc:
            if isinstance(exc, (OperationalError, InterfaceError)) and not _is_answering():
                self._lose()
            elif name not in self.broken:
                self.broken.add(name)
                logger.exception("%s broke; it is tried again, and what it says is not repeated", name)
            return 0
        if name in self.broken:
            self.broken.discard(name)
            logger.info("%s works again", name)
        if self.is_lost:
            self.is_lost = False
            logger.info("the database answers again (%s)", self.name)
        return taken

    def _lose(self) -> None:
        """Note that the database is away; what connections there were are of no more use."""
        if not self.is_lost:
            self.is_lost = True
            logger.warning("the database does not answer (%s); it is asked again", self.name)
        connections.close_all()


def _is_answering() -> bool:
    """Ask on a new connection: the same errors also come from a mistake in a query, which is no reason to wait."""
    connection.close()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True
