"""Events out of files: by metric, in order of person and time, each once."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from flows.people import Events, Profiles, no_consent
from storage.errors import FileError
from storage.exchange import GivenEvents, read_events, read_population

JANUARY = 1_767_225_600_000_000
HOUR = 3_600_000_000
PEOPLE = Profiles(np.array(["p1", "p2"], dtype=object), {}, no_consent(2))


def events(folder: Path, *lines: str, names: dict[str, str] | None = None) -> GivenEvents:
    path = folder / "events.csv"
    path.write_text("".join(f"{line}\n" for line in lines))
    return read_events(path, PEOPLE, names)


def told(held: Events) -> list[tuple[int, int, float]]:
    return [
        (row, (time - JANUARY) // HOUR, value)
        for row, time, value in zip(
            held.rows.tolist(), held.times.tolist(), held.values.tolist(), strict=True
        )
    ]


def test_events_stand_by_metric_in_the_order_of_people_and_time(tmp_path: Path) -> None:
    given = events(
        tmp_path,
        "profile,metric,time,value",
        "p2,Placed Order,2026-01-01T02:00:00,20",
        "p1,Placed Order,2026-01-01T05:00:00Z,50",
        "p1,Viewed Product,2026-01-01T01:00:00Z,0",
        "p2,Placed Order,2026-01-01T02:00:00+01:00,10",
        "p1,Placed Order,2026-01-01T04:00:00Z,40.5",
    )
    assert given.rejected == ()
    assert {metric: told(held) for metric, held in given.events.items()} == {
        "Placed Order": [(0, 4, 40.5), (0, 5, 50.0), (1, 1, 10.0), (1, 2, 20.0)],
        "Viewed Product": [(0, 1, 0.0)],
    }


def test_a_metric_may_come_by_its_id(tmp_path: Path) -> None:
    given = events(
        tmp_path,
        "profile,metric,time",
        "p1,T9sNn9,2026-01-01",
        "p1,Placed Order,2026-01-01",
        names={"T9sNn9": "Placed Order"},
    )
    assert {metric: len(held) for metric, held in given.events.items()} == {"Placed Order": 2}


def test_the_same_unique_id_is_one_event_of_a_person_and_metric(tmp_path: Path) -> None:
    given = events(
        tmp_path,
        "profile,metric,time,value,unique_id",
        "p1,Placed Order,2026-01-01T02:00:00,1,u",
        "p1,Placed Order,2026-01-01T01:00:00,2,u",
        "p2,Placed Order,2026-01-01T01:00:00,3,u",
        "p1,Refunded,2026-01-01T01:00:00,4,u",
        "p2,Refunded,2026-01-01T01:00:00,5,",
        "p2,Refunded,2026-01-01T01:00:00,6,",
    )
    assert given.rejected == ()
    assert {metric: told(held) for metric, held in given.events.items()} == {
        "Placed Order": [(0, 2, 1.0), (1, 1, 3.0)],
        "Refunded": [(0, 1, 4.0), (1, 1, 5.0), (1, 1, 6.0)],
    }


def test_properties_are_an_object_or_columns_of_their_own(tmp_path: Path) -> None:
    given = events(
        tmp_path,
        "profile,metric,time,properties,size,sku",
        'p1,Viewed,2026-01-01T01:00,"{""items"": [""a"", ""b""], ""size"": 9}",,007',
        "p1,Viewed,2026-01-01T02:00,,7,",
        'p1,Bought,2026-01-01T03:00,"{""$value"": 12.5}",,',
        'p1,Bought,2026-01-01T04:00,"{""$value"": ""dear"", ""box"": {""h"": 1}}",,',
    )
    viewed, bought = given.events["Viewed"], given.events["Bought"]
    assert {name: column.values() for name, column in viewed.properties.items()} == {
        "items": [("a", "b"), None],
        "size": [9, 7],
        "sku": ["007", None],
    }
    assert {name: column.values() for name, column in bought.properties.items()} == {
        "box": [None, '{"h":1}']
    }
    assert np.array_equal(bought.values, [12.5, np.nan], equal_nan=True)


def test_bad_events_are_refused_alone(tmp_path: Path) -> None:
    given = events(
        tmp_path,
        "profile,metric,time,value",
        "p9,Bought,2026-01-01,",
        ",Bought,2026-01-01,",
        "p1,,2026-01-01,",
        "p1,Bought,,",
        "p1,Bought,31-12-2026,",
        "p1,Bought,2026-01-01,much",
        "p1,Bought,2026-01-01T00:00:00,7",
    )
    assert [(one.where, one.reason) for one in given.rejected] == [
        ("events.csv:2", "There is no profile “p9”."),
        ("events.csv:3", "The row names no profile."),
        ("events.csv:4", "The row has no metric."),
        ("events.csv:5", "The row has no time."),
        ("events.csv:6", "`time` is no time: “31-12-2026”."),
        ("events.csv:7", "`value` is no number: “much”."),
    ]
    assert told(given.events["Bought"]) == [(0, 0, 7.0)]


def test_a_refused_row_does_not_change_what_the_others_mean(tmp_path: Path) -> None:
    given = events(
        tmp_path, "profile,metric,time,size", "p1,M,2026-01-01,7", "p9,M,2026-01-01,large"
    )
    assert given.events["M"].properties["size"].values() == [7]


def test_events_without_a_needed_column_are_refused_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="The column “metric”, “time” is missing"):
        events(tmp_path, "profile,name", "p1,x")


def test_a_population_is_people_and_what_they_did(tmp_path: Path) -> None:
    people, done = tmp_path / "people.jsonl", tmp_path / "done.jsonl"
    people.write_text('{"id": 1}\n{"id": 1}\n')
    rows = [{"profile": 1, "metric": "M", "time": "2026-01-01"}, {"profile": "2"}]
    done.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    population, rejected = read_population(people, done)
    assert list(population.profiles.ids) == ["1"]
    assert told(population.events["M"]) == [(0, 0, pytest.approx(np.nan, nan_ok=True))]
    assert [(one.where, one.reason) for one in rejected] == [
        ("people.jsonl:2", "The id “1” was given before, in line 1."),
        ("done.jsonl:2", "There is no profile “2”."),
    ]
    alone, _ = read_population(people)
    assert alone.events == {}


def test_text_files_write_times_as_people_do(tmp_path: Path) -> None:
    given = events(
        tmp_path,
        "profile,metric,time",
        "p1,Bought,01/02/2026",
        "p1,Bought,01/02/26 09:30",
        "p1,Bought,1767344400",
        "p1,Bought,2026-01-02",
    )
    day = 1_767_312_000_000_000
    nine, half_past = 9 * 3600 * 1_000_000, 34_200 * 1_000_000
    assert given.events["Bought"].times.tolist() == [day, day, day + nine, day + half_past]


def test_in_json_a_time_is_written_as_the_api_wants_it(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"profile":"p1","metric":"Bought","time":"01/02/2026"}\n')
    given = read_events(path, PEOPLE)
    assert [one.reason for one in given.rejected] == ["`time` is no time: “01/02/2026”."]


def test_late_and_backfilled_events_say_so(tmp_path: Path) -> None:
    given = events(
        tmp_path,
        "profile,metric,time,recorded,backfill",
        "p1,Bought,2026-01-02,2026-01-03,",
        "p1,Bought,2026-01-04,,true",
        "p1,Bought,2026-01-05,2026-01-01,false",
        "p1,Seen,2026-01-05,,",
        "p1,Seen,2026-01-06,,maybe",
        "p1,Seen,2026-01-07,soon,",
    )
    day = 86_400_000_000
    first = 1_767_312_000_000_000
    bought, seen = given.events["Bought"], given.events["Seen"]
    assert bought.recorded is not None
    assert bought.recorded.tolist() == [first + day, first + 2 * day, first + 3 * day]
    assert bought.silent is not None
    assert bought.silent.tolist() == [False, True, False]
    assert (seen.recorded, seen.silent) == (None, None)
    assert [one.reason for one in given.rejected] == [
        "`backfill` is “maybe”, not true or false.",
        "`recorded` is no time: “soon”.",
    ]
