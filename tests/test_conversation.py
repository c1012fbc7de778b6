"""One conversation all the way through: a stranger's post on the real Bluesky server, and our answer read back from it.

Real parts: Bluesky's PDS and AppView, Chromium, a Bedside of its own started by `bedside up`.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from bedside.testing import PASSWORD
from tests.servers.processes import until

pytestmark = pytest.mark.slow
POST = "Tried to call the practice @{} three times today, nobody picks up the phone. Not great."
CARELESS = "Thank you for your visit on Monday, your root canal went well."
SAFE = "Thank you for your feedback. We take every comment about our telephone line seriously."


def sign_in(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{url}/")


def test_one_conversation_all_the_way_through(bluesky, installation, browser):
    clinic, stranger = bluesky.create_account("clinic.test"), bluesky.create_account("stranger.test")
    secrets = {"service": bluesky.pds_url, "handle": clinic.handle, "app_password": clinic.app_password}
    installation.scene("prepare", given={"platform": "bluesky", "page": clinic.did, "secrets": secrets, "answers": []})
    with installation.up() as url:
        _conversation(url, installation, browser, bluesky, clinic, stranger)


def _conversation(url, installation, browser, bluesky, clinic, stranger):
    said = bluesky.post(stranger, POST.format(clinic.handle))
    bluesky.until_shown(said)

    mira, ilse = browser.new_context().new_page(), browser.new_context().new_page()
    sign_in(mira, url, "mira@clinic.example")
    row = mira.locator(".row", has_text="nobody picks up the phone")
    until(lambda: mira.goto(f"{url}/inbox/") and row.count(), 60, "the post in the inbox")
    expect(row.locator(".row-due")).to_have_text(re.compile(r"^in \d+ (h|min)"))
    row.locator("a").click()
    expect(mira.locator(".pane-clock")).to_contain_text("is answered within")

    mira.locator("#reply").press_sequentially(CARELESS)
    marks = mira.locator('#mirror .flag[data-severity="block"]')
    expect(marks.first).to_be_visible()
    expect(mira.locator("#verdict")).to_contain_text("away")
    assert "Monday" in " ".join(marks.all_inner_texts()) or "root canal" in " ".join(marks.all_inner_texts())
    expect(mira.locator("#send")).to_contain_text(re.compile(r"Mend \d phrases? first"))
    expect(mira.locator("#send button[type=submit]")).to_have_count(0)
    assert mira.locator(".rewrite button").count() >= 1
    mira.locator(".rewrite button").first.click()
    expect(mira.locator("#reply")).not_to_have_value(CARELESS)
    assert bluesky.count(clinic) == 0

    mira.locator("#reply").fill(SAFE)
    expect(mira.locator("#verdict")).to_contain_text("Nothing here gives anybody away")
    mira.get_by_role("button", name="Ask for approval").click()
    expect(mira.locator("#composer")).to_contain_text("A second pair of eyes")
    expect(mira.get_by_role("button", name="Approve and send")).to_have_count(0)

    sign_in(ilse, url, "ilse@clinic.example")
    ilse.get_by_role("link", name="Read along").click()
    expect(ilse.locator("#composer")).to_contain_text(SAFE)
    ilse.get_by_role("button", name="Approve and send").click()

    until(lambda: bluesky.count(clinic) == 1, 60, "the answer on the server")
    answer = bluesky.posts(clinic)[0]["value"]
    assert answer["text"] == SAFE
    assert answer["reply"]["parent"]["uri"] == said
    until(
        lambda: "Live on Bluesky" in (mira.goto(mira.url) and mira.locator("#composer").inner_text()), 30, "the state"
    )

    proof = installation.run("audit", "verify")
    assert proof.returncode == 0 and "holds" in proof.stdout
    installation.scene("tamper")
    proof = installation.run("audit", "verify")
    assert proof.returncode == 1 and "event 1 " in proof.stdout.lower()
