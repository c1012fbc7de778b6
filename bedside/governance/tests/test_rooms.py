"""Who may enter which room of Settings, and at what cost."""

import pytest
from django.test import Client
from django.urls import reverse

from bedside.accounts.models import Organisation
from bedside.testing import make_channel, make_location, make_member, make_organisation

pytestmark = pytest.mark.django_db
MANAGED = ["locations", "location_add", "channels", "channel_add", "people", "person_invite", "reading_along"]
ONES_OWN = ["settings", "my_account", "my_organisation", "account_change_password"]
ROWS = ["location", "location_rules", "channel", "channel_reconnect", "person"]
CHANGES = ["channel_pause", "channel_continue", "channel_disconnect", "person_link", "person_close", "person_open"]


def numbers(organisation: Organisation) -> dict[str, int]:
    """Return the number of one row for each kind of page."""
    channel = make_channel(organisation=organisation)
    person = make_member(organisation=organisation, role="clinician")
    return {"location": channel.location_id, "channel": channel.pk, "person": person.pk}


@pytest.mark.parametrize("name", MANAGED + ONES_OWN)
def test_owner_enters_every_room(client: Client, name: str) -> None:
    client.force_login(make_member(role="owner").user)
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", MANAGED)
def test_colleague_without_the_right_is_told_so(client: Client, name: str) -> None:
    client.force_login(make_member(role="community_manager").user)
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ONES_OWN)
def test_everybody_enters_what_is_their_own(client: Client, name: str) -> None:
    client.force_login(make_member(role="auditor").user)
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", MANAGED + ONES_OWN)
def test_stranger_is_sent_to_the_door(client: Client, name: str) -> None:
    make_member()
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ROWS)
def test_rows_open_for_the_owner_and_are_not_there_for_others(client: Client, name: str) -> None:
    organisation = make_organisation()
    address = reverse(name, args=[numbers(organisation)[name.partition("_")[0]]])
    client.force_login(make_member(role="owner", organisation=organisation).user)
    assert client.get(address).status_code == 200
    client.force_login(make_member(role="clinician", organisation=organisation).user)
    assert client.get(address).status_code == 403
    client.force_login(make_member(role="owner").user)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("name", CHANGES)
def test_changes_are_posts_of_those_with_the_right(client: Client, name: str) -> None:
    organisation = make_organisation()
    address = reverse(name, args=[numbers(organisation)[name.partition("_")[0]]])
    client.force_login(make_member(role="clinician", organisation=organisation).user)
    assert client.post(address).status_code == 403
    client.force_login(make_member(role="owner").user)
    assert client.post(address).status_code == 404
    client.force_login(make_member(role="owner", organisation=organisation).user)
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302


@pytest.mark.parametrize(("name", "queries"), [("locations", 3), ("channels", 3), ("people", 3)])
def test_lists_cost_the_same_with_many_rows(
    client: Client, name: str, queries: int, django_assert_num_queries: object
) -> None:
    member = make_member(role="owner")
    client.force_login(member.user)
    for _ in range(4):
        make_channel(location=make_location(organisation=member.organisation))
        make_member(organisation=member.organisation)
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(reverse(name))


def test_the_only_reader_is_told_to_invite_somebody(client: Client) -> None:
    member = make_member(role="owner")
    client.force_login(member.user)
    for name in ("settings", "reading_along"):
        assert "You are the only one who may read along." in client.get(reverse(name)).content.decode()
    make_member(organisation=member.organisation, role="clinician")
    for name in ("settings", "reading_along"):
        assert "You are the only one" not in client.get(reverse(name)).content.decode()
