"""Keep a few processes running: start them, start again whichever ends, stop them all when asked.

The standard library alone, so that the parent of everything stays small and does not fall over with what it watches.
"""

from __future__ import annotations

import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

STOP_SECONDS = 8.0  # then what is still there is killed
STEADY_SECONDS = 60.0  # what ran this long and then ended starts again without a wait
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0  # seconds before a process that ended starts again
LOOK_SECONDS = 0.05  # how often to ask whether the start is complete
ASKED_TO_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass
class Child:
    """One process to keep running."""

    name: str
    command: Sequence[str]
    waits_for_ready: bool = False  # it begins once the house is up
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0  # monotonic seconds, as all times here
    start_at: float = 0.0  # not before
    wait: float = field(default=FIRST_WAIT)

    def start(self, now: float) -> None:
        self.process, self.started_at = subprocess.Popen(self.command), now

    def note_end(self, now: float) -> None:
        """Say that it ended, and plan its next start: later each time it does not last."""
        assert self.process is not None
        self.wait = FIRST_WAIT if now - self.started_at > STEADY_SECONDS else self.wait
        _say(f"The {self.name} ended ({_ending(self.process.returncode)}); it starts again in {self.wait:g} s.")
        self.process, self.start_at = None, now + self.wait
        self.wait = min(self.wait * 2, LONGEST_WAIT)


def supervise(children: Sequence[Child], *, is_ready: Callable[[], bool], ready: Callable[[], None]) -> int:
    """Run until asked to stop. Call `ready` once when `is_ready` first says so. Return the exit status.

    A child that ends before that is not started again: what cannot start says so itself, and all stops.
    """
    is_up = False
    with _signals() as received:
        try:
            while True:
                now = time.monotonic()
                for child in children:
                    if child.process is None and now >= child.start_at and (is_up or not child.waits_for_ready):
                        child.start(now)
                if not is_up and is_ready():
                    is_up = True
                    ready()
                if any(number in ASKED_TO_STOP for number in received(_pause(children, is_up, now))):
                    return 0
                for child in children:
                    if child.process is not None and child.process.poll() is not None:
                        if not is_up:
                            return abs(int(child.process.returncode))
                        child.note_end(time.monotonic())
        finally:
            _stop(children, received)


def _pause(children: Sequence[Child], is_up: bool, now: float) -> float | None:
    """Return how long to wait for a signal, in seconds; None for ever."""
    waits = [max(child.start_at - now, 0.0) for child in children if child.process is None]
    return min(waits, default=None) if is_up else LOOK_SECONDS


def _stop(children: Sequence[Child], received: Callable[[float | None], bytes]) -> None:
    """Ask all to end and wait; a second request to stop, or too long a wait, kills what is left."""
    running = [child.process for child in children if child.process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while any(process.poll() is None for process in running):
        left = deadline - time.monotonic()
        if left <= 0 or any(number in ASKED_TO_STOP for number in received(left)):
            break
    for process in running:
        process.kill()  # does nothing to one that has ended
        process.wait()


@contextmanager
def _signals() -> Iterator[Callable[[float | None], bytes]]:
    """Yield a function that waits so many seconds and returns the numbers of the signals that came meanwhile."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    handlers = {number: signal.signal(number, lambda *_: None) for number in (*ASKED_TO_STOP, signal.SIGCHLD)}

    def received(seconds: float | None) -> bytes:
        return reader.recv(64) if select.select([reader], [], [], seconds)[0] else b""

    try:
        yield received
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        reader.close()
        writer.close()


def _ending(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit {status}"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
