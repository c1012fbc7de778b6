"""A process that was started by another ends with it, however that one ended."""

import os
import signal
import threading
import time

LOOK_SECONDS = 0.5


def follow(parent: int) -> None:
    """Stop this process, as SIGTERM does, once `parent` is no longer its parent. 0 follows nobody."""
    if parent:
        threading.Thread(target=_watch, args=(parent,), name="follow", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
