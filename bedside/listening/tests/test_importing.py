"""A file comes in: good rows kept, bad ones reported, nothing twice, whatever happens on the way."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from bedside.governance.audit import verify
from bedside.governance.models import AuditEvent
from bedside.inbox.models import Conversation, Mention, Status
from bedside.listening import importing, intake
from bedside.listening.command import main
from bedside.listening.importing import begin, file_of, keep_upload, stop
from bedside.listening.models import BadRow, Import, ImportState
from bedside.listening.rows import Reason
from bedside.listening.work import forget_uploads, import_due, listen_to_new
from bedside.testing import make_channel, make_member

pytestmark = pytest.mark.django_db
HEADER = "id,date,rating,author,review,answer\n"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOADS = tmp_path / "uploads"
    return settings.UPLOADS


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def channel(member):
    return make_channel(organisation=member.organisation, connected_at=timezone.now() - timedelta(days=1))


def upload(channel, member, content):
    content = content if isinstance(content, bytes) else content.encode()
    return keep_upload(channel, [content], file_name="reviews.csv", by=member, now=timezone.now())


def bring_in(channel, member, content):
    row = upload(channel, member, content)
    assert begin(row, row.mapping, by=member, now=timezone.now())
    assert import_due(timezone.now()) == 1
    row.refresh_from_db()
    return row


def counts(row):
    return {"new": row.new, "changed": row.changed, "known": row.known, "bad": row.bad}


def some_rows(count, first=0):
    return "".join(
        f"r-{n},2026-01-{n % 28 + 1:02d},{n % 5 + 1},Alva B.,Review number {n},\n" for n in range(first, first + count)
    )


def test_good_rows_are_kept_and_bad_ones_reported(channel, member):
    row = bring_in(
        channel, member, HEADER + some_rows(2) + "r-2,soon,5,A,Text,\nr-3,2026-01-03,9,A,Text,\nr-4,2026-01-03,,A,,\n"
    )
    assert (row.state, counts(row)) == (ImportState.DONE, {"new": 2, "changed": 0, "known": 0, "bad": 3})
    assert [(bad.line, bad.reason) for bad in row.bad_rows.all()] == [
        (4, Reason.DATE),
        (5, Reason.RATING),
        (6, Reason.EMPTY),
    ]
    assert row.path == "" and row.percent == 100 and row.ended_at


def test_the_file_is_deleted_and_the_log_holds_counts_alone(channel, member, uploads):
    bring_in(channel, member, HEADER + some_rows(3))
    assert list(uploads.iterdir()) == []
    started, ended = AuditEvent.objects.filter(action__startswith="import.").order_by("number")
    assert started.actor.startswith("member") and ended.actor == "worker"
    assert ended.details == {"state": "done", "new": 3, "changed": 0, "known": 0, "bad": 0}
    assert verify(member.organisation).holds


def test_the_same_file_twice_adds_nothing(channel, member):
    bring_in(channel, member, HEADER + some_rows(5))
    row = bring_in(channel, member, HEADER + some_rows(5))
    assert counts(row) == {"new": 0, "changed": 0, "known": 5, "bad": 0}
    assert Mention.objects.count() == Conversation.objects.count() == 5


def test_a_file_without_ids_twice_adds_nothing(channel, member):
    content = "Datum;Kommentar;Sterne\n03.01.2026;Sehr nett;5\n03.01.2026;Zu lange gewartet;2\n"
    bring_in(channel, member, content)
    assert counts(bring_in(channel, member, content)) == {"new": 0, "changed": 0, "known": 2, "bad": 0}


def test_an_edited_row_changes_the_mention_and_keeps_the_older_text(channel, member):
    bring_in(channel, member, HEADER + "r-1,2026-01-03,5,A,Lovely,\n")
    row = bring_in(channel, member, HEADER + "r-1,2026-01-03,1,A,Not lovely after all,\n")
    mention = Mention.objects.get()
    assert counts(row) == {"new": 0, "changed": 1, "known": 0, "bad": 0}
    assert (mention.text, mention.rating, mention.earlier[0]["text"]) == ("Not lovely after all", 1, "Lovely")
    assert Conversation.objects.get().rating == 1


def test_our_old_answer_comes_in_as_our_own_words(channel, member):
    today = timezone.now().date().isoformat()
    row = bring_in(channel, member, HEADER + f"r-1,{today}T00:00:01Z,1,A,Rude at reception,Thank you for telling us.\n")
    assert counts(row) == {"new": 1, "changed": 0, "known": 0, "bad": 0}
    own = Mention.objects.get(is_own=True)
    assert (own.external_id, own.text) == ("r-1:answer", "Thank you for telling us.")
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.due_at) == (Status.RESOLVED, None)


def test_an_answer_and_an_edit_in_one_file_are_both_kept(channel, member):
    now = timezone.now().isoformat()
    bring_in(channel, member, HEADER + f"r-1,{now},1,A,Rude at reception,\n")
    bring_in(channel, member, HEADER + f"r-1,{now},2,A,Rude at reception at first,Thank you for telling us.\n")
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.due_at, conversation.rating) == (Status.RESOLVED, None, 2)


def test_what_is_old_comes_in_as_history(channel, member):
    bring_in(channel, member, HEADER + "r-1,2020-01-03,1,A,Rude at reception,\n")
    conversation = Conversation.objects.get()
    assert (conversation.status, conversation.due_at, conversation.is_read) == (Status.RESOLVED, None, True)


def test_bad_rows_are_counted_beyond_those_that_are_kept(channel, member, monkeypatch):
    monkeypatch.setattr(intake, "MOST_BAD_ROWS", 3)
    monkeypatch.setattr(intake, "CHUNK", 2)
    row = bring_in(channel, member, HEADER + "x,never,5,A,Text,\n" * 7)
    assert row.bad == 7 and BadRow.objects.count() == 3


def test_a_killed_import_ends_as_if_nothing_had_happened(channel, member, monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 4)
    content = HEADER + some_rows(6) + "x,never,5,A,Text,\n" + some_rows(6, first=6)
    row = upload(channel, member, content)
    begin(row, row.mapping, by=member, now=timezone.now())

    class Killed(BaseException):
        pass

    written = []

    def die_after_two(found):
        written.append(counts(found))
        if len(written) == 2:
            raise Killed

    claimed = Import.objects.claim(timezone.now(), limit=1, lease=timedelta(seconds=60))[0]
    with pytest.raises(Killed):
        intake.read(claimed, file_of(claimed), tell=die_after_two)
    assert import_due(timezone.now()) == 0, "its lease still runs"
    assert import_due(timezone.now() + timedelta(minutes=2)) == 1
    row.refresh_from_db()
    assert counts(row) == {"new": 12, "changed": 0, "known": 0, "bad": 1}
    assert Mention.objects.count() == 12 and BadRow.objects.count() == 1


def test_a_chunk_is_undone_when_the_import_is_no_longer_ours(channel, member):
    row = upload(channel, member, HEADER + some_rows(3))
    begin(row, row.mapping, by=member, now=timezone.now())
    slow = Import.objects.claim(timezone.now(), limit=1, lease=timedelta(seconds=1))[0]
    other = Import.objects.claim(timezone.now() + timedelta(minutes=1), limit=1, lease=timedelta(seconds=60))[0]
    with pytest.raises(intake.Taken):
        intake.read(slow, file_of(slow))
    assert Mention.objects.count() == 0
    intake.read(other, file_of(other))
    assert Mention.objects.count() == 3


def test_stopping_keeps_what_is_there(channel, member, monkeypatch, uploads):
    monkeypatch.setattr(intake, "CHUNK", 2)
    row = upload(channel, member, HEADER + some_rows(6))
    begin(row, row.mapping, by=member, now=timezone.now())
    claimed = Import.objects.claim(timezone.now(), limit=1, lease=timedelta(seconds=60))[0]
    with pytest.raises(intake.Taken):
        intake.read(claimed, file_of(claimed), tell=lambda found: stop(row, by=member, now=timezone.now()))
    row.refresh_from_db()
    assert (row.state, row.new, Mention.objects.count()) == (ImportState.STOPPED, 2, 2)
    assert list(uploads.iterdir()) == []
    assert not stop(row, by=member, now=timezone.now())


def test_a_lost_file_ends_the_import_with_a_sentence(channel, member):
    row = upload(channel, member, HEADER + some_rows(1))
    begin(row, row.mapping, by=member, now=timezone.now())
    file_of(row).unlink()
    import_due(timezone.now())
    row.refresh_from_db()
    assert row.state == ImportState.STOPPED and "gone" in row.problem


def test_an_upload_nobody_begins_is_thrown_away(channel, member, uploads):
    upload(channel, member, HEADER + some_rows(1))
    assert import_due(timezone.now()) == 0
    import_due(timezone.now() + importing.KEPT + timedelta(minutes=1))
    assert not Import.objects.exists() and list(uploads.iterdir()) == []


def test_uploads_are_for_our_eyes_alone(channel, member):
    row = upload(channel, member, HEADER + some_rows(1))
    assert file_of(row).stat().st_mode & 0o777 == 0o600


def test_files_that_no_import_knows_are_forgotten(channel, member, uploads):
    row = upload(channel, member, HEADER + some_rows(1))
    (uploads / "left").write_text("x")
    assert forget_uploads(timezone.now()) == 0
    assert forget_uploads(timezone.now() + timedelta(days=2)) == 1
    assert [file.name for file in uploads.iterdir()] == [row.path]


def test_every_chunk_costs_the_same_number_of_queries(channel, member, monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 50)
    bring_in(channel, member, HEADER + some_rows(20))

    def queries(content):
        row = upload(channel, member, content)
        begin(row, row.mapping, by=member, now=timezone.now())
        claimed = Import.objects.claim(timezone.now(), limit=1, lease=timedelta(seconds=60))[0]
        marks = []
        with CaptureQueriesContext(connection) as captured:
            intake.read(claimed, file_of(claimed), tell=lambda found: marks.append(len(captured)))
        return [after - before for before, after in pairwise(marks)]

    new = queries(HEADER + some_rows(200, first=1000))
    assert len(set(new)) == 1 and new[0] <= 12
    known = queries(HEADER + some_rows(200, first=1000))
    assert len(set(known)) == 1 and known[0] <= 8
    edited = queries(HEADER + some_rows(200, first=1000).replace("Review", "Opinion"))
    assert len(set(edited)) == 1 and edited[0] <= 24


@hypothesis(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c", "d"]),
            st.sampled_from(["2026-01-03", "03.01.2026", "never", ""]),
            st.sampled_from(["5", "★★", "9", ""]),
            st.text(alphabet='ab"é\n,;☆', max_size=12),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_counts_add_up_and_twice_adds_nothing(channel, member, table):
    lines = "".join(
        f'{key},{date},{stars},A,"{text.replace(chr(34), chr(34) * 2)}",\n' for key, date, stars, text in table
    )
    first = bring_in(channel, member, HEADER + lines)
    assert first.rows == len(table), "every row is good or bad"
    mentions = Mention.objects.count()
    again = bring_in(channel, member, HEADER + lines)
    assert again.rows == len(table) and again.new == 0 and again.bad == first.bad
    assert Mention.objects.count() == mentions


def test_the_command_reads_a_file_where_it_lies(channel, tmp_path, capsys):
    file = tmp_path / "mine.csv"
    file.write_text("What,When,Points\nGood,03/11/2025,5\nBad,04/13/2025,1\nWorse,never,1\n")
    given = [str(file), "--channel", str(channel.pk), "--map", "text=What", "--map", "posted_at=When", "--month-first"]
    assert main(given) == 0
    assert file.exists()
    said = capsys.readouterr().out
    assert "2 new, 0 changed, 0 known already, 1 could not be read." in said
    assert "line 4: The date cannot be read." in said and "Worse" not in said
    assert Import.objects.get().state == ImportState.DONE


@pytest.mark.parametrize(
    ("content", "more", "says"),
    [
        (None, [], "cannot be opened"),
        ("", [], "empty"),
        ("foo,bar\n1,2\n", [], "what was said"),
        ("text,date\nGood,2026-01-01\n", ["--map", "author=Nobody"], "no column"),
        ("text,date\nGood,never\n", [], ""),
    ],
)
def test_the_command_says_why_nothing_was_read(channel, tmp_path, capsys, content, more, says):
    file = tmp_path / "mine.csv"
    if content is not None:
        file.write_text(content)
    assert main([str(file), "--channel", str(channel.pk), *more]) == 1
    assert says in capsys.readouterr().err


def test_the_command_knows_no_such_channel(tmp_path, capsys):
    assert main([str(tmp_path / "x"), "--channel", "404"]) == 1
    assert "no channel 404" in capsys.readouterr().err


def test_new_channels_are_listened_to(channel):
    assert listen_to_new(timezone.now()) == 1
    assert listen_to_new(timezone.now()) == 0
    assert channel.sync.due_at <= timezone.now()
