"""Why a change to the house is refused.

GovernanceError
├── Refused      the change would lock somebody out, or is not this person's to make
└── AlreadyOpen  there is an owner; the first run is over
"""

from django.utils.functional import Promise


class GovernanceError(Exception):
    """Base; the message is a sentence for a person."""

    def __init__(self, message: str | Promise = "") -> None:
        super().__init__(message)


class Refused(GovernanceError):
    pass


class AlreadyOpen(GovernanceError):
    pass
