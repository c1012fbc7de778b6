"""Owner, colleague and stranger on every address: generated from the routes, so that a new page is asked too."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bedside.accounts import keys
from bedside.accounts.models import User
from bedside.accounts.roles import Role
from bedside.listening.models import Import
from bedside.outbox.models import Outgoing
from bedside.testing import make_channel, make_location, make_member, make_organisation, make_review

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "set_language",
    "first_run",
    "webhook",
    "api-root",
    "openapi-json",
}
ROOT = ""


def routes(resolver=None, prefix=ROOT):
    """Yield (name, path with its parameters still in it) of every route."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        elif isinstance(entry, URLPattern):
            yield entry.name, path


NAMES = sorted(routes())


@pytest.fixture
def house():
    """A whole organisation: one of everything that has an address."""
    organisation = make_organisation()
    owner = make_member(organisation=organisation, role=Role.OWNER)
    location = make_location(organisation=organisation)
    channel = make_channel(location=location)
    mention = make_review(channel=channel)
    brought_in = Import.objects.create(organisation=organisation, channel=channel, file_name="reviews.csv")
    return {
        "owner": owner,
        "location": location.pk,
        "channel": channel.pk,
        "conversation": mention.conversation.pk,
        "person": owner.pk,
        "import": brought_in.pk,
        "token": channel.token,
        "key": keys.make("website", by=owner)[0].pk,
    }


def address(name, path, house):
    """Fill the parameters of a route with what belongs to the house."""

    def value(match):
        parameter = match[1].partition(":")[2] or match[1]
        if parameter == "platform":
            return "bluesky"
        if parameter == "token":
            return house["token"]
        for part, key in (
            ("location", "location"),
            ("channel", "channel"),
            ("person", "person"),
            ("import", "import"),
            ("api_key", "key"),
        ):
            if part in name:
                return str(house[key])
        return str(house["conversation"])

    path = re.sub(r"<([^>]+)>", value, path) if "(?P" not in path else "accounts/password/reset/key/0-wrong/"
    return "/" + path.removeprefix("^").removesuffix("$")


def signed_in(member):
    client = Client()
    client.force_login(member.user)
    return client


@pytest.mark.parametrize(("name", "path"), NAMES, ids=[name for name, _ in NAMES])
def test_the_owner_is_never_turned_away(name, path, house):
    client = signed_in(house["owner"])
    for method in (client.get, client.post):
        assert method(address(name, path, house)).status_code not in {403, 500} or name in OPEN_TO_ALL


@pytest.mark.parametrize(("name", "path"), NAMES, ids=[name for name, _ in NAMES])
def test_nobody_without_an_account_sees_anything(name, path, house):
    client = Client()
    for method in (client.get, client.post):
        answer = method(address(name, path, house))
        if name in OPEN_TO_ALL:
            assert answer.status_code < 500
        elif path.startswith("api/"):
            assert answer.status_code in {401, 405}
        else:
            assert answer.status_code in {302, 405} and answer.get("Location", "/accounts/login").startswith(
                "/accounts/login"
            )


@pytest.mark.parametrize(("name", "path"), [r for r in NAMES if "<" in r[1]], ids=[n for n, p in NAMES if "<" in p])
def test_a_stranger_with_an_organisation_of_their_own_gets_a_404(name, path, house):
    if name in OPEN_TO_ALL | {"channel_connect"}:
        pytest.skip("names nothing of the house")
    stranger = signed_in(make_member(role=Role.OWNER))
    before = (User.objects.count(), Outgoing.objects.count())
    answers = [stranger.get(address(name, path, house)), stranger.post(address(name, path, house), {"text": "x"})]
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert 404 in {answer.status_code for answer in answers}
    assert (User.objects.count(), Outgoing.objects.count()) == before


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("name", "path"), NAMES, ids=[name for name, _ in NAMES])
def test_a_colleague_sees_what_the_role_allows_and_is_told_otherwise(name, path, role, house):
    client = signed_in(make_member(organisation=house["owner"].organisation, role=role))
    answer = client.get(address(name, path, house))
    assert answer.status_code in {200, 202, 302, 400, 403, 404, 405}
    if answer.status_code == 403:
        assert "Your role does not include this" in answer.content.decode()


def test_a_stranger_sees_nothing_of_the_house_in_their_own_lists(house):
    stranger = signed_in(make_member(role=Role.OWNER))
    for path in (
        "/",
        "/inbox/",
        "/inbox/?view=resolved",
        "/settings/channels/",
        "/settings/people/",
        "/governance/audit-log/",
    ):
        page = stranger.get(path).content.decode()
        assert "Beat R." not in page and house["owner"].organisation.name not in page


def test_a_person_without_a_membership_is_told_so():
    client = Client()
    client.force_login(User.objects.create_user("nobody@clinic.example", None, name="Nobody"))
    assert client.get("/").headers["Location"] == "/no-organisation/"
    assert client.get("/no-organisation/").status_code == 200
