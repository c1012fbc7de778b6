"""How fast the inbox is with a million conversations: pages through HTTP on SQLite and PostgreSQL, at every depth.

script/bench inbox [CONVERSATIONS]     prints a table; the last line is JSON
BEDSIDE_TEST_POSTGRES names a PostgreSQL server to measure on too, such as postgresql://postgres@127.0.0.1:5432/postgres.

The conversations belong to 200 organisations of very different sizes; the largest, of about a sixth of all, is measured.
Beside the page stands the least possible: an answer of the same server that asks no database (/healthz).
"""

from __future__ import annotations

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

ORGANISATIONS = 200
REQUESTS = 600
WARM_UP = 60
DEPTHS = (0, 10, 100, 1000)  # pages below the first
GOAL = {"p50": 10.0, "p99": 40.0}  # milliseconds


def main(conversations: int) -> None:
    results = {}
    for name, url in databases():
        with (
            tempfile.TemporaryDirectory(prefix="bedside-bench-") as directory,
            installation(Path(directory), url) as env,
        ):
            filled = act(env, "fill", str(conversations))
            with serving(env) as port:
                results[name] = measure(port, filled["cookie"], filled["cursors"])
            print(
                f"\n{name}: {conversations:,} conversations, {filled['largest']:,} of them in the organisation measured"
            )
            table(results[name])
    print(json.dumps({"conversations": conversations, "goal": GOAL, "milliseconds": results}))


def databases() -> Iterator[tuple[str, str]]:
    yield "SQLite", ""
    if server := os.environ.get("BEDSIDE_TEST_POSTGRES"):
        yield "PostgreSQL", server
    else:
        print("BEDSIDE_TEST_POSTGRES is not set: PostgreSQL is left out.", file=sys.stderr)


@contextmanager
def installation(home: Path, server: str) -> Iterator[dict[str, str]]:
    """Yield the environment of an empty installation, on a database of its own."""
    env = os.environ | {
        "BEDSIDE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "bedside.settings",
        "BEDSIDE_LOG_LEVEL": "ERROR",
    }
    if not server:
        yield env | {"BEDSIDE_DATABASE_URL": ""}
        return
    import psycopg

    name = f"bedside_bench_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield env | {"BEDSIDE_DATABASE_URL": server.rpartition("/")[0] + f"/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def act(env: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Run `fill` below in the installation."""
    command = [sys.executable, "-m", "bench.inbox", *arguments]
    done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


@contextmanager
def serving(env: dict[str, str]) -> Iterator[int]:
    """Run the web server of the installation alone and yield its port."""
    from tests.servers.processes import free_ports

    [port] = free_ports(1)
    command = [sys.executable, "-m", "bedside", "web", "--port", str(port)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            time.sleep(0.1)
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                continue
        yield port
    finally:
        server.terminate()
        server.wait(15)


def measure(port: int, cookie: str, cursors: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """Return p50 and p99 in milliseconds of each kind of page, one request after another on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    found = {}
    for name, paths in {"least possible": ["/healthz"], **cursors}.items():
        times = []
        for number in range(WARM_UP + REQUESTS):
            start = time.perf_counter()
            connection.request("GET", paths[number % len(paths)], headers={"Cookie": cookie})
            answer = connection.getresponse()
            body = answer.read()
            times.append((time.perf_counter() - start) * 1000)
            if answer.status != 200 or (name != "least possible" and b'class="row"' not in body):
                raise SystemExit(f"{paths[number % len(paths)]} answered {answer.status} without rows.")
        times = sorted(times[WARM_UP:])
        found[name] = {"p50": statistics.median(times), "p99": times[int(len(times) * 0.99)]}
    return found


def table(found: dict[str, dict[str, float]]) -> None:
    print(f"  {'page':<28}{'p50 ms':>9}{'p99 ms':>9}")
    for name, times in found.items():
        print(f"  {name:<28}{times['p50']:>9.2f}{times['p99']:>9.2f}")


def fill(conversations: int) -> dict[str, Any]:
    """Make the conversations in the database of the environment, and a signed-in member of the largest organisation."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.db import connection

    from bedside.accounts.models import Organisation
    from bedside.testing import make_channel, make_location, make_member

    call_command("migrate", verbosity=0)
    channels = []
    for number in range(ORGANISATIONS):
        organisation = Organisation.objects.create(name=f"Group {number}")
        places = (make_location(organisation=organisation) for _ in range(1 + 20 // (number + 1)))
        channels += [make_channel(location=place) for place in places]
    member = make_member(organisation=channels[0].organisation)
    weights = [1 / (channel.organisation_id**0.9) for channel in channels]
    from bench.conversations import insert

    insert(connection, channels, weights, conversations, member)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    session = SessionStore()
    session[SESSION_KEY] = str(member.user_id)
    session[BACKEND_SESSION_KEY] = "bedside.accounts.backend.WithWorkplaces"
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    session.create()
    from bedside.inbox.models import Conversation

    mine = Conversation.objects.of(member.organisation)
    return {"cookie": f"sessionid={session.session_key}", "largest": mine.count(), "cursors": pages(member)}


def pages(member: Any) -> dict[str, list[str]]:
    """Return the addresses to ask for: every tab, and the open and the resolved list at growing depth."""
    from urllib.parse import quote

    from django.utils import timezone

    from bedside.accounts.models import Location
    from bedside.inbox.listing import PAGE, VIEWS, choose

    now, found = timezone.now(), {f"tab {view}": [f"/inbox/?view={view}"] for view in VIEWS}
    places = Location.objects.of(member.organisation).values_list("pk", flat=True)
    found["open, one location"] = [f"/inbox/?view=open&location={pk}" for pk in places]
    for view, column in (("open", "sort_at"), ("resolved", "last_mention_at")):
        for depth in DEPTHS[1:]:
            rows = choose(member, view, location=None, now=now).values_list(column, "pk")[
                depth * PAGE - 1 : depth * PAGE
            ]
            for at, pk in rows:  # one row, or none when the list is not that long
                found[f"{view}, {depth} pages down"] = [f"/inbox/?view={view}&after={quote(f'{at.isoformat()}_{pk}')}"]
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        print(json.dumps(fill(int(sys.argv[2]))))
    else:
        random.seed(1)
        main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
