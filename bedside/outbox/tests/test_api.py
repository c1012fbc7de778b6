"""The guard for programs: the contract, whose key it is, and what a wrong question is told."""

import json

import pytest

from bedside.accounts import keys
from bedside.accounts.models import ApiKey, Practitioner
from bedside.governance.actions.keys import end_key, make_key
from bedside.governance.models import AuditEvent
from bedside.guard.command import answer
from bedside.testing import make_location, make_member

pytestmark = pytest.mark.django_db
CARELESS = "Thank you for your visit last Tuesday, Maria."


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def key(member):
    return make_key("website", by=member)


def ask(client, key, **question):
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return client.post("/api/v1/guard", json.dumps(question), content_type="application/json", headers=headers)


def test_it_answers_what_the_command_answers(client, key):
    question = {"id": "a1", "text": CARELESS, "reviewer": "Maria", "clinic": ["Linden Clinic"], "stars": 4}
    assert ask(client, key, **question).json() == json.loads(answer(json.dumps(question)))


def test_a_safe_text_passes(client, key):
    found = ask(client, key, text="Thank you for taking the time to write.").json()
    assert (found["severity"], found["findings"]) == ("pass", [])


@pytest.mark.parametrize("wrong", ["", "bedside_wrong", "bedside_"])
def test_without_a_key_nobody_is_answered(client, wrong):
    assert ask(client, wrong, text=CARELESS).status_code == 401


def test_an_ended_key_opens_nothing(client, member, key):
    end_key(ApiKey.objects.get(), by=member)
    end_key(ApiKey.objects.get(), by=member)
    assert ask(client, key, text=CARELESS).status_code == 401
    assert list(AuditEvent.objects.order_by("number").values_list("action", flat=True)) == ["key.made", "key.ended"]


def test_the_key_itself_is_kept_nowhere(member, key):
    row = ApiKey.objects.get()
    assert key not in json.dumps(row.__dict__, default=str)
    assert not AuditEvent.objects.filter(details__icontains=key).exists()
    assert keys.find(key) == row
    assert ApiKey.objects.get().used_on is not None


def test_a_location_tells_what_is_the_clinics_own(client, member, key):
    location = make_location(organisation=member.organisation, name="Praxis am Ring", phone="+41 44 555 01 20")
    Practitioner.objects.create(organisation=member.organisation, location=location, name="Dr. Ilse Furrer")
    text = "Please call +41 44 555 01 20."
    assert ask(client, key, text=text).json()["severity"] != "pass"
    assert ask(client, key, text=text, location=location.pk).json()["severity"] == "pass"


def test_a_location_of_somebody_else_is_not_there(client, key):
    assert ask(client, key, text=CARELESS, location=make_location().pk).status_code == 404


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ({}, "text"),
        ({"text": "x", "stars": 9}, "stars"),
        ({"text": "x" * 100_001}, "text"),
        ({"text": "x", "kind": "song"}, "kind"),
    ],
)
def test_a_wrong_question_is_told_where_it_is_wrong(client, key, question, where):
    answered = ask(client, key, **question)
    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"][-1] == where


def test_the_contract_can_be_read_by_anybody(client):
    found = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/guard" in found["paths"]


def test_a_key_is_shown_once_on_the_page_that_made_it(client, member):
    client.force_login(member.user)
    made = client.post("/settings/api-keys/", {"name": "website"}, follow=True).content.decode()
    assert "bedside_" + made.partition('link-once">bedside_')[2].partition("<")[0] != "bedside_"
    assert "link-once" not in client.get("/settings/api-keys/").content.decode()


def test_a_key_without_a_name_is_not_made(client, member):
    client.force_login(member.user)
    assert "Write what the key is for." in client.post("/settings/api-keys/", {"name": " "}).content.decode()
    assert not ApiKey.objects.exists()
