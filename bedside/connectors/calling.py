"""One HTTP call to a platform, with everything that can go wrong named as in `errors`.

A read that fails is simply Unavailable. A send that fails after it may have arrived is OutcomeUnknown.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from bedside.connectors.errors import AuthExpired, ConnectorError, OutcomeUnknown, Rejected, Unavailable

TIMEOUT = httpx2.Timeout(connect=5.0, read=20.0, write=20.0, pool=5.0)  # seconds

# Raised before a byte of the request was sent.
NOTHING_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)
EPOCH_FROM = 1_000_000_000  # a larger number of seconds is a point in time, a smaller one a duration


def call(
    client: httpx2.Client,
    method: str,
    url: str,
    *,
    is_send: bool = False,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str | int | bool | Sequence[str]] | None = None,
    json: object | None = None,
) -> httpx2.Response:
    """Return the answer of any status, or raise Unavailable or OutcomeUnknown when there was none."""
    try:
        return client.request(method, url, headers=headers, params=params, json=json)
    except NOTHING_SENT as exc:
        raise Unavailable("The platform cannot be reached. It will be tried again.") from exc
    except httpx2.InvalidURL as exc:
        raise Rejected("The address of the platform is not a web address. Correct it and connect again.") from exc
    except httpx2.RequestError as exc:
        raise _unanswered(is_send) from exc


def read_json(response: httpx2.Response, *, wants: Sequence[str] = (), is_send: bool = False) -> dict[str, Any]:
    """Return the JSON object of a good answer; without what it `wants`, it did not come from the platform."""
    try:
        body = response.json()
    except ValueError as exc:
        raise _unanswered(is_send) from exc
    if not isinstance(body, dict) or not all(name in body for name in wants):
        raise _unanswered(is_send)
    return body


def error_for(status: int, *, is_send: bool, code: str = "", retry_after: timedelta | None = None) -> ConnectorError:
    """Return what an answer of this status (300 to 599) means, when the platform has nothing special to say."""
    code = code or str(status)
    if status == 401:
        return AuthExpired("The platform no longer accepts this sign-in. Connect the channel again.", code=code)
    if status in (429, 503):
        return Unavailable("The platform asks to wait. It will be tried again.", code=code, retry_after=retry_after)
    if status >= 500 and is_send:
        return OutcomeUnknown("The platform broke off while sending. It is being looked up.", code=code)
    if status >= 500:
        return Unavailable("The platform has a fault. It will be tried again.", code=code, retry_after=retry_after)
    if status == 403:
        return Rejected("The platform does not allow this for the connected sign-in.", code=code)
    if status in (404, 410):
        return Rejected("The platform no longer has what this belongs to.", code=code)
    return Rejected("The platform refused this.", code=code)


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> timedelta | None:
    """Return how long the platform asks to wait, never negative; None when it does not say.

    Reads Retry-After (seconds or a date: RFC 9110, section 10.2.3), then RateLimit-Reset (seconds, or a point in time).
    """
    now = now or datetime.now(UTC)
    for name in ("retry-after", "ratelimit-reset"):
        if value := headers.get(name):
            return _wait(value.strip(), now)
    return None


def _wait(value: str, now: datetime) -> timedelta | None:
    if value.isdecimal():
        seconds = min(int(value), 10**11)
        wait = timedelta(seconds=seconds - now.timestamp() if seconds > EPOCH_FROM else seconds)
        return max(wait, timedelta(0))
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max((at if at.tzinfo else at.replace(tzinfo=UTC)) - now, timedelta(0))


def _unanswered(is_send: bool) -> ConnectorError:
    if is_send:
        return OutcomeUnknown("The platform did not say whether it took this. It is being looked up.")
    return Unavailable("The platform did not answer. It will be tried again.")
