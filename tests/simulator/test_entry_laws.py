"""Flows by the catalogue, by restocked items and by dates give the same in any parts of a run."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from shop_runs import dropping, running_low
from small_runs import START, email, flow, on, wait
from small_steps import put, update

from flows.document import Flow
from flows.people import Population
from simulator.rehearse import RunOptions, rehearse
from simulator.scenario import Scenario
from simulator.source import Source
from simulator.synthetic.for_run import audience_for

PEOPLE, PART = 240, 70
TABLES = ("enrolments", "steps", "sends", "events", "changes")
DATED = {
    "type": "date",
    "date_field_type": "profile-property",
    "date_profile_property": "properties['Renewal']",
    "timedelta_value_before_date": 3,
    "timedelta_unit_before_date": "days",
    "recurrence_frequency": "monthly",
}
OBJECT = {
    "type": "date",
    "date_field_type": "custom-object",
    "custom_object_label": "Pet",
    "custom_object_property_id": 7,
    "object_type_id": "PETS",
    "object_type_relationship_id": "OWNS",
    "timedelta_value_before_date": 1,
    "recurrence_frequency": "monthly",
}


def _steps() -> tuple[Any, ...]:
    return email("soon"), wait("pause", value=2), email("later")


def flows() -> dict[str, Flow]:
    back = {"id": "back", "type": "back-in-stock-delay"}
    mover = update("move", put("Renewal", "2026-02-11", "date"))
    several = {
        "price drop": flow(*_steps(), **dropping(1)),
        "low inventory": flow(*_steps(), **running_low(10, "variant")),
        "back in stock": flow(back, *_steps(), **on("Subscribed to Back in Stock")),
        "date": flow(*_steps(), triggers=[DATED]),
        "object": flow(*_steps(), triggers=[OBJECT]),
        "mover": flow(mover, **on("Placed Order")),
    }
    return {name: one.model_copy(update={"id": name}) for name, one in several.items()}


def setting() -> Scenario:
    rules = {"back_in_stock": {"per_unit": 1, "wait_minutes": 600}}
    return Scenario(start=START, days=60, seed=3, profiles=PEOPLE).model_copy(
        update={"rules": Scenario().rules.model_validate(rules)}
    )


class LateNews:
    """The same people, some of whose events become known later than they happened."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.earliest = source.earliest

    def __len__(self) -> int:
        return len(self._source)

    def shard(self, start: int, stop: int) -> Population:
        people = self._source.shard(start, stop)
        for held in people.events.values():
            held.recorded = held.times + held.times % 7 * 3_600_000_000
        return people


def rows(out: Path) -> dict[str, list[Any]]:
    return {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in TABLES}


@pytest.mark.parametrize("late", [False, True])
def test_the_size_of_the_parts_changes_no_row(tmp_path: Path, late: bool) -> None:
    several, scenario = list(flows().values()), setting()
    source: Source = audience_for(several, scenario)
    if late:
        source = LateNews(source)
    found = []
    for size in (PEOPLE, PART):
        out = tmp_path / str(size)
        out.mkdir()
        rehearse(several, source, scenario, out, options=RunOptions(people_per_part=size))
        found.append(rows(out))
    assert {e["flow"] for e in found[0]["enrolments"]} == set(flows())
    assert found[0] == found[1]


def test_one_and_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    several, scenario = list(flows().values()), setting()
    source = audience_for(several, scenario)
    found = []
    for processes in (1, 2):
        out = tmp_path / str(processes)
        out.mkdir()
        options = RunOptions(processes=processes, people_per_part=PEOPLE // 2)
        rehearse(several, source, scenario, out, options=options)
        found.append([sha256((out / f"{t}.parquet").read_bytes()).hexdigest() for t in TABLES])
    assert found[0] == found[1]
