"""What a location chose holds wherever its answers are checked: while typing, handed in, read along, sent, and for programs."""

import json
import re

import pytest
from django.utils import timezone

from bedside.accounts.roles import Role
from bedside.governance.actions.keys import make_key
from bedside.governance.actions.places import choose_rules
from bedside.guard.profiles import OPTIONS
from bedside.inbox import actions
from bedside.inbox.models import Reply
from bedside.outbox import actions as outbox
from bedside.outbox import work
from bedside.outbox.errors import Blocked
from bedside.outbox.models import Outgoing, State
from bedside.testing import make_location, make_member, make_review

pytestmark = pytest.mark.django_db
SORRY = "We are sorry to read this."
NAMED = "Thank you for your feedback, Alma."


@pytest.fixture
def mention():
    return make_review(text="Nobody answers the telephone.", author_name="Alma Q.")


@pytest.fixture
def place(mention):
    return mention.conversation.location


@pytest.fixture
def member(place):
    return make_member(organisation=place.organisation, role=Role.OWNER)


@pytest.fixture
def choose(client, member, place):
    """Choose on the page, as a person does."""
    client.force_login(member.user)

    def chosen(**rules):
        posted = {"profile": "us-hipaa"} | dict.fromkeys(OPTIONS, "") | rules
        assert client.post(f"/settings/locations/{place.pk}/rules/", posted).status_code == 302

    return chosen


def typed(client, mention, text):
    """Return the severities that the live check shows for these words."""
    address = f"/inbox/{mention.conversation_id}/check/"
    page = client.post(address, {"text": text, "mention": mention.pk}, headers={"HX-Request": "true"}).content.decode()
    return set(re.findall(r'class="flag" data-severity="(\w+)"', page))


def handed_in(client, mention, text):
    answered = client.post(f"/inbox/{mention.conversation_id}/answer/", {"text": text, "mention": mention.pk})
    return answered.status_code, Outgoing.objects.get()


def test_the_live_check_follows_a_choice(client, choose, mention):
    choose()
    assert typed(client, mention, SORRY) == set()
    choose(apology="none")
    assert typed(client, mention, SORRY) == {"warn"}


def test_handing_in_follows_a_choice(client, choose, mention):
    choose(name="never")
    status, outgoing = handed_in(client, mention, NAMED)
    assert (status, outgoing.state, outgoing.severity) == (409, State.DRAFT, "block")
    choose()
    status, outgoing = handed_in(client, mention, NAMED)
    assert (status, outgoing.state, outgoing.severity) == (302, State.HELD, "warn")


def test_a_profile_brings_its_own_choices_along(client, choose, mention):
    choose(profile="eu")
    assert typed(client, mention, NAMED) == {"note"}
    assert handed_in(client, mention, NAMED)[1].severity == "note"
    choose(profile="eu", name="never")
    assert typed(client, mention, NAMED) == {"block"}


def test_a_choice_made_while_an_answer_waits_holds_for_whoever_reads_along(mention, member, place):
    actions.answer(mention.conversation, mention, NAMED, by=member)
    choose_rules(place, "us-hipaa", {"name": "never"}, by=member)
    outgoing = Reply.objects.get().outgoing
    reader = make_member(organisation=place.organisation, role=Role.CLINICIAN)
    with pytest.raises(Blocked):
        outbox.approve(outgoing, by=reader, text_hash=outgoing.text_hash)


def test_a_choice_made_before_sending_keeps_the_answer_here(mention, member, place):
    actions.answer(mention.conversation, mention, NAMED, by=member)
    choose_rules(place, "us-hipaa", {"name": "never"}, by=member)
    outgoing = Reply.objects.get().outgoing
    now = timezone.now()
    Outgoing.objects.update(state=State.QUEUED, due_at=now, approval=None)
    [claimed] = Outgoing.objects.filter(pk=outgoing.pk).claim(now, limit=1, lease=work.LEASE)
    outgoing = Outgoing.objects.get(pk=outgoing.pk)
    outgoing.lease = claimed.lease
    work.deliver(outgoing)
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.severity, outgoing.problem) == (State.DRAFT, "block", work.STOPPED)


def test_a_location_beside_it_is_judged_as_before(client, choose, member, place, mention):
    choose(apology="none")
    other = make_location(organisation=place.organisation)
    key = make_key("website", by=member)

    def asked(**question):
        headers = {"Authorization": f"Bearer {key}"}
        body = json.dumps({"text": SORRY, "language": "en"} | question)
        return client.post("/api/v1/guard", body, content_type="application/json", headers=headers).json()["severity"]

    assert [asked(), asked(location=other.pk), asked(location=place.pk)] == ["pass", "pass", "warn"]
    assert asked(location=place.pk, options={"name": "never"}) == "warn"
    assert asked(location=place.pk, options={"apology": "generic"}) == "pass"
