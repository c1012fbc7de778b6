"""Which column is what."""

import pytest

from bedside.listening.mapping import MappingProblem, RowProblem, reader_for, suggest_mapping
from bedside.listening.rows import Reason
from bedside.testing import NOON, make_channel


@pytest.mark.parametrize(
    ("columns", "mapping"),
    [
        (
            "Date,Rating,Name,Review,ID,Owner answer",
            {"posted_at": "Date", "rating": "Rating", "author": "Name", "text": "Review", "external_id": "ID", "answer": "Owner answer"},
        ),
        (
            "Datum,Bewertung,Name,Kommentar,Antwort,Datum der Antwort",
            {"posted_at": "Datum", "rating": "Bewertung", "author": "Name", "text": "Kommentar", "answer": "Antwort", "answered_at": "Datum der Antwort"},
        ),
        ("Fecha,Puntuación,Autor,Reseña", {"posted_at": "Fecha", "rating": "Puntuación", "author": "Autor", "text": "Reseña"}),
        ("Date,Note,Nom,Avis,Réponse", {"posted_at": "Date", "rating": "Note", "author": "Nom", "text": "Avis", "answer": "Réponse"}),
        ("Data,Voto,Nome,Recensione,Risposta", {"posted_at": "Data", "rating": "Voto", "author": "Nome", "text": "Recensione", "answer": "Risposta"}),
        (
            "comment,starRating,createTime,updateTime,reviewId,reviewer.displayName,reviewReply.comment,reviewReply.updateTime",
            {
                "text": "comment", "rating": "starRating", "posted_at": "createTime", "external_id": "reviewId",
                "author": "reviewer.displayName", "answer": "reviewReply.comment", "answered_at": "reviewReply.updateTime",
            },
        ),
        ("foo,bar", {}),
    ],
)  # fmt: skip
def test_suggests_by_the_names_of_the_columns(columns, mapping):
    assert suggest_mapping(columns.split(",")) == mapping


@pytest.fixture
def channel(db):
    return make_channel()


def reader(channel, **more):
    mapping = {"text": "t", "posted_at": "d", "rating": "r", "author": "a", "external_id": "id", "answer": "ans"} | more
    return reader_for(channel, mapping, ["t", "d", "r", "a", "id", "ans", "when"])


def test_a_row_becomes_what_was_said_and_our_answer(channel):
    row = {
        "t": " Good\x00 ",
        "d": "01.03.2026",
        "r": "5",
        "a": "Alva B.",
        "id": "x1",
        "ans": "Thank you.",
        "when": "02.03.2026",
    }
    review, answer = reader(channel, answered_at="when").read(row, now=NOON)
    assert (review.external_id, review.text, review.rating, review.author_name) == ("x1", "Good", 5, "Alva B.")
    assert (answer.external_id, answer.thread_id, answer.is_own) == ("x1:answer", "x1", True)
    assert answer.posted_at > review.posted_at


def test_without_an_id_the_same_row_has_the_same_one(channel):
    row = {"t": "Good", "d": "01.03.2026", "a": "Alva B."}
    first, again = (reader(channel, external_id="").read(row, now=NOON)[0].external_id for _ in range(2))
    other = reader(channel, external_id="").read(row | {"t": "Better"}, now=NOON)[0].external_id
    assert first == again != other


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"d": ""}, Reason.NO_DATE),
        ({"d": "gestern"}, Reason.DATE),
        ({"d": "01.03.2031"}, Reason.DATE_RANGE),
        ({"d": "01.03.1980"}, Reason.DATE_RANGE),
        ({"r": "many"}, Reason.RATING),
        ({"t": " ", "r": ""}, Reason.EMPTY),
        ({"ans": "Thanks", "when": "soon"}, Reason.ANSWER_DATE),
    ],
)
def test_a_bad_row_says_why_without_its_words(channel, changes, reason):
    row = {"t": "Good", "d": "01.03.2026", "r": "5"} | changes
    with pytest.raises(RowProblem) as caught:
        reader(channel, answered_at="when").read(row, now=NOON)
    assert caught.value.reason is reason


def test_stars_without_words_are_a_review(channel):
    review, *_ = reader(channel).read({"d": "01.03.2026", "r": "4"}, now=NOON)
    assert review.rating == 4 and review.text == ""


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": "", "rating": ""}, "what was said"),
        ({"posted_at": ""}, "date"),
        ({"author": "t"}, "two things"),
        ({"url": "nowhere"}, "no column"),
    ],
)
def test_says_what_is_missing(channel, changes, says):
    with pytest.raises(MappingProblem, match=says):
        reader(channel, **changes)
