"""Columns about people that mean more than their name: predictions, consent, places, groups."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from people_files import csv, parquet

from flows.columns import LONG_AGO, NEVER, Value
from flows.people import Profiles
from flows.scene import SUBSCRIBED, UNSUBSCRIBED
from storage.exchange import Given, read_profiles

DAY = 1_767_571_200_000_000
"""2026-01-05 in UTC."""


def jsonl(folder: Path, *rows: dict[str, object]) -> Given:
    path = folder / "people.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return read_profiles(path)


def held(profiles: Profiles) -> dict[str, list[Value]]:
    return {name: column.values() for name, column in profiles.properties.items()}


PREDICTIONS = {
    "predictive_analytics.churn_probability": [0.25, None],
    "predictive_analytics.historic_number_of_orders": [3, None],
    "predictive_analytics.predicted_gender": ["likely_female", None],
    "predictive_analytics.channel_affinity.sms.rank": ["high", None],
    "consent.email.method": ["form", None],
    "consent.email.double_opt_in": [True, None],
    "permission.whatsapp_marketing": ["implicitly_reachable", None],
}


def test_dotted_columns_of_a_text_file_are_what_their_name_says(tmp_path: Path) -> None:
    header = ",".join(PREDICTIONS)
    given = read_profiles(
        csv(
            tmp_path,
            f"id,{header}\np1,0.25,3,likely_female,high,form,TRUE,Implicitly reachable\n"
            "p2,,,,,,,\n",
        )
    )
    assert given.rejected == ()
    assert held(given.profiles) == PREDICTIONS


def test_objects_in_each_other_are_the_same_columns(tmp_path: Path) -> None:
    given = jsonl(
        tmp_path,
        {
            "id": "p1",
            "predictive_analytics": {
                "churn_probability": 0.25,
                "historic_number_of_orders": 3,
                "predicted_gender": "likely_female",
                "channel_affinity": {"sms": {"rank": "high"}},
            },
            "consent": {"email": {"method": "form", "double_opt_in": True}},
            "permission": {"whatsapp_marketing": "implicitly_reachable"},
        },
        {"id": "p2"},
    )
    assert given.rejected == ()
    assert held(given.profiles) == PREDICTIONS


def test_a_struct_of_parquet_is_an_object_too(tmp_path: Path) -> None:
    path = parquet(
        tmp_path,
        id=pa.array(["p1", "p2"]),
        predictive_analytics=pa.array([{"churn_probability": 0.5}, None]),
    )
    given = read_profiles(path).profiles
    assert held(given) == {"predictive_analytics.churn_probability": [0.5, None]}


def test_a_property_that_only_has_such_a_name_stays_a_property(tmp_path: Path) -> None:
    given = jsonl(tmp_path, {"id": "p1", "consent": "yes"}, {"id": "p2", "permission": ["a"]})
    assert held(given.profiles) == {"consent": ["yes", None], "permission": [None, ("a",)]}


@pytest.mark.parametrize(
    ("name", "cell", "reason"),
    [
        ("latitude", "north", "`latitude` is no number: “north”."),
        (
            "predictive_analytics.predicted_gender",
            "f",
            "`predictive_analytics.predicted_gender` is “f”, not one of "
            "likely_female, likely_male, uncertain.",
        ),
        ("consent.sms.rcs_capable", "1", "`consent.sms.rcs_capable` is “1”, not true or false."),
        (
            "suppression.email.bounced_at",
            "once",
            "`suppression.email.bounced_at` is no time: “once”.",
        ),
        (
            "suppression_reason",
            "BORED",
            "`suppression_reason` is “BORED”, not one of HARD_BOUNCE, INVALID_EMAIL, "
            "SPAM_COMPLAINT, USER_SUPPRESSED, UNSUBSCRIBE.",
        ),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_row(
    tmp_path: Path, name: str, cell: str, reason: str
) -> None:
    given = read_profiles(csv(tmp_path, f"id,{name}\np1,{cell}\np2,\n"))
    assert given.profiles.ids.tolist() == ["p2"]
    assert [(one.where, one.reason) for one in given.rejected] == [("people.csv:2", reason)]


def test_reasons_of_the_api_block_email_or_end_consent(tmp_path: Path) -> None:
    given = read_profiles(
        csv(
            tmp_path,
            "id,email_consent,created,suppression_reason,suppression_since\n"
            "bounced,subscribed,2025-01-01,HARD_BOUNCE,2026-01-05\n"
            "invalid,subscribed,2026-01-05,INVALID_EMAIL,\n"
            "spam,subscribed,,SPAM_COMPLAINT,\n"
            "manual,subscribed,,user_suppressed,01/05/2026\n"
            "left,subscribed,2025-01-01,UNSUBSCRIBE,2026-01-05\n"
            "fine,subscribed,2025-01-01,,\n",
        )
    ).profiles
    email = given.consent["email"]
    assert email.suppressed.tolist() == [True, True, True, True, False, False]
    assert email.status.tolist() == [*[SUBSCRIBED] * 4, UNSUBSCRIBED, SUBSCRIBED]
    assert email.since[4] == DAY
    start = "2026-01-05T00:00:00+00:00"
    assert {n: v for n, v in held(given).items() if n.startswith("suppression")} == {
        "suppression.email.bounced_at": [start, *[None] * 5],
        "suppression.email.invalid_at": [None, start, *[None] * 4],
        "suppression.email.spam_at": [None, None, "1990-01-01T00:00:00+00:00", *[None] * 3],
        "suppression.email.manual_at": [*[None] * 3, start, None, None],
    }


def test_a_date_of_blocking_blocks(tmp_path: Path) -> None:
    given = jsonl(
        tmp_path,
        {"id": "p1", "suppression": {"email": {"spam_at": "2026-01-05"}}},
        {"id": "p2"},
    ).profiles
    assert given.consent["email"].suppressed.tolist() == [True, False]
    assert held(given) == {"suppression.email.spam_at": ["2026-01-05", None]}


def test_a_joining_may_start_no_flow(tmp_path: Path) -> None:
    given = jsonl(
        tmp_path,
        {"id": "p1", "lists": {"L": {"at": "2026-01-05", "triggers": False}}},
        {"id": "p2", "lists": {"L": {"at": "2026-01-05"}}},
        {"id": "p3", "lists": {"L": {"triggers": False}}},
        {"id": "p4", "lists": {"L": "2026-01-05"}},
        {"id": "p5"},
    )
    assert given.rejected == ()
    assert given.profiles.lists["L"].tolist() == [DAY, DAY, LONG_AGO, DAY, NEVER]
    assert given.profiles.quiet["L"].tolist() == [True, False, True, False, False]


def test_a_joining_at_no_time_is_refused(tmp_path: Path) -> None:
    given = jsonl(tmp_path, {"id": "p1", "lists": {"L": {"at": 5}}}, {"id": "p2"})
    assert [one.reason for one in given.rejected] == ['`lists.L` is no time: {"at":5}.']


def test_lists_of_a_text_file_write_times_as_people_do(tmp_path: Path) -> None:
    given = read_profiles(csv(tmp_path, 'id,lists\np1,"{""L"": ""01/05/2026""}"\n'))
    assert given.profiles.lists["L"].tolist() == [DAY]
