"""The door: who comes in, and what is said to who does not."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from bedside.accounts.models import Member
from bedside.testing import PASSWORD, make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_person_signs_in_with_address_and_password(client: Client) -> None:
    user = make_member().user
    response = client.post("/accounts/login/", {"login": user.email.upper(), "password": PASSWORD})
    assert response.status_code == 302 and response["Location"] == reverse("today")


def test_wrong_password_is_one_sentence_and_the_address_stays(client: Client) -> None:
    user = make_member().user
    page = text(client.post("/accounts/login/", {"login": user.email, "password": "not this one"}))
    assert "Address and password do not match." in page
    assert user.email in page


def test_unknown_address_hears_the_same_sentence(client: Client) -> None:
    make_member()
    page = text(client.post("/accounts/login/", {"login": "who@clinic.example", "password": PASSWORD}))
    assert "Address and password do not match." in page


def test_too_many_tries_have_to_wait(client: Client) -> None:
    user = make_member().user
    for _ in range(6):
        page = text(client.post("/accounts/login/", {"login": user.email, "password": "not this one"}))
    assert "That did not match too often." in page
    page = text(client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}))
    assert "That did not match too often." in page


def test_too_many_requests_get_our_page(client: Client) -> None:
    make_member()
    for _ in range(31):
        response = client.post("/accounts/login/", {})
    assert response.status_code == 429 and "Wait a few minutes" in text(response)


def test_nobody_lives_here_so_the_door_leads_to_the_first_run(client: Client) -> None:
    assert client.get("/accounts/login/")["Location"] == reverse("first_run")


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reauthenticate", "account_set_password"])
def test_pages_we_do_not_need_are_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["inactive", "password/reset", "password/reset/done", "password/reset/key/done"])
def test_every_page_at_the_door_is_ours(client: Client, path: str) -> None:
    make_member()
    assert '<main class="door">' in text(client.get(f"/accounts/{path}/"))


def test_forgotten_password_without_mail_says_whom_to_ask(client: Client) -> None:
    make_member()
    user = make_member().user
    for page in (
        client.get("/accounts/password/reset/"),
        client.post("/accounts/password/reset/", {"email": user.email}),
    ):
        assert "This Bedside sends no e-mail" in text(page)
    assert not mail.outbox  # a link in a log would be a way in


@override_settings(EMAIL_HOST="mail.clinic.example")
def test_forgotten_password_goes_round_by_mail(client: Client) -> None:
    user = make_member().user
    client.post("/accounts/password/reset/", {"email": user.email})
    (letter,) = mail.outbox
    link = next(word for word in letter.body.split() if word.startswith("http"))
    page = client.get(link, follow=True)
    response = client.post(page.request["PATH_INFO"], {"password1": "three little ferries"})
    assert response["Location"] == reverse("account_reset_password_from_key_done")
    assert client.login(email=user.email, password="three little ferries")


@override_settings(EMAIL_HOST="mail.clinic.example")
def test_unknown_address_gets_no_mail_and_no_hint(client: Client) -> None:
    make_member()
    response = client.post("/accounts/password/reset/", {"email": "who@clinic.example"})
    assert response["Location"] == reverse("account_reset_password_done") and not mail.outbox


def test_used_link_says_so(client: Client) -> None:
    make_member()
    assert "This link no longer works" in text(client.get("/accounts/password/reset/key/1-abc/"))


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("short", "12 letters or more"), ("aaaabbbbcccc@clinic.example", ""), ("correct horse", "")],
)
def test_password_is_changed_or_one_sentence_says_why_not(client: Client, password: str, sentence: str) -> None:
    user = make_member().user
    client.force_login(user)
    response = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": password})
    if sentence:
        assert sentence in text(response)
    else:
        assert response["Location"] == reverse("settings")
        assert client.get(reverse("settings")).status_code == 200


def test_signing_out_asks_first_when_somebody_follows_a_link(client: Client) -> None:
    client.force_login(make_member().user)
    assert "Sign out?" in text(client.get("/accounts/logout/"))
    assert client.post("/accounts/logout/")["Location"] == reverse("account_login")


def test_person_without_membership_is_told(client: Client) -> None:
    client.force_login(make_user(email="nora@clinic.example"))
    page = text(client.get("/settings/", follow=True))
    assert "You belong to no organisation" in page and "nora@clinic.example" in page


def test_language_is_chosen_at_the_door(client: Client) -> None:
    make_member()
    response = client.post("/language/", {"language": "de", "next": "/accounts/login/"})
    assert response["Location"] == "/accounts/login/"
    assert '<html lang="de">' in text(client.get("/accounts/login/"))


def test_person_of_two_organisations_works_for_the_one_they_chose(client: Client) -> None:
    first = make_member()
    second = Member.objects.create(organisation=make_organisation(), user=first.user, role="auditor")
    client.force_login(first.user)
    assert "Change organisation" in text(client.get("/settings/"))
    assert client.post("/settings/organisation/", {"organisation": second.organisation_id}).status_code == 302
    assert second.organisation.name in text(client.get("/settings/account/"))


def test_nobody_works_for_an_organisation_they_do_not_belong_to(client: Client) -> None:
    member = make_member()
    client.force_login(member.user)
    page = text(client.get("/settings/"))
    assert "Change organisation" not in page
    assert client.post("/settings/organisation/", {"organisation": make_organisation().pk}).status_code == 404
    assert client.post("/settings/organisation/", {"organisation": "²"}).status_code == 404
