"""What a platform can do, as protocols, and what passes through them, as frozen values.

A connector implements `Connector` and whichever of the others its platform offers; its `manifest` says which.
Every sending protocol has a `find_*` twin, so that an unknown outcome can be looked up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

import httpx2


class Kind(StrEnum):
    """What sort of thing somebody said."""

    REVIEW = "review"
    COMMENT = "comment"
    MENTION = "mention"
    MESSAGE = "message"
    POST = "post"
    QUESTION = "question"
    ARTICLE = "article"


class Can(StrEnum):
    """The capabilities a manifest may claim; one for each protocol."""

    FETCH = "fetch"
    RECEIVE = "receive"
    STREAM = "stream"
    REPLY = "reply"
    PUBLISH = "publish"
    MODERATE = "moderate"


class Mode(StrEnum):
    """How a channel works: by the platform's API, by a feed or e-mail, or by hand."""

    API = "api"
    FEED = "feed"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Secret:
    """One field of the connect form."""

    name: str
    label: str
    hint: str = ""
    hidden: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a platform is and can do. `max_reply` is counted in `reply_unit`."""

    platform: str  # bluesky
    name: str  # Bluesky
    letters: str  # two letters for the badge: BS
    mode: Mode
    can: frozenset[Can]
    secrets: tuple[Secret, ...] = ()
    max_reply: int = 0
    reply_unit: str = "characters"  # characters, graphemes or bytes
    poll_every: timedelta = timedelta(minutes=5)
    found_after: timedelta = timedelta(0)  # how long after a send a look-up can be trusted to see it
    is_moderated: bool = False  # a sent reply is not live until the platform says so
    has_rating: bool = False
    note: str = ""  # what a person should know, e.g. that this platform is invented


@dataclass(frozen=True, slots=True)
class Session:
    """One channel's way to its platform: the client is injected, so that tests need no network."""

    client: httpx2.Client
    channel_id: str  # the channel's own id on the platform (a DID, a page id)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing somebody said, as the platform shows it. Times are aware."""

    external_id: str
    thread_id: str  # the same for all that belongs to one conversation
    kind: Kind
    text: str
    posted_at: datetime
    author_name: str = ""
    author_handle: str = ""
    rating: int | None = None  # 1 to 5
    language: str = ""  # as the platform says, "" when it does not
    url: str = ""
    parent_id: str = ""
    is_own: bool = False  # written by the channel itself
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What one fetch brought. `cursor` is handed to the next fetch; `has_more` asks for it at once."""

    items: Sequence[Incoming]
    cursor: str | None
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a send: the platform's own id, where to see it, and whether everyone can see it yet."""

    external_id: str
    url: str = ""
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class Push:
    """A webhook delivery as it arrived. Header names are lower case."""

    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be published on one channel."""

    text: str
    language: str = ""


@runtime_checkable
class Connector(Protocol):
    """What every platform has. It cannot send: sending is reached through `connectors.sending` alone."""

    @property
    def manifest(self) -> Manifest: ...

    def connect(self, secrets: Mapping[str, str]) -> Session:
        """Return a session, or raise AuthExpired, Rejected or Unavailable."""
        ...

    def check(self, session: Session) -> str:
        """Return the display name of the channel, or raise AuthExpired."""
        ...


@runtime_checkable
class Fetches(Protocol):
    def fetch(self, session: Session, cursor: str | None) -> Page:
        """Return what is new since `cursor`, oldest first; None asks from the beginning."""
        ...


@runtime_checkable
class Receives(Protocol):
    def verify(self, push: Push, secret: str) -> None:
        """Raise SignatureInvalid unless the platform signed this push with our secret."""
        ...

    def parse(self, push: Push) -> Sequence[Incoming]: ...


@runtime_checkable
class Streams(Protocol):
    def stream(self, session: Session, cursor: str | None) -> Iterator[Incoming]: ...


@runtime_checkable
class Replies(Protocol):
    def reply(self, session: Session, to: str, text: str, key: str) -> Receipt:
        """Send once. `key` is the same for every try of the same Outgoing."""
        ...

    def find_reply(self, session: Session, to: str, text: str, key: str) -> Receipt | None:
        """Return the receipt of what `reply` with this key did, None when it did nothing."""
        ...


@runtime_checkable
class Publishes(Protocol):
    def publish(self, session: Session, post: Publication, key: str) -> Receipt: ...

    def find_post(self, session: Session, post: Publication, key: str) -> Receipt | None: ...


@runtime_checkable
class Moderates(Protocol):
    def delete(self, session: Session, external_id: str) -> None:
        """Take our own reply or post down; deleting what is gone already is no error."""
        ...
