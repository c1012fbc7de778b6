"""Rows of files, as people export them and as no machine should."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.listening import rows
from bedside.listening.layout import UnreadableFile, look_at
from bedside.listening.rows import Reason, Rows


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    layout = look_at(path)
    return layout, list(Rows(path, layout))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "reviews"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_finds_the_delimiter(file, mark):
    layout, found = read(
        file,
        f"id{mark}text{mark}stars\n1{mark}Good, really; good{mark}5\n".replace(
            "Good, really; good", '"Good, really; good"'
        ),
    )
    assert layout.delimiter == mark
    assert found[0].values == {"id": "1", "text": "Good, really; good", "stars": "5"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=["utf8", "utf8 with BOM", "utf16 with BOM", "windows"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reads_what_is_saved_in_the_west(file, encoding, end):
    text = end.join(["id;text", "1;Sehr nette Ärztin – empfehlenswert", '2;"Zwei', 'Zeilen"', "3;für mich"]) + end
    _, found = read(file, text.encode(encoding))
    assert [row.values.get("text") for row in found] == [
        "Sehr nette Ärztin – empfehlenswert", f"Zwei{end}Zeilen", "für mich"
    ]  # fmt: skip
    assert [row.line for row in found] == [2, 3, 5]


def test_utf_16_may_have_its_bytes_the_other_way_round(file):
    _, found = read(file, codecs.BOM_UTF16_BE + "id,text\n1,é\n".encode("utf-16-be"))
    assert found[0].values["text"] == "é"


def test_one_bad_byte_costs_one_row(file):
    _, found = read(file, "id,text\n1,schön\n2,sch".encode() + b"\xff" + "n\n3,größer\n".encode())
    assert [row.problem for row in found] == [None, Reason.NOT_TEXT, None]


def test_an_unclosed_quotation_mark_costs_one_row(file):
    _, found = read(file, 'id,text\n1,"never closed\n2,good\n3,"also good"\n4,good\n')
    assert {row.line: row.problem for row in found} == {2: Reason.QUOTES, 3: None, 4: None, 5: None}


def test_a_quotation_mark_that_nobody_closes_does_not_swallow_the_file(file):
    body = "".join(f"{number},{'x' * 200}\n" for number in range(20_000))
    _, found = read(file, f'id,text\n0,"open\n{body}')
    assert sum(row.problem is None for row in found) == 20_000
    assert [row.line for row in found if row.problem] == [2]


def test_a_row_with_too_few_columns_is_bad_and_empty_ones_too_many_are_not(file):
    _, found = read(file, "id,text\n1\n2,good,,\n3,good,more\n\n,\n")
    assert [(row.line, row.problem) for row in found] == [(2, Reason.COLUMNS), (3, None), (4, Reason.COLUMNS)]


def test_a_line_without_end_is_cut(file, monkeypatch):
    monkeypatch.setattr(rows, "MOST_LINE", 100)
    _, found = read(file, "id,text\n1," + "x" * 1000 + "\n2,good\n")
    assert [(row.line, row.problem) for row in found] == [(2, Reason.TOO_LONG), (3, None)]


def test_every_column_has_a_name_of_its_own(file):
    layout, _ = read(file, "text,text,,Date \n1,2,3,4\n")
    assert layout.columns == ("text", "text (2)", "column 3", "Date")


def test_reads_json_lines(file):
    layout, found = read(
        file,
        '{"comment": "Good", "starRating": "FIVE", "reviewer": {"displayName": "Alva B."}, "tags": [1], "n": 4}\n\nnot json\n[]\n{"comment": null}\n',
    )
    assert layout.delimiter == "" and layout.columns == ("comment", "starRating", "reviewer.displayName", "n")
    assert found[0].values == {"comment": "Good", "starRating": "FIVE", "reviewer.displayName": "Alva B.", "n": "4"}
    assert [(row.line, row.problem) for row in found] == [
        (1, None),
        (3, Reason.NOT_JSON),
        (4, Reason.NOT_JSON),
        (5, None),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04\x14\x00", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"text\x00,\x01\n", "not a text file"),
        (b'[{"text": "Good"}]', "one to a line|one review to a line"),
        (b"id,text\n", "nothing below"),
        (b'"never closed', "first line"),
    ],
)
def test_says_what_is_wrong_with_a_file(file, content, says):
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=says):
        look_at(file)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(
            st.sampled_from(
                [b"id", b",", b";", b'"', b"\n", b"\r", b"\xff", b"\x00", b"{", b"}", b"\xc3\xa9", b"text", b"\\"]
            ),
            max_size=80,
        ).map(lambda parts: b"id,text\n1,good\n" + b"".join(parts)),
        st.text(max_size=200).map(lambda text: ("id,text\n" + text).encode("utf-16", "replace")),
    )
)
def test_any_bytes_are_rows_or_problems(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("any") / "file"
    file.write_bytes(content)
    try:
        layout = look_at(file)
    except UnreadableFile:
        return
    last = 0
    for row in Rows(file, layout):
        assert row.line > last
        last = row.line
        assert bool(row.values) != bool(row.problem) or not layout.delimiter
        for value in row.values.values():
            value.encode()  # no half characters
