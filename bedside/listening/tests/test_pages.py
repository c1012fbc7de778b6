"""The pages of listening: for colleagues, never for strangers; what is wrong is said where it can be mended."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bedside.accounts.models import ChannelState
from bedside.accounts.roles import Role
from bedside.listening.models import BadRow, Import, ImportState, Sync
from bedside.listening.rows import Reason
from bedside.listening.work import import_due
from bedside.testing import make_channel, make_member

pytestmark = pytest.mark.django_db
NEW = "/listening/imports/new/"
CSV = "Datum;Bewertung;Kommentar\n03.11.2025;5;Sehr nett\n15.11.2025;9;Naja\n"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def member():
    return make_member(role=Role.COMMUNITY_MANAGER)


@pytest.fixture
def channel(member):
    return make_channel(organisation=member.organisation)


@pytest.fixture
def client(member):
    return signed_in(member)


def signed_in(member, **options):
    client = Client(**options)
    client.force_login(member.user)
    return client


def upload(client, channel, content=CSV, name="reviews.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(NEW, {"channel": channel.pk, "file": file})


def columns(*parts, **more):
    return {f"column-{number}": part for number, part in enumerate(parts)} | {"order": "day"} | more


def make_import(channel, **fields):
    return Import.objects.create(organisation=channel.organisation, channel=channel, file_name="reviews.csv", **fields)


def test_from_upload_to_result(client, channel):
    answer = upload(client, channel)
    page = answer.headers["Location"]
    shown = client.get(page).content.decode()
    assert "Sehr nett" in shown and "Line 3 would be left out" in shown and "Read all rows" in shown
    assert client.post(page, columns("posted_at", "rating", "text", begin="1")).headers["Location"] == page
    assert "It begins in a moment" in client.get(page).content.decode()
    import_due(timezone.now())
    result = client.get(page).content.decode()
    assert "What could not be read" in result and str(Reason.RATING) in result and "Open the inbox" in result
    lines = client.get(f"{page}bad-rows.csv")
    assert lines.headers["Content-Type"].startswith("text/csv") and lines.content.decode().splitlines()[1].startswith(
        "3,"
    )
    assert "Naja" not in result + lines.content.decode()


def test_a_look_reads_the_first_rows_again_and_begins_nothing(client, channel):
    page = upload(client, channel).headers["Location"]
    fragment = client.post(page, columns("", "rating", "text", look="1"), headers={"HX-Request": "true"})
    said = fragment.content.decode()
    assert "Say which column holds the date" in said and "Choose the columns first" in said and "<html" not in said
    assert Import.objects.get().state == ImportState.MAPPING


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (("", "rating", "text"), "holds the date"),
        (("posted_at", "text", "text"), "Two columns are"),
        (("posted_at", "", ""), "what was said"),
    ],
)
def test_columns_that_are_not_enough_begin_nothing(client, channel, parts, says):
    page = upload(client, channel).headers["Location"]
    answer = client.post(page, columns(*parts, begin="1"))
    assert answer.status_code == 200 and says in answer.content.decode()
    assert Import.objects.get().state == ImportState.MAPPING


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04....", "Excel"),
        (b"\x89PNG\r\n....", "picture"),
        (b"[1]", "JSON"),
        (b"only,a,header\n", "nothing below"),
    ],
)
def test_a_wrong_file_is_said_at_the_field_and_the_channel_stays(client, channel, content, says):
    page = upload(client, channel, content).content.decode()
    assert says in page and f'value="{channel.pk}" selected' in page
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, settings):
    settings.MOST_UPLOAD_BYTES = 1024 * 1024

    class Unread:
        def read(self, *_):
            raise AssertionError("the body was read")

        readline = read

    answer = client.generic("POST", NEW, **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(2 * 1024 * 1024)})
    assert answer.status_code == 413 and "The largest file is 1 MB" in answer.content.decode()


def test_an_upload_without_a_token_is_refused(member, channel):
    assert upload(signed_in(member, enforce_csrf_checks=True), channel).status_code == 403


def test_progress_is_a_fragment_that_asks_again_until_the_end(client, channel):
    row = make_import(
        channel, state=ImportState.READING, bytes_in_all=100, bytes_read=40, new=1200, due_at=timezone.now()
    )
    page = reverse("import_detail", args=[row.pk])
    fragment = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert (
        "1,200 rows, 40 % of the file" in fragment and 'hx-trigger="every 1s"' in fragment and "<html" not in fragment
    )
    assert client.post(reverse("import_stop", args=[row.pk])).status_code == 302
    assert client.get(page, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    ended = client.get(page).content.decode()
    assert "hx-trigger" not in ended and "Stopped." in ended


def test_a_file_can_be_thrown_away(client, channel):
    page = upload(client, channel).headers["Location"]
    assert client.post(f"{page}stop/").headers["Location"] == "/listening/"
    assert not Import.objects.exists()


def test_a_lost_upload_is_said_and_asked_for_again(client, channel):
    page = upload(client, channel).headers["Location"]
    Import.objects.update(path="gone")
    answer = client.get(page, follow=True)
    assert answer.redirect_chain[-1][0] == NEW and "no longer here" in answer.content.decode()


def test_a_stranger_finds_nothing(channel):
    row = make_import(channel, state=ImportState.DONE)
    stranger = signed_in(make_member())
    for name, ask in (
        ("import_detail", stranger.get),
        ("import_bad_rows", stranger.get),
        ("import_stop", stranger.post),
    ):
        assert ask(reverse(name, args=[row.pk])).status_code == 404
    assert row.file_name not in stranger.get("/listening/").content.decode()
    assert upload(stranger, channel).status_code == 200, "another organisation's channel is no choice"
    assert Import.objects.count() == 1


def test_a_role_without_the_right_sees_listening_and_imports_nothing(channel, member):
    reader = signed_in(make_member(organisation=member.organisation, role=Role.AUDITOR))
    page = reader.get("/listening/")
    assert page.status_code == 200 and NEW not in page.content.decode()
    assert reader.get(NEW).status_code == 403


def test_the_page_says_what_is_wrong_and_what_to_do(channel, member):
    now = timezone.now()
    Sync.objects.create(
        channel=channel, failures=2, problem="The platform asks to wait.", due_at=now + timedelta(minutes=5)
    )
    make_channel(organisation=member.organisation, state=ChannelState.EXPIRED)
    page = signed_in(make_member(organisation=member.organisation)).get("/listening/").content.decode()
    assert "One channel has to be connected again" in page and "Connect again" in page
    assert "Has not answered yet" in page and "The platform asks to wait." in page and "Asked again in" in page


def test_the_page_costs_the_same_however_many_channels(client, channel, member, django_assert_num_queries):
    client.get("/listening/")
    for _ in range(5):
        another = make_channel(organisation=member.organisation)
        Sync.objects.create(channel=another, heard_at=timezone.now(), due_at=timezone.now())
        make_import(another, state=ImportState.DONE, created_by=member)
    with django_assert_num_queries(4):
        client.get("/listening/")


def test_the_result_costs_the_same_however_many_rows_were_bad(client, channel, django_assert_num_queries):
    row = make_import(channel, state=ImportState.DONE, bad=500)
    BadRow.objects.bulk_create(BadRow(of_import=row, line=line, reason=Reason.DATE) for line in range(500))
    client.get("/listening/")
    with django_assert_num_queries(4):
        page = client.get(reverse("import_detail", args=[row.pk]))
    assert "The first 100 of 500" in page.content.decode()


def test_without_a_channel_the_page_says_what_to_do_first():
    page = signed_in(make_member()).get("/listening/").content.decode()
    assert "First a channel, then its reviews" in page and NEW not in page
