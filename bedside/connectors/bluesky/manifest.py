"""What Bluesky can do for a clinic, and its limits."""

from datetime import timedelta

from bedside.connectors.base import Can, Manifest, Mode, Secret

MAX_GRAPHEMES = 300  # lexicon app.bsky.feed.post, npm @atproto/pds 0.5.35, read 2026-11-21
MAX_BYTES = 3000  # of UTF-8; the same lexicon

MANIFEST = Manifest(
    platform="bluesky",
    name="Bluesky",
    letters="BS",
    mode=Mode.API,
    can=frozenset({Can.FETCH, Can.STREAM, Can.REPLY, Can.PUBLISH, Can.MODERATE}),
    secrets=(
        Secret("handle", "Handle", hint="clinic.bsky.social"),
        Secret("app_password", "App password", hint="Settings, Privacy and security, App passwords", hidden=True),
        Secret("service", "Service", hint="Change it only if you host your own.", default="https://bsky.social"),
    ),
    max_reply=MAX_GRAPHEMES,
    reply_unit="graphemes",
    poll_every=timedelta(minutes=1),
    note="Direct messages are not read: an app password does not allow it unless it was made for that.",
)
