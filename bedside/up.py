"""`bedside up`: the parent of the web server and the worker. It loads no Django, so that it stays small."""

import os
import sys
from functools import partial
from pathlib import Path

from bedside.lib import environment as env
from bedside.lib import ports
from bedside.lib.installation import lock, secret_key
from bedside.lib.supervising import Child, supervise

BEDSIDE = [sys.executable, "-m", "bedside"]


def run(host: str, port: int) -> int:
    """Run until asked to stop; return the exit status."""
    home = Path(env.text("HOME") or Path.cwd() / "data").resolve()
    os.environ["BEDSIDE_HOME"] = str(home)
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # threads that share their memory pools keep the children small
    held = lock(home)
    try:
        ports.check_port(host, port)
        secret_key(home / "secret")
        me = ["--parent", str(os.getpid())]
        children = [
            Child("web server", [*BEDSIDE, "web", "--prepare", "--host", host, "--port", str(port), *me]),
            Child("worker", [*BEDSIDE, "worker", *me], waits_for_ready=True),
        ]
        is_ready = partial(ports.is_listening, host, port)
        return supervise(children, is_ready=is_ready, ready=partial(_say_where, host, port))
    finally:
        held.close()


def _say_where(host: str, port: int) -> None:
    address = ports.reachable(host)
    where = f"[{address}]" if ":" in address else address
    print(f"Bedside is at http://{where}:{port}\nStop it with Ctrl-C.", flush=True)
