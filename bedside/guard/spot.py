"""A place in a text that a rule points at, before it is explained."""

from dataclasses import dataclass

from bedside.guard.verdict import Severity


@dataclass(frozen=True, slots=True)
class Spot:
    """The span [start, end) in code points of the original text. `suggestion` and `severity` override the rule's."""

    start: int
    end: int
    rule: str
    suggestion: str | None = None
    severity: Severity | None = None
    is_strong: bool = False  # the weigher should give it more than a glance
