"""A platform for tests that does what it is told: accepts, refuses, falters. It remembers what it was sent."""

from __future__ import annotations

from collections.abc import Mapping

import httpx2

from bedside.connectors.base import Can, Manifest, Mode, Publication, Receipt, Session

MANIFEST = Manifest(
    platform="sandbox", name="Test", letters="TE", mode=Mode.API, can=frozenset({Can.REPLY, Can.PUBLISH, Can.MODERATE})
)


class Obedient:
    """`script` holds what each send does, in order: an exception to raise, before or after it was accepted, or None."""

    manifest = MANIFEST

    def __init__(self, *script: Exception | tuple[Exception, str] | None) -> None:
        self.script = list(script)
        self.look_ups: list[Exception | None] = []
        self.sent: dict[str, str] = {}
        self.sent_twice: list[str] = []
        self.calls = 0

    def connect(self, secrets: Mapping[str, str]) -> Session:
        return Session(client=httpx2.Client(), channel_id="page")

    def check(self, session: Session) -> str:
        return "Test"

    def reply(self, session: Session, to: str, text: str, key: str) -> Receipt:
        self.calls += 1
        step = self.script.pop(0) if self.script else None
        failure, when = step if isinstance(step, tuple) else (step, "before")
        if failure and when == "before":
            raise failure
        if key in self.sent:
            self.sent_twice.append(key)
        self.sent[key] = text
        if failure:
            raise failure
        return Receipt(external_id=f"answer-{key}", url="https://test.example/answer")

    def find_reply(self, session: Session, to: str, text: str, key: str) -> Receipt | None:
        failure = self.look_ups.pop(0) if self.look_ups else None
        if failure:
            raise failure
        return Receipt(external_id=f"answer-{key}") if key in self.sent else None

    def publish(self, session: Session, post: Publication, key: str) -> Receipt:
        return self.reply(session, "", post.text, key)

    def find_post(self, session: Session, post: Publication, key: str) -> Receipt | None:
        return self.find_reply(session, "", post.text, key)

    def delete(self, session: Session, external_id: str) -> None:
        self.sent = {key: text for key, text in self.sent.items() if f"answer-{key}" != external_id}
