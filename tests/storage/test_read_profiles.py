"""People out of files: what each form gives."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from people_files import csv, ids, jsonl, parquet, values

from flows.columns import LONG_AGO, NEVER
from storage.exchange import read_profiles

JANUARY = 1_767_225_600_000_000
"""2026-01-01 in µs."""
DAY = 86_400_000_000


def test_people_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    given = read_profiles(csv(tmp_path, "id,first_name\nz,Zoe\na,\nm,Zoe\n"))
    assert ids(given) == ["z", "a", "m"]
    assert values(given.profiles) == {"first_name": ["Zoe", None, "Zoe"]}
    assert given.rejected == ()


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["1", "22", ""], [1, 22, None]),
        (["1", "2.5", "-3e2"], [1, 2.5, -300.0]),
        (["1", "2.0", "2.00"], [1, 2.0, 2.0]),
        (["1", "many"], ["1", "many"]),
        (["007", "8"], ["007", "8"]),
        (["1234567890123456", "8"], ["1234567890123456", "8"]),
        (["true", "FALSE", ""], [True, False, None]),
        (["true", "1"], ["true", "1"]),
        (["nan", "inf"], ["nan", "inf"]),
        (["1e999"], ["1e999"]),
        (["+5"], ["+5"]),
        ([" 5"], [" 5"]),
        (["2026-01-01"], ["2026-01-01"]),
        (["[1]"], ["[1]"]),
    ],
)
def test_a_custom_csv_column_is_read_as_numbers_or_booleans_if_all_of_it_is(
    tmp_path: Path, cells: list[str], read: list[object]
) -> None:
    rows = [f"p{place},{cell}" for place, cell in enumerate(cells)]
    given = read_profiles(csv(tmp_path, "\n".join(["id,own", *rows])))
    found = values(given.profiles)["own"]
    assert list(map(repr, found)) == list(map(repr, read))


def test_a_refused_row_does_not_change_what_the_others_mean(tmp_path: Path) -> None:
    given = read_profiles(csv(tmp_path, "id,age\np1,30\n,unknown\np2,40\n"))
    assert values(given.profiles) == {"age": [30, 40]}


def test_standard_columns_stay_text(tmp_path: Path) -> None:
    given = read_profiles(csv(tmp_path, "id,zip,external_id,phone_number\n1,02139,42,+15550100\n"))
    assert values(given.profiles) == {
        "zip": ["02139"],
        "external_id": ["42"],
        "phone_number": ["+15550100"],
    }


def test_keys_of_properties_are_custom_and_a_column_goes_before_them(tmp_path: Path) -> None:
    text = (
        "id,age,properties\n"
        'p1,30,"{""age"": 99, ""tags"": [""a"", null], ""deep"": {""x"": 1}}"\n'
        'p2,,"{""age"": 41}"\n'
    )
    assert values(read_profiles(csv(tmp_path, text)).profiles) == {
        "age": [30, 41],
        "tags": [("a", None), None],
        "deep": ['{"x":1}', None],
    }


def test_json_lines_keep_their_types(tmp_path: Path) -> None:
    given = read_profiles(
        jsonl(
            tmp_path,
            {"id": "p1", "n": 1, "f": 1.0, "b": True, "t": "1", "l": [], "zip": 2139},
            {"id": 2, "properties": {"n": "one", "none": None}},
        )
    )
    assert ids(given) == ["p1", "2"]
    found = {name: list(map(repr, held)) for name, held in values(given.profiles).items()}
    assert found == {
        "n": ["1", "'one'"],
        "f": ["1.0", "None"],
        "b": ["True", "None"],
        "t": ["'1'", "None"],
        "l": ["()", "None"],
        "zip": ["'2139'", "None"],
    }


def test_parquet_columns_of_every_kind(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    given = read_profiles(
        parquet(
            tmp_path,
            id=pa.array([1, 2], pa.int64()),
            email=pa.array(["a@x.com", None]).dictionary_encode(),
            created=pa.array([moment, None], pa.timestamp("ns", "Europe/Paris")),
            day=pa.array([date(2026, 1, 1), None]),
            count=pa.array([1, None], pa.uint8()),
            share=pa.array([0.5, float("nan")]),
            yes=pa.array([True, None]),
            tags=pa.array([["a"], None]),
            price=pa.array([Decimal(1), Decimal(2)]),
            nothing=pa.nulls(2),
            lists=pa.array([{"NEWS": moment}, {"NEWS": None}]),
            properties=pa.array([[("size", "L")], []], pa.map_(pa.string(), pa.string())),
        )
    )
    assert ids(given) == ["1", "2"]
    assert values(given.profiles) == {
        "email": ["a@x.com", None],
        "created": ["2026-01-01T12:00:00+00:00", None],
        "day": ["2026-01-01", None],
        "count": [1, None],
        "share": [0.5, None],
        "yes": [True, None],
        "tags": [("a",), None],
        "price": [1.0, 2.0],
        "nothing": [None, None],
        "size": ["L", None],
    }
    assert given.profiles.lists["NEWS"].tolist() == [JANUARY + DAY // 2, NEVER]


@pytest.mark.parametrize(
    ("written", "micros"),
    [
        ("2026-01-01", JANUARY),
        ("2026-01-01T00:00:00Z", JANUARY),
        ("2026-01-01 02:00:00+02:00", JANUARY),
        ("2026-01-01T00:00:00.000001", JANUARY + 1),
        ("20260101", JANUARY),
        ("01/01/2026", JANUARY),
        ("1/1/26", JANUARY),
        ("01/02/2026 13:30", JANUARY + DAY + 48_600_000_000),
        ("01/01/26 00:00:05", JANUARY + 5_000_000),
        ("1767225600", JANUARY),
        ("1767225600.5", JANUARY + 500_000),
        ("1767225600000", JANUARY),
    ],
)
def test_the_time_of_creation_may_be_written_in_many_ways(
    tmp_path: Path, written: str, micros: int
) -> None:
    given = read_profiles(csv(tmp_path, f"id,created,email_consent\np1,{written},subscribed\n"))
    assert given.rejected == ()
    assert given.profiles.consent["email"].since.tolist() == [micros]
    (text,) = values(given.profiles)["created"]
    assert datetime.fromisoformat(str(text)).timestamp() * 1e6 == micros


def test_consent_is_read_for_each_channel(tmp_path: Path) -> None:
    text = (
        "id,created,email_consent,sms_consent,suppressed\n"
        "p1,2026-01-01,subscribed,Unsubscribed,true\n"
        "p2,,SUBSCRIBED,Never subscribed,FALSE\n"
        "p3,,,,\n"
    )
    consent = read_profiles(csv(tmp_path, text)).profiles.consent
    email, sms, push = consent["email"], consent["sms"], consent["push"]
    assert (email.status.tolist(), email.since.tolist()) == ([1, 1, 0], [JANUARY, LONG_AGO, NEVER])
    assert email.suppressed.tolist() == [True, False, False]
    assert (sms.status.tolist(), sms.since.tolist()) == ([2, 0, 0], [JANUARY, NEVER, NEVER])
    assert sms.suppressed.tolist() == [False] * 3
    assert (push.status.tolist(), push.suppressed.tolist()) == ([0] * 3, [False] * 3)
    assert set(consent) == {"email", "sms", "push", "whatsapp"}


def test_membership_has_the_time_of_joining(tmp_path: Path) -> None:
    given = read_profiles(
        jsonl(
            tmp_path,
            {"id": "1", "lists": {"N": "2026-01-01T01:00:00+01:00"}, "segments": ["VIP"]},
            {"id": "2", "lists": {"N": True, "O": None, "P": False}, "segments": []},
            {"id": "3"},
        )
    )
    assert {n: t.tolist() for n, t in given.profiles.lists.items()} == {
        "N": [JANUARY, LONG_AGO, NEVER]
    }
    assert {n: t.tolist() for n, t in given.profiles.segments.items()} == {
        "VIP": [LONG_AGO, NEVER, NEVER]
    }


def test_a_byte_order_mark_windows_lines_and_unnamed_columns_do_no_harm(tmp_path: Path) -> None:
    given = read_profiles(csv(tmp_path, b"\xef\xbb\xbfid,first_name,\r\np1,Zo\xc3\xab,9\r\n"))
    assert ids(given) == ["p1"]
    assert values(given.profiles) == {"first_name": ["Zoë"]}


def test_a_header_alone_gives_nobody(tmp_path: Path) -> None:
    given = read_profiles(csv(tmp_path, "id,email,age\n"))
    assert (len(given.profiles), given.rejected) == (0, ())
    assert given.profiles.ids.dtype == np.object_
