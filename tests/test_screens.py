"""Every screen in a real browser: wide and narrow, light and dark. None throws an error, breaks the content policy, scrolls
sideways, lacks a name for a control, or shows two primary buttons."""

import pytest

from tests.screens import DOORS, SCHEMES, SCREENS, WIDTHS, context, demo_password, open_conversation, sign_in

pytestmark = pytest.mark.slow

# What can be asked of any page, in the browser; returns the faults it finds.
FAULTS = """() => {
  const faults = [];
  const seen = (e) => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
  const sideways = document.documentElement.scrollWidth - innerWidth;
  if (sideways > 0) faults.push(`scrolls sideways by ${sideways} px`);
  const primary = [...document.querySelectorAll('[data-kind="primary"]')].filter(seen);
  if (primary.length > 1) faults.push(`${primary.length} primary buttons`);
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.title || !document.documentElement.lang) faults.push("no title or no language");
  for (const control of document.querySelectorAll("button, a[href], input:not([type=hidden]), select, textarea")) {
    const name = control.getAttribute("aria-label") || control.textContent || control.labels?.[0]?.textContent || control.title;
    if (seen(control) && !(name || "").trim()) faults.push(`no name: ${control.outerHTML.slice(0, 80)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = ids.filter((id, n) => ids.indexOf(id) !== n);
  if (twice.length) faults.push(`ids twice: ${twice}`);
  return faults;
}"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, running: its address and the password of its people."""
    from tests.installation import Installation

    installation = Installation(tmp_path_factory.mktemp("screens") / "home", "")
    filled = installation.run("demo")
    assert filled.returncode == 0, filled.stderr
    with installation.up() as url:
        yield url, demo_password(installation.home)


def watched(page):
    """Collect what the page complains of; a missing page is asked for on purpose."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" and "404" not in said.text else None,
    )
    return complaints


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [*WIDTHS, 320])
def test_every_screen(demo, browser, width, scheme):
    url, password = demo
    page = context(browser, width=width, scheme=scheme).new_page()
    complaints, faults = watched(page), {}
    for name, path in DOORS.items():
        page.goto(url + path)
        faults[name] = page.evaluate(FAULTS)
    sign_in(page, url, email="noel@faehrmatt.example", password=password)
    for name, path in SCREENS.items():
        page.goto(url + path)
        faults[name] = page.evaluate(FAULTS)
    open_conversation(page, url, "nach zehn Minuten Musik")
    page.locator("#reply").fill("Danke für Ihren Besuch am Montag.")
    page.locator("#mirror .flag").first.wait_for()
    faults["conversation"] = page.evaluate(FAULTS)
    assert {name: found for name, found in faults.items() if found} == {}
    assert complaints == []


def test_the_keyboard_alone_is_enough(demo, browser):
    url, password = demo
    page = context(browser, width=1280, scheme="light").new_page()
    sign_in(page, url, email="tim@faehrmatt.example", password=password)
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/inbox/")
    page.keyboard.press("j")
    page.wait_for_url("**/inbox/*/*")
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "reply"
    page.keyboard.type("Danke für Ihren Besuch am Montag.")
    page.locator("#findings .finding").first.wait_for()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.finding') !== null"):
            break
    else:
        pytest.fail("No rewrite was reached with the Tab key.")
    assert page.locator("#verdict").get_attribute("aria-live") == "polite"


def test_the_inbox_of_the_demo_is_full_and_more_arrives_by_itself(demo, browser):
    url, password = demo
    page = context(browser, width=1280, scheme="light").new_page()
    sign_in(page, url, email="mira@faehrmatt.example", password=password)
    page.goto(f"{url}/inbox/")
    before = page.locator(".row").count()
    assert before >= 5
    page.locator("#news a").click(timeout=60_000)  # the sandbox lets somebody speak every 25 to 45 seconds
    assert page.locator(".row").count() > before


def test_an_answer_is_written_and_handed_in_without_a_script(demo, browser):
    url, password = demo
    window = browser.new_context(java_script_enabled=False)
    page = window.new_page()
    sign_in(page, url, email="mira@faehrmatt.example", password=password)
    open_conversation(page, url, "Merci pour l'info")
    page.fill("#reply", "Merci pour votre visite de lundi et votre opération.")
    page.locator("#send button[type=submit]").click()
    assert page.input_value("#reply") == "Merci pour votre visite de lundi et votre opération."
    assert page.locator(".flag[data-severity=block]").count() >= 1
    page.fill("#reply", "Merci pour votre message.")
    page.locator("#send button").last.click()  # no script: the primary leads to the finding, keeping is a button
    page.locator("#send button[type=submit]").first.click()
    assert "A second pair of eyes" in page.locator("#composer").inner_text()
