"""Channels: nothing is saved before the platform said yes, and nothing said is lost when one goes."""

from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from bedside.accounts.models import Channel, Credential, Location, Member
from bedside.connectors.errors import AuthExpired
from bedside.connectors.sandbox import demo
from bedside.governance.actions.channels import add_channel, reconnect
from bedside.governance.models import AuditEvent
from bedside.governance.standing import standing
from bedside.listening.models import Sync
from bedside.testing import NOON, make_channel, make_location, make_member, make_organisation

pytestmark = pytest.mark.django_db
ADD = "/settings/channels/add/sandbox/"


@pytest.fixture
def owner(client: Client) -> Member:
    organisation = make_organisation()
    organisation.is_demo = True
    organisation.save()
    member = make_member(role="owner", organisation=organisation)
    client.force_login(member.user)
    return member


@pytest.fixture
def place(owner: Member) -> Location:
    return make_location(organisation=owner.organisation)


@pytest.fixture
def platform(tmp_path: Path) -> str:
    file = tmp_path / "sandbox.db"
    demo.seed(file, now=timezone.now())
    return str(file)


def filled(place: Location, platform: str, **more: str) -> dict[str, object]:
    secrets: dict[str, object] = {
        "secret_channel": "faehrmatt-zuerich",
        "secret_file": platform,
        "secret_base_url": "",
        "secret_token": "",
    }
    return {"location": place.pk} | secrets | more


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("number").values_list("action", flat=True))


def test_channel_is_tried_then_kept_under_its_name_there(client: Client, place: Location, platform: str) -> None:
    assert client.post(ADD, filled(place, platform))["Location"] == "/settings/channels/"
    channel = Channel.objects.get()
    assert (channel.name, channel.external_id, channel.state) == ("Fährmatt Zürich", "faehrmatt-zuerich", "connected")
    assert channel.credential.secrets["token"] == "invented"  # what the manifest says when nothing was typed
    assert platform not in channel.credential.sealed
    assert actions() == ["channel.connected"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [({"secret_file": ""}, "The sandbox needs a file or an address."), ({"secret_channel": "nobody"}, "no longer has")],
)
def test_what_the_platform_says_stands_at_the_form(
    client: Client, place: Location, platform: str, more: dict[str, str], sentence: str
) -> None:
    page = client.post(ADD, filled(place, platform, **more)).content.decode()
    assert sentence in page and "Nothing is saved yet." in page
    assert more.get("secret_channel", "faehrmatt-zuerich") in page
    assert not Channel.objects.exists() and not actions()


def test_hidden_secret_is_never_shown_again(client: Client, place: Location, platform: str) -> None:
    page = client.post(ADD, filled(place, platform, secret_token="typed once")).content.decode()
    assert "Connect the channel again." in page and "typed once" not in page


def test_same_page_is_not_connected_twice(client: Client, place: Location, platform: str) -> None:
    client.post(ADD, filled(place, platform))
    assert "This page is connected already" in client.post(ADD, filled(place, platform)).content.decode()
    assert Channel.objects.count() == 1


def test_location_of_others_cannot_be_chosen(client: Client, owner: Member, platform: str) -> None:
    assert client.post(ADD, filled(make_location(), platform)).status_code == 200
    assert not Channel.objects.exists()


def test_sandbox_is_for_demos_alone(client: Client, owner: Member) -> None:
    assert "Sandbox" in client.get("/settings/channels/add/").content.decode()
    owner.organisation.is_demo = False
    owner.organisation.save()
    assert "Sandbox" not in client.get("/settings/channels/add/").content.decode()
    assert client.get(ADD).status_code == 404
    with override_settings(DEBUG=True):
        assert client.get(ADD).status_code == 200


def test_unknown_platform_is_not_there(client: Client, owner: Member) -> None:
    assert client.get("/settings/channels/add/nothing/").status_code == 404


