"""The record key of what we send, chosen from the Outgoing's key: the same Outgoing can then exist only once.

A post's key is a TID: 13 characters of 32, a time in microseconds (53 bits) and a clock id (10 bits).
https://atproto.com/specs/tid; the PDS refuses any other key for a post (measured on @atproto/pds 0.5.35, 2026-11-21).
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13
CLOCK_IDS = 1024
# A plausible time, and one that has passed: a key from the future could get in the way of keys made by other programs.
FIRST = datetime(2023, 1, 1, tzinfo=UTC)
LAST = datetime(2026, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def record_key(key: str) -> str:
    """Return a valid TID that depends on `key` alone. About 56 bits vary: two keys meet once in 10**16 pairs.

    Its time says nothing: what is shown as the time of a post is its createdAt.
    """
    digest = sha256(key.encode()).digest()
    first, span = _microseconds(FIRST), _microseconds(LAST) - _microseconds(FIRST)
    moment = first + int.from_bytes(digest[:8], "big") % span
    number = moment * CLOCK_IDS + int.from_bytes(digest[8:10], "big") % CLOCK_IDS
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def _microseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // MICROSECOND
