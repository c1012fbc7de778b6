"""Makes the pictures of the documents from the demo: python -m tests.screenshots [DIRECTORY] [LANGUAGE]

Without a directory the one picture of the README is made; with one, every screen, wide and narrow, light and dark.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import QUIET, program
from tests.installation import Installation
from tests.screens import DOORS, SCHEMES, SCREENS, WIDTHS, context, demo_password, open_conversation, sign_in

README_PICTURE = Path("docs/pictures/inbox.png")
ANSWER = (
    "Danke für Ihren Besuch am Montag. Es tut uns leid, wenn niemand abnimmt. Sie erreichen uns unter +41 44 555 01 40."
)


def main(directory: str = "", language: str = "en") -> None:
    with tempfile.TemporaryDirectory(prefix="bedside-pictures-") as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=[*QUIET, "--no-sandbox"])
        demo = Installation(Path(home) / "home", "")
        demo.run("demo")
        with demo.up() as url:
            password = demo_password(demo.home)
            for width, scheme in [(1280, "light")] if not directory else [(w, s) for w in WIDTHS for s in SCHEMES]:
                page = context(browser, width=width, scheme=scheme, language=language).new_page()
                folder = Path(directory) if directory else None
                _doors(page, url, folder, f"{width}-{scheme}")
                sign_in(page, url, email="noel@faehrmatt.example", password=password)
                _speak(page, url, language)
                _rooms(page, url, folder, f"{width}-{scheme}")


def _doors(page: Page, url: str, folder: Path | None, name: str) -> None:
    for screen, path in DOORS.items() if folder else ():
        _shoot(page, url + path, folder / f"{screen}-{name}.png")  # type: ignore[operator]


def _rooms(page: Page, url: str, folder: Path | None, name: str) -> None:
    for screen, path in SCREENS.items() if folder else ():
        _shoot(page, url + path, folder / f"{screen}-{name}.png")  # type: ignore[operator]
    open_conversation(page, url, "nach zehn Minuten Musik")
    page.locator("#reply").fill(ANSWER)
    page.locator("#mirror .flag").first.wait_for()
    page.mouse.move(0, 0)
    target = folder / f"conversation-{name}.png" if folder else README_PICTURE
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    print(target)


def _speak(page: Page, url: str, language: str) -> None:
    if language != "en":
        page.goto(f"{url}/settings/account/")
        page.locator("select[name=language]").select_option(language)
        page.locator("form:has(select[name=language]) button").first.click()


def _shoot(page: Page, address: str, target: Path) -> None:
    page.goto(address)
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target, full_page=True)
    print(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
