"""Every language has every sentence, and no page falls back to English."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from jinja2 import nodes

from bedside.accounts.roles import Role
from bedside.lib import words
from bedside.lib.pages import environment
from bedside.testing import NOON, make_member, make_review
from tests import translations

PAGES = (
    "/",
    "/inbox/",
    "/listening/",
    "/listening/imports/new/",
    "/governance/audit-log/",
    "/settings/",
    "/settings/account/",
    "/settings/channels/",
    "/settings/channels/add/",
    "/settings/channels/add/bluesky/",
    "/settings/locations/",
    "/settings/locations/add/",
    "/settings/people/",
    "/settings/people/invite/",
    "/settings/reading-along/",
)
ENGLISH = re.compile(
    r"\b(?:Today|Listening|Settings|Sign out|Skip to content|Location|Channels|People|the|your|with|yesterday)\b"
)
WORDS = re.compile(r"<(script|style|bdi|[a-z]+ [^>]*\blang=)[^>]*>.*?</|<[^>]+>", re.DOTALL)


def said(html):
    """Return what a page says, with its labels and without what is said in a language of its own."""
    labels = re.findall(r'(?:aria-label|title|placeholder)="([^"]*)"', html)
    return " ".join([WORDS.sub(" ", html.partition("<body")[2]), *labels])


def test_every_language_on_offer_has_a_catalogue():
    assert {code for code, _name in settings.LANGUAGES} == {"en", *translations.LANGUAGES}


def test_nothing_is_wrong_with_the_translations():
    assert translations.problems() == []


def test_what_the_templates_ask_for_is_what_was_collected():
    """The environment and the extraction must agree on white space, or a sentence is never found."""
    env = environment(autoescape=True)
    asked = set()
    for file in sorted((translations.PACKAGE / "templates").rglob("*.*")):
        for call in env.parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            is_gettext = isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"}
            if is_gettext and isinstance(call.args[0], nodes.Const):
                asked.add(call.args[0].value)
    known = {one for message in translations.collect() if message.id for one in translations.each(message.id)}
    assert asked
    assert asked <= known


@pytest.fixture
def pages_of():
    """Return a function that yields path and HTML of the main pages, as an owner who speaks this language sees them."""

    def pages(language):
        mention = make_review()
        member = make_member(organisation=mention.conversation.organisation, role=Role.OWNER, language=language)
        client = Client()
        client.force_login(member.user)
        for path in (*PAGES, f"/inbox/{mention.conversation.pk}/", "/nothing-here/"):
            yield path, client.get(path).content.decode()

    return pages


@pytest.mark.django_db
def test_english_would_be_noticed(pages_of):
    assert all(ENGLISH.findall(said(html)) for _path, html in pages_of("en"))


@pytest.mark.django_db
@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_pages_speak_the_language_of_the_person(pages_of, language):
    for path, html in pages_of(language):
        assert f'<html lang="{language}">' in html, path
        assert not ENGLISH.findall(said(html)), path


@pytest.mark.django_db
@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_the_door_speaks_the_language_of_the_browser(language):
    make_member()
    html = Client(headers={"accept-language": language}).get("/accounts/login/").content.decode()
    assert f'<html lang="{language}">' in html
    with translation.override(language):
        assert translation.gettext("Sign in") in html


@pytest.mark.parametrize(
    ("language", "late", "left", "day", "number"),
    [
        ("en", "40 min late", "in 3 h 12", "Tuesday 3 March 2026", "2,200"),
        ("de", "40 Min. überfällig", "in 3 Std. 12", "Dienstag, 3. März 2026", "2.200"),
        ("es", "40 min de retraso", "en 3 h 12", "martes, 3 de marzo de 2026", "2\u00a0200"),
        ("fr", "40 min de retard", "dans 3 h 12", "mardi 3 mars 2026", "2\u00a0200"),
        ("it", "in ritardo di 40 min", "tra 3 h 12", "martedì 3 marzo 2026", "2.200"),
    ],
)
def test_times_and_numbers_follow_the_language(language, late, left, day, number):
    with translation.override(language):
        assert words.due(NOON - 40 * words.timedelta(minutes=1), NOON) == late
        assert words.due(NOON + words.timedelta(hours=3, minutes=12), NOON) == left
        assert words.long_day(NOON) == day
        assert words.number(2200) == number


def test_a_kept_sentence_is_never_trusted_as_html():
    template = environment(autoescape=True).from_string("{{ sentence | translated }}")
    assert template.render(sentence="<b>100 %</b>") == "&lt;b&gt;100 %&lt;/b&gt;"
