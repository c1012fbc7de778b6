"""For whom a request is made, when a person works for one organisation, for several, or no longer for the chosen one."""

import pytest

from bedside.accounts.models import Member
from bedside.accounts.tenancy import CHOSEN
from bedside.testing import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def memberships():
    first = make_member()
    others = [make_member() for _ in range(2)]
    Member.objects.filter(pk__in=[member.pk for member in others]).update(user=first.user)
    return list(Member.objects.filter(user=first.user).order_by("pk"))


def works_for(client, member, chosen=None):
    client.force_login(member.user)
    session = client.session
    session[CHOSEN] = chosen
    session.save()
    request = client.get("/inbox/").wsgi_request
    return request.organisation, request.has_other_organisations


def test_who_works_for_one_is_not_offered_another(client):
    member = make_member()
    assert works_for(client, member) == (member.organisation, False)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_chosen_organisation_is_worked_for(client, memberships, number):
    chosen = memberships[number].organisation
    assert works_for(client, memberships[0], chosen.pk) == (chosen, True)


def test_without_a_choice_the_oldest_is_worked_for(client, memberships):
    assert works_for(client, memberships[0]) == (memberships[0].organisation, True)


def test_a_choice_that_was_taken_away_falls_back_to_the_oldest(client, memberships):
    gone = memberships[2].organisation
    Member.objects.filter(pk=memberships[2].pk).update(is_active=False)
    assert works_for(client, memberships[0], gone.pk) == (memberships[0].organisation, True)
