"""Custom objects out of files: whose they are, what they are, and which rows are refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from flows.columns import LONG_AGO
from flows.people import Objects, Profiles, no_consent
from storage.exchange import GivenObjects, read_objects, read_population

PEOPLE = Profiles(np.array(["ann", "bob"], dtype=object), {}, no_consent(2))
DAY = 1_767_571_200_000_000


def objects(folder: Path, *lines: str, names: dict[str, str] | None = None) -> GivenObjects:
    path = folder / "objects.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return read_objects(path, PEOPLE, names)


def told(held: Objects) -> list[tuple[object, ...]]:
    columns = {name: column.values() for name, column in held.properties.items()}
    return [
        (
            PEOPLE.ids[row],
            held.ids[i],
            held.since[i],
            {name: values[i] for name, values in columns.items() if values[i] is not None},
        )
        for i, row in enumerate(held.rows.tolist())
    ]


def test_objects_stand_by_type_in_order_of_the_people(tmp_path: Path) -> None:
    given = objects(
        tmp_path,
        "profile,object_type,id,since,species,age,properties",
        'bob,Pet,1,2026-01-05,dog,3,"{""chip"": true, ""age"": 9}"',
        "ann,Pet,2,,cat,4,",
        "ann,Car,1,01/05/2026,,,",
        "bob,Pet,3,,,,",
    )
    assert given.rejected == ()
    assert set(given.objects) == {"Pet", "Car"}
    assert told(given.objects["Pet"]) == [
        ("ann", "2", LONG_AGO, {"species": "cat", "age": 4}),
        ("bob", "1", DAY, {"species": "dog", "age": 3, "chip": True}),
        ("bob", "3", LONG_AGO, {}),
    ]
    assert told(given.objects["Car"]) == [("ann", "1", DAY, {})]


def test_types_and_properties_get_their_names(tmp_path: Path) -> None:
    names = {"01PET": "Pet", "01PET/7": "species"}
    given = objects(tmp_path, "profile,object_type,id,7", "ann,01PET,1,dog", names=names)
    assert told(given.objects["Pet"]) == [("ann", "1", LONG_AGO, {"species": "dog"})]


def test_rows_that_cannot_be_used_are_refused_alone(tmp_path: Path) -> None:
    given = objects(
        tmp_path,
        "profile,object_type,id,since",
        "zoe,Pet,1,",
        "ann,,2,",
        "ann,Pet,,",
        "ann,Pet,3,someday",
        "ann,Pet,4,",
        "bob,Pet,4,",
        "bob,Car,4,",
    )
    assert [(one.where, one.reason) for one in given.rejected] == [
        ("objects.csv:2", "There is no profile “zoe”."),
        ("objects.csv:3", "The row has no object type."),
        ("objects.csv:4", "The row has no id."),
        ("objects.csv:5", "`since` is no time: “someday”."),
        ("objects.csv:7", "The object “4” of type “Pet” was given before."),
    ]
    assert {name: told(held) for name, held in given.objects.items()} == {
        "Pet": [("ann", "4", LONG_AGO, {})],
        "Car": [("bob", "4", LONG_AGO, {})],
    }


def test_every_form_of_file_says_the_same(tmp_path: Path) -> None:
    rows = [
        {"profile": "ann", "object_type": "Pet", "id": "1", "properties": {"species": "dog"}},
        {"profile": "bob", "object_type": "Pet", "id": "2", "properties": {"species": "cat"}},
    ]
    lines = tmp_path / "objects.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    table = tmp_path / "objects.parquet"
    pq.write_table(pa.Table.from_pylist(rows), table)
    read = [read_objects(path, PEOPLE).objects["Pet"] for path in (lines, table)]
    assert told(read[0]) == told(read[1])
    assert told(read[0])[0] == ("ann", "1", LONG_AGO, {"species": "dog"})


def test_people_are_read_with_what_they_have(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id\nann\n")
    things = tmp_path / "objects.csv"
    things.write_text("profile,object_type,id\nann,Pet,1\nbob,Pet,2\n")
    population, rejected = read_population(people, objects=things)
    assert population.objects["Pet"].ids.tolist() == ["1"]
    assert [one.where for one in rejected] == ["objects.csv:3"]
