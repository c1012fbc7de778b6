"""Fills the invented platform with an invented clinic group and people who do not exist, so that there is life in it.

About sixty mentions lie in the past; some ninety more arrive one by one after `seed`, by the clock alone, and come round
again with other names for hours. The same file and `now` always give the same entries. The words are in texts.jsonl.
"""

import json
import sqlite3
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import count, cycle, takewhile
from pathlib import Path
from typing import Any
from zlib import crc32

from bedside.connectors.sandbox import store

CHANNELS = {
    "faehrmatt-zuerich": "Fährmatt Zürich",
    "faehrmatt-oxford": "Fährmatt Oxford",
    "faehrmatt-valencia": "Fährmatt Valencia",
}
FIRST_ARRIVALS = (timedelta(seconds=3), timedelta(seconds=8))
ARRIVE_FOR = timedelta(hours=8)
PAST = timedelta(days=120)
Text = Mapping[str, Any]  # one line of texts.jsonl: place, language, kind, when, text, rating?, gender?, reply?


def seed(file: str | Path, *, now: datetime, languages: Collection[str] | None = None) -> int:
    """Fill an empty platform and return how many entries lie in the past; a platform that has entries is left alone.

    `now` is aware. `languages` (en, de, fr, es, it) leaves out what is written in others.
    """
    store.create(file)
    texts = [text for text in _texts() if languages is None or text["language"] in languages]
    with store.opened(file) as database:
        if database.execute("SELECT 1 FROM entries").fetchone():
            return 0
        for channel, name in CHANNELS.items():
            store.add_channel(database, channel, name)
        posts = _write_past(database, [text for text in texts if text["when"] == "past"], now)
        store.schedule(database, _arrivals([text for text in texts if text["when"] == "new"], posts, now))
        return int(database.execute("SELECT count(*) FROM entries").fetchone()[0])


def _write_past(database: sqlite3.Connection, texts: list[Text], now: datetime) -> dict[str, int]:
    """Write what was said, oldest first, with our own replies; return the number of each channel's post."""
    dated = sorted(((_past_moment(number, text, now), text) for number, text in enumerate(texts)), key=lambda d: d[0])
    posts: dict[str, int] = {}
    for moment, text in dated:
        entry = {**_entry(text, 0, posts), "posted_at": moment.isoformat(timespec="milliseconds")}
        number = store.add_entry(database, entry)
        if text["kind"] == "post":
            posts[str(entry["channel"])] = number
        if "reply" in text:
            store.add_entry(database, _own_reply(text, entry, number, moment))
    return posts


def _past_moment(number: int, text: Text, now: datetime) -> datetime:
    """Return when it was said: own posts 12 days ago, the rest denser towards today, always at a waking hour."""
    chance = crc32(text["text"].encode()) % 10_000 / 10_000
    if text["kind"] == "post":
        return now - timedelta(days=12, minutes=number)
    reach = timedelta(days=9) if text["kind"] == "comment" else PAST
    moment = now - timedelta(hours=2) - reach * chance**2
    waking = moment.replace(hour=7 + int(chance * 9973) % 14, minute=int(chance * 7919) % 60)
    return waking if waking < now - timedelta(minutes=40) else waking - timedelta(days=1)


def _own_reply(text: Text, entry: Mapping[str, object], number: int, moment: datetime) -> dict[str, object]:
    channel = str(entry["channel"])
    return {
        "channel": channel,
        "thread": number,
        "parent": number,
        "kind": "comment",
        "text": text["reply"],
        "posted_at": (moment + timedelta(minutes=25)).isoformat(timespec="milliseconds"),
        "author_name": CHANNELS[channel],
        "author_handle": f"@{channel}",
        "language": text["language"],
        "is_own": 1,
    }


def _arrivals(
    texts: list[Text], posts: Mapping[str, int], now: datetime
) -> Iterator[tuple[datetime, Mapping[str, object]]]:
    offsets = takewhile(lambda offset: offset <= ARRIVE_FOR, arrival_offsets())
    for number, (text, offset) in enumerate(zip(cycle(texts), offsets, strict=False)):
        yield now + offset, _entry(text, 1 + number // len(texts), posts)


def arrival_offsets() -> Iterator[timedelta]:
    """Yield how long after seeding each arrival comes: 3 s, 8 s, then one every 25 to 45 s, without end."""
    yield from FIRST_ARRIVALS
    offset = FIRST_ARRIVALS[-1]
    for number in count():
        offset += timedelta(seconds=25 + crc32(str(number).encode()) % 21)
        yield offset


def _entry(text: Text, turn: int, posts: Mapping[str, int]) -> dict[str, object]:
    channel = f"faehrmatt-{text['place']}"
    entry = {"channel": channel, "text": text["text"], **{name: text[name] for name in ("kind", "language")}}
    if "rating" in text:
        entry["rating"] = text["rating"]
    if text["kind"] == "post":
        return {**entry, "author_name": CHANNELS[channel], "author_handle": f"@{channel}", "is_own": 1}
    if text["kind"] == "comment" and channel in posts:
        entry |= {"thread": posts[channel], "parent": posts[channel]}
    name, handle = author(text["language"], f"{turn} {text['text']}", text.get("gender", ""))
    return {**entry, "author_name": name, "author_handle": handle}


def author(language: str, chance: str, gender: str = "") -> tuple[str, str]:
    """Return an invented name and handle of that language: the same for the same `chance`. `gender` is f, m or ""."""
    given, initials = _names()
    names = given[language, gender]
    number = int.from_bytes(sha256(chance.encode()).digest()[:8], "big")
    first, initial = names[number % len(names)], initials[number // 31 % len(initials)]
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
    return f"{first} {initial}.", f"@{plain}.{initial.lower()}{number // 977 % 90 + 10}"


@cache
def _texts() -> tuple[Text, ...]:
    lines = (files(__package__) / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@cache
def _names() -> tuple[dict[tuple[str, str], list[str]], list[str]]:
    """Return the given names by language and gender ("" has both), and the initials."""
    names = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))
    initials = names.pop("initials").split()
    given = {(language, gender): text.split() for language, by in names.items() for gender, text in by.items()}
    return given | {(language, ""): given[language, "f"] + given[language, "m"] for language in names}, initials
