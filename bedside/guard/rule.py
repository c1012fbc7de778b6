"""What a rule is: an id, a severity, where it comes from and what it cannot see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bedside.guard.verdict import Severity, TextKind

PROFILES = ("us-hipaa", "eu", "de", "at", "ch", "fr", "it", "es")


@dataclass(frozen=True, slots=True)
class Source:
    """A law, a ruling, a platform's policy or published advice: title, section, address and the day it was read."""

    title: str
    section: str
    url: str
    read: str  # ISO date

    def __str__(self) -> str:
        return f"{self.title}, {self.section}" if self.section else self.title


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `severities` names the profiles in which it differs from `severity`."""

    id: str
    family: str
    severity: Severity
    finds: str  # one sentence for the documentation
    blind: str  # what the rule cannot see
    sources: tuple[Source, ...]
    kinds: tuple[TextKind, ...] = (TextKind.REPLY,)
    severities: Mapping[str, Severity] = field(default_factory=dict)
    covers: str = ""  # numbers of the disclosure patterns and reply rules it implements

    def severity_in(self, profile: str) -> Severity:
        """Return how bad a finding is under a profile; an unknown profile is treated as the strict default."""
        return self.severities.get(profile, self.severity)
