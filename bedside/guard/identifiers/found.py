"""What is found in a text that may identify a person."""

from typing import NamedTuple


class Found(NamedTuple):
    """The span [start, end) in code points, and what it is: date, phone, iban, person ...

    `is_sure` is false for what only the tagger sees.
    """

    start: int
    end: int
    kind: str
    is_sure: bool = True
