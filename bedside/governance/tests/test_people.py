"""People: invited by a link, changed by others, never locked out."""

import pytest
from django.core import mail
from django.test import Client, override_settings

from bedside.accounts.models import Member, User
from bedside.accounts.roles import Role
from bedside.governance.actions import people
from bedside.governance.errors import Refused
from bedside.governance.models import AuditEvent, Policy
from bedside.testing import PASSWORD, make_member, make_organisation

pytestmark = pytest.mark.django_db
ANA = {"name": "Ana Serrano", "email": "ana@clinic.example", "role": "clinician"}
CHOSEN = "three little ferries"


@pytest.fixture
def owner(client: Client) -> Member:
    member = make_member(role="owner")
    client.force_login(member.user)
    return member


def invite(client: Client) -> str:
    """Invite Ana and return the link as the page shows it."""
    page = client.post("/settings/people/invite/", ANA, follow=True).content.decode()
    return page.partition('<p class="link-once">')[2].partition("</p>")[0]


def choose(link: str, password: str = CHOSEN) -> Client:
    """Follow a link in another browser and choose a password."""
    browser = Client()
    page = browser.get(link, follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": password})
    return browser


def test_invited_person_chooses_a_password_and_comes_in(client: Client, owner: Member) -> None:
    browser = choose(invite(client))
    response = browser.post("/accounts/login/", {"login": ANA["email"], "password": CHOSEN})
    assert response.status_code == 302
    member = Member.objects.get(user__email=ANA["email"])
    assert (member.role, member.organisation) == ("clinician", owner.organisation)
    assert browser.get("/settings/").status_code == 200
    assert list(AuditEvent.objects.order_by("number").values_list("action", flat=True)) == [
        "member.invited",
        "member.link_made",
    ]


def test_link_is_shown_once_and_works_once(client: Client, owner: Member) -> None:
    link = invite(client)
    member = Member.objects.get(user__email=ANA["email"])
    assert "link-once" not in client.get(f"/settings/people/{member.pk}/").content.decode()
    choose(link)
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_new_link_ends_the_one_before_and_the_password(client: Client, owner: Member) -> None:
    first = invite(client)
    member = Member.objects.get(user__email=ANA["email"])
    choose(first)
    assert Client().login(email=ANA["email"], password=CHOSEN)
    client.post(f"/settings/people/{member.pk}/link/")
    assert not Client().login(email=ANA["email"], password=CHOSEN)


def test_without_mail_server_nothing_is_sent(client: Client, owner: Member) -> None:
    invite(client)
    assert not mail.outbox


@override_settings(EMAIL_HOST="mail.clinic.example")
def test_link_is_also_sent_when_there_is_a_mail_server(client: Client, owner: Member) -> None:
    link = invite(client)
    (letter,) = mail.outbox
    assert letter.to == [ANA["email"]] and link in letter.body and owner.organisation.name in letter.subject


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Write the name, as colleagues know it."),
        ("email", "ana", "Write the address like name@clinic.example."),
        ("role", "", "Choose what this person will do."),
    ],
)
def test_bad_invitation_says_what_is_missing(
    client: Client, owner: Member, field: str, value: str, sentence: str
) -> None:
    assert sentence in client.post("/settings/people/invite/", ANA | {field: value}).content.decode()
    assert User.objects.count() == 1


def test_person_who_is_here_is_not_invited_again(client: Client, owner: Member) -> None:
    invite(client)
    page = client.post("/settings/people/invite/", ANA | {"email": "ANA@clinic.example"}).content.decode()
    assert "ana@clinic.example has a place here already." in page


def test_person_of_another_organisation_keeps_their_password(client: Client, owner: Member) -> None:
    ana = make_member(email=ANA["email"])
    page = client.post("/settings/people/invite/", ANA, follow=True).content.decode()
    assert "has an account already" in page and "link-once" not in page
    assert Client().login(email=ana.user.email, password=PASSWORD)


