"""A place in a text that a rule points at, before it is explained."""

from typing import NamedTuple

from bedside.guard.verdict import Severity


class Spot(NamedTuple):
    """The span [start, end) in code points of the original text. `suggestion` and `severity` override the rule's."""

    start: int
    end: int
    rule: str
    suggestion: str | None = None
    severity: Severity | None = None
    is_strong: bool = False  # the weigher should give it more than a glance
