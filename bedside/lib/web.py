"""The web server: granian, in one process that holds Django and a few threads that make pages."""

import gc
from collections.abc import Callable
from typing import Any, TypeAlias

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from bedside.lib.following import follow

Application: TypeAlias = Callable[..., Any]
THREADS = 4  # pages made at the same time; SQLite has one writer, and more threads only wait for it
MOST_CONNECTIONS = 256  # beyond it new ones wait; a browser keeps up to six open


class OneProcess(Server):  # type: ignore[misc, valid-type]
    """granian without its own parent process: `bedside up`, or systemd, is one already, and it costs 30 MB.

    It reaches into granian 2.8 (server/mp.py, server/common.py), to which pyproject.toml therefore keeps.
    """

    def _serve(self, spawn_target: Callable[..., None], target_loader: Callable[[], Application]) -> None:
        self._init_shared_socket()
        self._start_ipc()
        worker = self._spawn_worker(0, spawn_target, target_loader)
        worker.inner.run()  # what the process would do, done here


def serve(load: Callable[[], Application], host: str, port: int, *, parent: int) -> None:
    """Serve what `load` returns, until asked to stop, or until the process `parent` is gone."""
    follow(parent)
    server = OneProcess(
        "bedside",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        backpressure=MOST_CONNECTIONS,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=lambda: _settled(load()), wrap_loader=False)


def _settled(application: Application) -> Application:
    """Take what is loaded by now out of garbage collection: it stays, and looking through it delays pages."""
    gc.collect()
    gc.freeze()
    return application
