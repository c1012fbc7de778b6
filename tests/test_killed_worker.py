"""A worker that is killed at random moments, before a server that is slow, drops and breaks: every reply once.

Two platforms: the sandbox emulator with its idempotency keys switched off, so that the look-up alone prevents a second
send; and the real Bluesky server, where the record key comes from the Outgoing.
"""

import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from bedside.connectors.sandbox import store
from tests.servers.faults import Fault, faulty
from tests.servers.processes import until
from tests.servers.sandbox import serving

REPLIES = 200
WORDS = "Thank you for your feedback, number {}. We take every comment seriously."
RATES = {Fault.DROP_BEFORE: 0.08, Fault.DROP_AFTER: 0.15, Fault.CUT: 0.05, Fault.SLOW: 0.10, Fault.BUSY: 0.05}
MOST_SECONDS = 420


def kill_at_random(installation, *, seed):
    """Start workers one after another and kill each after a random while, until everything has arrived."""
    chance, deadline, kills = random.Random(seed), time.monotonic() + MOST_SECONDS, 0
    while time.monotonic() < deadline:
        worker = installation.start("worker")
        try:
            worker.wait(timeout=chance.uniform(1.5, 6) if kills < 10 else 20)
        except subprocess.TimeoutExpired:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            kills += 1
        if installation.scene("report")["states"] == {"live": REPLIES}:
            return kills
    pytest.fail(f"After {MOST_SECONDS} s: {installation.scene('report')}")


@contextmanager
def sandbox_with_mentions(directory):
    """Serve an emulator without idempotency keys, with REPLIES strangers' entries."""
    file = directory / "sandbox.db"
    store.create(file)
    with store.opened(file) as database:
        store.add_channel(database, "page", "Practice")
        store.switch(database, ignores_keys="1")
        for number in range(REPLIES):
            store.add_entry(
                database,
                {
                    "channel": "page",
                    "kind": "review",
                    "text": f"Fine, number {number}.",
                    "rating": 4,
                    "posted_at": "2026-03-03T12:00:00.000+00:00",
                    "author_name": "Somebody",
                    "author_handle": "@somebody",
                    "language": "en",
                },
            )
    with serving(file) as url:
        yield file, url


@pytest.mark.slow
def test_every_reply_is_on_the_sandbox_exactly_once(installation, tmp_path):
    with sandbox_with_mentions(tmp_path) as (file, url), faulty(url, seed=11, rates=RATES, slow_seconds=1.0) as line:
        with sqlite3.connect(file) as database:
            entries = [f"s{row[0]}" for row in database.execute("SELECT number FROM entries ORDER BY seq")]
        answers = [[entry, WORDS.format(number)] for number, entry in enumerate(entries)]
        secrets = {"base_url": line.url, "channel": "page"}
        installation.scene(
            "prepare", given={"platform": "sandbox", "page": "page", "secrets": secrets, "answers": answers}
        )
        kills = kill_at_random(installation, seed=5)
        with sqlite3.connect(file) as database:
            sent = Counter(row[0] for row in database.execute("SELECT text FROM entries WHERE is_own = 1"))
    assert sent == {text: 1 for _, text in answers}
    told = installation.scene("report")
    assert told["holds"] and kills > 0
    assert told["outcomes"].get("found", 0) > 0, "no look-up was needed: the test has lost its teeth"


@pytest.mark.slow
def test_every_reply_is_on_bluesky_exactly_once(installation, bluesky):
    clinic, stranger = bluesky.create_account("clinic-k.test"), bluesky.create_account("stranger-k.test")
    mentions = [bluesky.post(stranger, f"Fine, number {number}.") for number in range(REPLIES)]
    with faulty(bluesky.pds_url, seed=12, rates=RATES, matching=is_send, slow_seconds=1.0) as line:
        answers = [[mention, WORDS.format(number)] for number, mention in enumerate(mentions)]
        secrets = {"service": line.url, "handle": clinic.handle, "app_password": clinic.app_password}
        installation.scene(
            "prepare", given={"platform": "bluesky", "page": clinic.did, "secrets": secrets, "answers": answers}
        )
        kills = kill_at_random(installation, seed=6)
    until(lambda: len(bluesky.all_posts(clinic)) >= REPLIES, what="the replies on the server")
    sent = Counter(post["value"]["text"] for post in bluesky.all_posts(clinic))
    assert sent == {text: 1 for _, text in answers}
    assert installation.scene("report")["holds"] and kills > 0


def is_send(method, path):
    """Only writes are hit, and not the sign-in."""
    return method == "POST" and "putRecord" in path