def test_channel_rests_and_goes_on(client: Client, place: Location, platform: str) -> None:
    client.post(ADD, filled(place, platform))
    address = f"/settings/channels/{Channel.objects.get().pk}/"
    client.post(address + "pause/")
    assert Channel.objects.get().state == "paused"
    client.post(address + "continue/")
    assert Channel.objects.get().state == "connected"
    assert actions()[1:] == ["channel.paused", "channel.continued"]


def test_disconnected_channel_forgets_its_secrets_and_comes_back(
    client: Client, place: Location, platform: str
) -> None:
    client.post(ADD, filled(place, platform))
    channel = Channel.objects.get()
    address = f"/settings/channels/{channel.pk}/"
    client.post(address + "disconnect/")
    assert not Credential.objects.exists() and Channel.objects.get().state == "paused"
    with pytest.raises(AuthExpired):
        Channel.objects.get().connect()
    page = client.post(address + "continue/")
    assert page.status_code == 409 and "Connect it again." in page.content.decode()
    client.post(ADD, filled(place, platform))
    assert Channel.objects.get().pk == channel.pk and Credential.objects.count() == 1


def test_reconnecting_takes_new_secrets_of_the_same_page(client: Client, place: Location, platform: str) -> None:
    client.post(ADD, filled(place, platform))
    channel = Channel.objects.get()
    Channel.objects.update(state="expired")
    address = f"/settings/channels/{channel.pk}/reconnect/"
    assert platform in client.get(address).content.decode()  # what is not hidden need not be typed again
    other = client.post(address, filled(place, platform, secret_channel="faehrmatt-oxford")).content.decode()
    assert "This sign-in opens another page." in other and Channel.objects.get().state == "expired"
    sealed = Credential.objects.get().sealed
    client.post(address, filled(place, platform))
    assert Channel.objects.get().state == "connected" and Credential.objects.get().sealed != sealed
    assert actions()[-1] == "channel.reconnected"


def test_what_needs_somebody_stands_first(client: Client, owner: Member, place: Location) -> None:
    make_channel(location=place, name="Well")
    make_channel(location=place, name="Signed out", state="expired")
    page = client.get("/settings/channels/").content.decode()
    assert page.index("Signed out") < page.index("Well")


def test_name_is_ours_to_give(client: Client, owner: Member) -> None:
    channel = make_channel(organisation=owner.organisation)
    client.post(f"/settings/channels/{channel.pk}/", {"name": "The one in Zürich"})
    assert Channel.objects.get().name == "The one in Zürich" and actions() == ["channel.renamed"]


@pytest.mark.parametrize(
    ("state", "sync", "words", "alarm"),
    [
        ("connected", None, "Being listened to for the first time", ""),
        ("connected", {"heard_at": NOON}, "Heard just now", ""),
        ("connected", {"heard_at": NOON, "failures": 2}, "No answer, last heard just now", "care"),
        ("connected", {"failures": 2}, "No answer yet", "care"),
        ("paused", {"heard_at": NOON}, "Paused", ""),
        ("expired", {"heard_at": NOON}, "Reconnect needed", "stop"),
    ],
)
def test_channel_says_how_it_stands(state: str, sync: dict[str, object] | None, words: str, alarm: str) -> None:
    channel = make_channel(state=state)
    if sync is not None:
        Sync.objects.create(channel=channel, **sync)
    found = standing(Channel.objects.get(), NOON)
    assert (found.words, found.alarm) == (words, alarm)


def test_a_new_sign_in_keeps_the_secret_that_pushes_are_signed_with(
    owner: Member, place: Location, platform: str
) -> None:
    secrets = {"file": platform, "channel": "faehrmatt-oxford"}
    channel = add_channel(place, "sandbox", secrets=secrets, by=owner)
    first = Credential.objects.get(channel=channel).secrets["webhook_secret"]
    reconnect(channel, secrets=secrets, by=owner)
    assert first.startswith("whsec_") and Credential.objects.get(channel=channel).secrets["webhook_secret"] == first
