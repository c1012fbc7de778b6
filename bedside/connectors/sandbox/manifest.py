"""What the invented platform can do: everything."""

from datetime import timedelta

from bedside.connectors.base import Can, Manifest, Mode, Secret

MAX_TEXT = 4000  # characters; our own choice, like the whole platform

MANIFEST = Manifest(
    platform="sandbox",
    name="Sandbox",
    letters="SB",
    mode=Mode.API,
    can=frozenset({Can.FETCH, Can.RECEIVE, Can.REPLY, Can.PUBLISH, Can.MODERATE}),
    secrets=(
        Secret("channel", "Page", hint="faehrmatt-zuerich", default="faehrmatt-zuerich"),
        Secret("file", "File of the emulator", hint="leave empty when it runs at an address"),
        Secret("base_url", "Address of the emulator", hint="http://127.0.0.1:8899"),
        Secret("token", "Token", hidden=True, default="invented"),
    ),
    max_reply=MAX_TEXT,
    poll_every=timedelta(seconds=5),
    has_rating=True,
    note="This platform is invented: an emulator for trying things out. Nothing sent here reaches anybody.",
)