def test_nobody_opens_an_account_that_others_share(client: Client, owner: Member) -> None:
    ana = make_member(email=ANA["email"])
    client.post("/settings/people/invite/", ANA)
    member = Member.objects.get(user=ana.user, organisation=owner.organisation)
    page = client.post(f"/settings/people/{member.pk}/link/")
    assert page.status_code == 409 and "works for other organisations too" in page.content.decode()
    assert Client().login(email=ana.user.email, password=PASSWORD)


def test_link_made_elsewhere_never_opens_a_place_here(client: Client, owner: Member) -> None:
    elsewhere = make_member(role="owner")
    people.invite("Ana Serrano", ANA["email"], role=Role.CLINICIAN, by=elsewhere)
    page = client.post("/settings/people/invite/", ANA).content.decode()
    assert "was invited by somebody else and has not come in yet" in page
    assert not Member.objects.filter(organisation=owner.organisation).exclude(pk=owner.pk).exists()


def test_role_is_changed(client: Client, owner: Member) -> None:
    member = make_member(organisation=owner.organisation, role="clinician")
    client.post(f"/settings/people/{member.pk}/", {"role": "auditor"})
    member.refresh_from_db()
    assert member.role == "auditor"
    assert AuditEvent.objects.get().details == {"was": "clinician", "role": "auditor"}


def test_closed_access_shuts_the_door_at_once_and_opens_again(client: Client, owner: Member) -> None:
    member = make_member(organisation=owner.organisation, role="clinician")
    browser = Client()
    browser.force_login(member.user)
    assert browser.get("/settings/").status_code == 200
    client.post(f"/settings/people/{member.pk}/close/")
    assert browser.get("/settings/")["Location"] == "/no-organisation/"
    client.post(f"/settings/people/{member.pk}/open/")
    assert browser.get("/settings/").status_code == 200


@pytest.mark.parametrize("path", ["close/", "link/", ""])
def test_nobody_does_it_to_themselves(client: Client, owner: Member, path: str) -> None:
    make_member(organisation=owner.organisation, role="owner")
    page = client.post(f"/settings/people/{owner.pk}/{path}", {"role": "auditor"})
    assert page.status_code == 409 and "This is you." in page.content.decode()
    owner.refresh_from_db()
    assert owner.is_active and owner.role == "owner"


def test_last_owner_stays() -> None:
    organisation = make_organisation()
    last = make_member(organisation=organisation, role="owner")
    closed = make_member(organisation=organisation, role="owner")
    people.close_access(closed, by=last)
    closed.is_active = True  # as if two owners had acted at the same moment
    with pytest.raises(Refused, match="last owner"):
        people.close_access(last, by=closed)
    with pytest.raises(Refused, match="last owner"):
        people.change_role(last, Role.MANAGER, by=closed)


@pytest.mark.parametrize("path", ["close/", "link/", ""])
def test_only_owners_change_owners(client: Client, path: str) -> None:
    manager = make_member(role="manager")
    owner = make_member(organisation=manager.organisation, role="owner")
    make_member(organisation=manager.organisation, role="owner")
    client.force_login(manager.user)
    page = client.post(f"/settings/people/{owner.pk}/{path}", {"role": "auditor"})
    assert page.status_code == 409 and "Only an owner may change an owner." in page.content.decode()


def test_only_owners_make_owners(client: Client) -> None:
    manager = make_member(role="manager")
    client.force_login(manager.user)
    page = client.post("/settings/people/invite/", ANA | {"role": "owner"}).content.decode()
    assert "Only an owner may make somebody an owner." in page and User.objects.count() == 1


def test_name_and_language_are_ones_own(client: Client) -> None:
    member = make_member(role="auditor")
    client.force_login(member.user)
    client.post("/settings/account/", {"name": "Mira A.", "language": "de"})
    member.user.refresh_from_db()
    assert (member.user.name, member.user.language) == ("Mira A.", "de")


def test_change_of_the_rule_is_a_new_version(client: Client, owner: Member) -> None:
    for _ in range(2):  # the second time nothing changes
        client.post("/settings/reading-along/", {"eyes": "flagged"})
    newest = Policy.objects.order_by("-version").first()
    assert newest and (newest.version, newest.eyes, newest.published_by) == (2, "flagged", owner)
    assert AuditEvent.objects.get().details == {"was": "always", "eyes": "flagged"}
