"""People from before the run are the same in any parts and processes (semantics B.1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from small_runs import Json, at, email, flow, on, wait

from simulator.rehearse import RunOptions, rehearse
from simulator.scenario import Scenario
from simulator.synthetic.for_run import audience_for

WINBACK = flow(
    wait("first wait", value=75),
    email("we miss you"),
    wait("second wait", value=10),
    email("come back"),
    **on("Placed Order"),
)
TABLES = ("enrolments.parquet", "steps.parquet", "sends.parquet", "events.parquet")


def rows(path: Path) -> list[Json]:
    return pq.read_table(path).to_pylist()


def test_parts_and_processes_change_no_byte(tmp_path: Path) -> None:
    welcome = flow(email("hello"), wait("year", value=365), email("again"), id="two", name="Two")
    setting = Scenario(days=30, profiles=200, seed=2, add_past={"*": "relative"})
    flows = [WINBACK, welcome]
    source = audience_for(flows, setting)

    def carried_out(name: str, **options: Any) -> Path:
        out = tmp_path / name
        rehearse(flows, source, setting, out, options=RunOptions(**options))
        return out

    whole = carried_out("whole")
    parts = carried_out("parts", people_per_part=70)
    assert all(rows(parts / name) == rows(whole / name) for name in TABLES)
    processes = carried_out("processes", people_per_part=70, processes=2)
    assert all((parts / name).read_bytes() == (processes / name).read_bytes() for name in TABLES)
    summary = json.loads((tmp_path / "whole" / "summary.json").read_text("utf-8"))
    assert all(held["added"] > 0 for held in summary["flows"])
    runs = rows(whole / "enrolments.parquet")
    before = [row for row in runs if row["entered_at"] < at("2026-01-05 00:00")]
    assert len(before) == sum(held["added"] for held in summary["flows"])
