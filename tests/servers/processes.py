"""Starts servers for tests and ends exactly those it started."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

Found = TypeVar("Found")
ROOT = Path(__file__).resolve().parents[2]


class ServerFailedError(Exception):
    """A server did not come up; the message holds the end of what it said."""


def cache() -> Path:
    """Return where script/servers puts what it installs."""
    return Path(os.environ.get("BEDSIDE_SERVERS_CACHE") or ROOT / ".cache" / "servers")


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on now, on 127.0.0.1 nor on all addresses."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def until(found: Callable[[], Found], seconds: float = 15.0, what: str = "what was waited for") -> Found:
    """Return the first truthy answer; TimeoutError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := found()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come within {seconds} s.")
        time.sleep(0.05)
    return answer


def start(
    stack: ExitStack, command: list[str], directory: Path, *, user: str = "", env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process that ends with `stack`; what it says goes to a log named after it."""
    log = directory / f"{Path(command[0]).name}.log"
    who = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": ()} if user else {}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=directory,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            env={**os.environ, **(env or {})},
            **who,
        )
    stack.callback(_end, process)
    return process


def said(process: subprocess.Popen[bytes], directory: Path) -> str:
    """Return what the process has said so far; ServerFailedError when it has ended."""
    words = (directory / f"{Path(str(process.args[0])).name}.log").read_text(errors="replace")  # type: ignore[index]
    if process.poll() is not None:
        raise ServerFailedError(f"{process.args} ended with {process.returncode}: {words[-2000:]}")
    return words


def start_postgresql(stack: ExitStack, directory: Path) -> str:
    """Start an empty PostgreSQL of our own and return its URL. It refuses to run as root: there it runs as postgres."""
    user = "postgres" if os.geteuid() == 0 else ""
    programs, data, [port] = postgresql_programs(), directory / "postgresql", free_ports(1)
    data.mkdir()
    if user:
        shutil.chown(data, user)
        directory.chmod(0o755)
    run_as = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": ()} if user else {}
    initdb = [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=directory, **run_as)
    options = ["-p", str(port), "-k", str(data), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    server = start(stack, [str(programs / "postgres"), "-D", str(data), *options], directory, user=user)
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    until(lambda: said(server, directory) is not None and subprocess.run(ready).returncode == 0, 30, "PostgreSQL")
    return f"postgresql://postgres@127.0.0.1:{port}/postgres"


def start_redis(stack: ExitStack, directory: Path) -> str:
    """Start a Redis of our own that keeps nothing and return its host:port."""
    [port] = free_ports(1)
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = start(stack, command, directory)
    until(lambda: "Ready to accept connections" in said(server, directory), 15, "Redis")
    return f"127.0.0.1:{port}"


def postgresql_programs() -> Path:
    """Return the folder with initdb of the newest PostgreSQL here; FileNotFoundError when there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if onpath := shutil.which("initdb"):
        folders.append(Path(onpath).resolve().parent)
    if not folders:
        raise FileNotFoundError("PostgreSQL is not installed.")
    return folders[-1]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
