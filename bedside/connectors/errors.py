"""What can go wrong with a platform, named by what to do about it.

ConnectorError
├── AuthExpired        a person reconnects the channel
├── Rejected           the platform will not take this; do not resend
├── Unavailable        nothing was done; try again, after `retry_after` when it is known
├── OutcomeUnknown     it may have been done; look it up before anything else
├── SignatureInvalid   a push that the platform did not sign
└── NotSupported       the platform has no such operation

Messages are sentences for a person. They never hold the text of a review, a name or a token.
"""

from datetime import timedelta


class ConnectorError(Exception):
    """Base of everything a connector raises on purpose."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code  # the platform's own error code, short, for the log


class AuthExpired(ConnectorError):
    """The token is no longer good; a person has to reconnect."""


class Rejected(ConnectorError):
    """The platform understood and refused. Sending the same again would be refused again."""


class Unavailable(ConnectorError):
    """Nothing was done on the platform; the same call may go through later."""

    def __init__(self, message: str, *, code: str = "", retry_after: timedelta | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class OutcomeUnknown(ConnectorError):
    """The request may have arrived: it is looked up, never blindly sent again."""


class SignatureInvalid(ConnectorError):
    """A push whose signature does not hold."""


class NotSupported(ConnectorError):
    """The platform offers no such operation."""
