"""What the guard is asked and what it answers, as frozen values. Offsets are Unicode code points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How bad, from harmless to forbidden. Order by `rank`, 0 for pass to 3 for block."""

    PASS = "pass"
    NOTE = "note"
    WARN = "warn"
    BLOCK = "block"

    def __init__(self, _: str) -> None:
        self.rank = len(type(self).__members__)  # of those before it


class TextKind(StrEnum):
    """What the text is going to be; each kind has its own rules."""

    REPLY = "reply"
    POST = "post"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Context:
    """What the guard may know about the text: whose it is, whom it answers, what is the clinic's own.

    What the clinic may name (allowed): clinic, brands, staff, contacts. What it may not (denied): the reviewer's
    displayed name and whatever the review says.
    """

    kind: TextKind = TextKind.REPLY
    language: str = ""  # of the text; "" lets the guard find out
    ui_language: str = "en"  # for messages beside the text's own language
    profile: str = "us-hipaa"
    channel: str = ""  # the platform, for its own rules
    review: str = ""
    reviewer: str = ""
    stars: int | None = None
    clinic: tuple[str, ...] = ()  # names of the clinic, its brands and locations
    contacts: tuple[str, ...] = ()  # the clinic's own phones, mail addresses, street addresses and links
    staff: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()  # recent replies of the same location, for near-copies
    options: Mapping[str, str] = field(default_factory=dict)  # of the profile, where the clinic chose otherwise


@dataclass(frozen=True, slots=True)
class Finding:
    """One span a rule flags. `text` is the flagged text; `suggestion` replaces exactly the span, None when there is none.

    Where only a whole sentence can be replaced, the span is the sentence; `marked` are the words in it that count.
    Suggestions of one verdict never overlap.
    """

    rule: str
    family: str
    severity: Severity
    start: int
    end: int
    text: str
    message: str  # one sentence why, in the interface's language
    suggestion: str | None
    source: str
    explanation: str = ""  # the same sentence in the text's language
    marked: tuple[int, int] = (0, 0)  # start and end of the words that gave rise to it, within the span

    @property
    def is_wider(self) -> bool:
        """Return whether the suggestion replaces more than the words that gave rise to it."""
        return (self.start, self.end) != self.marked


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings of one check, in the order of the words. `version` names the rule packs and models used."""

    severity: Severity
    language: str
    findings: tuple[Finding, ...] = ()
    version: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_blocked(self) -> bool:
        return self.severity is Severity.BLOCK

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)
