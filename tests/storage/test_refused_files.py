"""Rows and files that cannot be used: each with its place and one clear sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from people_files import csv, ids, parquet

from storage.errors import FileError
from storage.exchange import Rejected, read_profiles, write_rejected

REFUSED = [
    ("id\n\np1\np1\n", [(4, "The id “p1” was given before, in line 3.", '{"id":"p1"}')]),
    ("id,email\n,a@x.com\n", [(2, "The row has no id.", '{"email":"a@x.com"}')]),
    ("id,email\np1\n", [(2, "The row has 1 cells, the header has 2.", "p1")]),
    (
        'id,email\np1,"a\nb",c\np2,"x\ny"\np2,\n',
        [
            (2, "The row (up to line 3) has 3 cells, the header has 2.", 'p1,"a\nb",c'),
            (6, "The id “p2” was given before, in line 4.", '{"id":"p2"}'),
        ],
    ),
    (
        "id,email_consent\np1,perhaps\n",
        [
            (
                2,
                "`email_consent` is “perhaps”, not one of never_subscribed, subscribed, "
                "unsubscribed.",
                '{"id":"p1","email_consent":"perhaps"}',
            )
        ],
    ),
    (
        "id,suppressed\np1,no\n",
        [(2, "`suppressed` is “no”, not true or false.", '{"id":"p1","suppressed":"no"}')],
    ),
    (
        "id,created\np1,31-01-2026\n",
        [(2, "`created` is no time: “31-01-2026”.", '{"id":"p1","created":"31-01-2026"}')],
    ),
    (
        "id,timezone\np1,Mars/Base\n",
        [(2, "`timezone` is no IANA name: “Mars/Base”.", '{"id":"p1","timezone":"Mars/Base"}')],
    ),
    (
        "id,lists\np1,oops\n",
        [(2, "`lists` is no JSON: Expecting value (column 1).", '{"id":"p1"}')],
    ),
    ('id,lists\np1,"""x"""\n', [(2, '`lists` is no JSON object, but "x".', '{"id":"p1"}')]),
    (
        'id,lists\np1,"{""N"": ""soon""}"\n',
        [(2, "`lists.N` is no time: “soon”.", '{"id":"p1","lists":{"N":"soon"}}')],
    ),
]


@pytest.mark.parametrize(("text", "refused"), REFUSED)
def test_a_bad_row_is_refused_alone_with_its_line_and_reason(
    tmp_path: Path, text: str, refused: list[tuple[int, str, str]]
) -> None:
    commas = "," * text.splitlines()[0].count(",")
    given = read_profiles(csv(tmp_path, f"{text}good{commas}\n"))
    assert "good" in ids(given)
    assert given.rejected == tuple(
        Rejected(f"people.csv:{line}", reason, row) for line, reason, row in refused
    )


def test_a_bad_line_of_json_is_refused_alone(tmp_path: Path) -> None:
    text = (
        '{"id":"1"\n[2]\n{"id":"3","n":NaN}\n\n{"id":"4","s":"\\ud800"}\n{"id":["5"]}\n{"id":"6"}\n'
    )
    given = read_profiles(csv(tmp_path, text, "people.jsonl"))
    assert ids(given) == ["6"]
    assert [(one.where, one.reason) for one in given.rejected] == [
        ("people.jsonl:1", "The line is no JSON: Expecting ',' delimiter (column 1)."),
        ("people.jsonl:2", "The line is no JSON object; write one object a line."),
        ("people.jsonl:3", "The line is no JSON: NaN is no JSON number."),
        ("people.jsonl:5", "The line is no JSON: half of a surrogate pair stands alone."),
        ("people.jsonl:6", '`id` is no text: ["5"].'),
    ]


def test_refused_rows_are_written_down(tmp_path: Path) -> None:
    given = read_profiles(csv(tmp_path, "id,email\n,a@x.com\np1\n"))
    write_rejected(given.rejected, tmp_path / "rejected.jsonl")
    lines = (tmp_path / "rejected.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"where": "people.csv:2", "reason": "The row has no id.", "row": {"email": "a@x.com"}},
        {
            "where": "people.csv:3",
            "reason": "The row has 1 cells, the header has 2.",
            "row": "p1",
        },
    ]


UNUSABLE = [
    ("people.csv", b"", ": The file is empty."),
    ("people.csv", b"\n", ": The file has no header and no rows."),
    ("people.csv", b"email\na@x.com\n", ":1: The column “id” is missing; there are “email”."),
    (
        "people.csv",
        b"id;email\n1;a\n",
        ":1: The column “id” is missing; there are “id;email”. Use commas between the columns.",
    ),
    ("people.csv", b"id,a,a\n1,2,3\n", ":1: The column “a” stands here twice."),
    ("people.csv", b"id,a\n1,x\n2,\xe9\n", ":3: The file is not UTF-8 from here on."),
    ("people.csv", "id\n1\n".encode("utf-16"), ":1: The file is not UTF-8 from here on."),
    ("people.csv", b'id,a\n1,x\n2,"y\n3,z\n', ":3: A quote opens here and is never closed."),
    ("people.jsonl", b"", ": The file is empty."),
    ("people.jsonl", b'{"email":"a"}\n', ": The column “id” is missing; there are “email”."),
    (
        "people.jsonl",
        b'[\n{"id": 1},\n]\n',
        ":1: No line is a JSON object. The line is no JSON: Expecting value (column 1).",
    ),
    ("people.jsonl", b'{"id":"\xff"}\n', ":1: The file is not UTF-8 from here on."),
    ("people.parquet", b"", ": The file is empty."),
    ("people.parquet", b"id,email\n", ": The file is no Parquet file, or it is damaged."),
    ("people.xlsx", b"PK", ": The form of the file is unknown; use .csv, .jsonl or .parquet."),
    ("people", b"id\n1\n", ": The form of the file is unknown; use .csv, .jsonl or .parquet."),
]


@pytest.mark.parametrize(("name", "content", "says"), UNUSABLE)
def test_an_unusable_file_is_refused_with_its_place(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = csv(tmp_path, content, name)
    with pytest.raises(FileError) as refused:
        read_profiles(path)
    assert str(refused.value) == f"{path}{says}"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"people.csv: There is no such file\."):
        read_profiles(tmp_path / "people.csv")


def test_a_column_of_bytes_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="The column “photo” holds binary"):
        read_profiles(parquet(tmp_path, id=pa.array(["1"]), photo=pa.array([b"x"])))
