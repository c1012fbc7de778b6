"""Every screen of the demo: where it is, and how somebody signs in to see it. For the test of all screens, and for pictures."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")
SCREENS = {
    "today": "/",
    "inbox": "/inbox/",
    "late": "/inbox/?view=late",
    "resolved": "/inbox/?view=resolved",
    "listening": "/listening/",
    "import": "/listening/imports/new/",
    "audit-log": "/governance/audit-log/",
    "settings": "/settings/",
    "locations": "/settings/locations/",
    "location": "/settings/locations/1/",
    "location-rules": "/settings/locations/1/rules/",
    "location-add": "/settings/locations/add/",
    "channels": "/settings/channels/",
    "channel": "/settings/channels/1/",
    "channel-add": "/settings/channels/add/",
    "channel-connect": "/settings/channels/add/bluesky/",
    "people": "/settings/people/",
    "person": "/settings/people/2/",
    "invite": "/settings/people/invite/",
    "api-keys": "/settings/api-keys/",
    "reading-along": "/settings/reading-along/",
    "my-account": "/settings/account/",
    "password": "/accounts/password/change/",
    "nowhere": "/nowhere/",
}
DOORS = {"sign-in": "/accounts/login/", "forgotten": "/accounts/password/reset/"}


def demo_password(home: Path) -> str:
    return (home / "demo-password").read_text().strip()[:16]


def context(browser: Browser, *, width: int, scheme: str, language: str = "en") -> BrowserContext:
    """Return a window of this width; a narrow one is a phone with a finger."""
    size = {"width": width, "height": 800 if width > 500 else 740}
    return browser.new_context(viewport=size, color_scheme=scheme, locale=language, has_touch=width < 500)  # type: ignore[arg-type]


def sign_in(page: Page, url: str, *, email: str, password: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.locator("form:has(input[name=password]) button").first.click()
    page.wait_for_url(f"{url}/")


def open_conversation(page: Page, url: str, words: str) -> None:
    """Open the conversation whose preview holds these words."""
    page.goto(f"{url}/inbox/")
    page.locator(".row", has_text=words).locator("a").first.click()
    page.wait_for_url(re.compile(r"/inbox/\d+/"))
