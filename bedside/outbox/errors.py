"""Why something cannot go out.

OutboxError
├── Blocked        the guard found something that gives a patient away; carries the verdict
├── NotAllowed     this person may not do this, e.g. approve their own text
└── Moved          somebody or something was faster; the state is no longer what the page showed
"""

from bedside.guard.verdict import Verdict


class OutboxError(Exception):
    """Base; the message is a sentence for a person."""


class Blocked(OutboxError):
    def __init__(self, message: str, verdict: Verdict) -> None:
        super().__init__(message)
        self.verdict = verdict


class NotAllowed(OutboxError):
    pass


class Moved(OutboxError):
    pass
