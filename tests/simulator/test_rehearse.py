"""A rehearsal leaves a whole run behind, or one that says that it is none."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from small_runs import Person, at, email, flow, on, population, scenario, wait

from flows.document import fingerprint
from simulator.errors import (
    NoSpaceError,
    NotARunError,
    RunCancelledError,
    UnrunnableFlowError,
)
from simulator.rehearse import RunOptions, read_inputs, rehearse
from simulator.report import Progress, Summary
from simulator.shards import Keep
from simulator.source import GivenAudience

FLOW = flow(email("hello"), wait("pause"), email("again"))
FILES = {"run.json", "summary.json"}
ALL = ("profiles", "enrolments", "steps", "sends", "events", "changes")


def people() -> GivenAudience:
    """Two who join; one of them buys twice, and nobody the third."""
    orders = [("Placed Order", f"2026-01-0{day} 10:00", 12.5) for day in (6, 7)]
    joined = at("2026-01-05 10:00")
    properties = {"first_name": "Ada", "country": "GB"}
    return GivenAudience(
        population(
            Person(joined=joined, did=orders, properties=properties),
            Person(joined=joined, email=None),
            Person(),
        )
    )


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def carry_out(folder: Path, **options: Any) -> Summary:
    return rehearse([FLOW], people(), scenario(), folder, options=RunOptions(**options))


@pytest.mark.parametrize(
    ("keep", "tables"),
    [("all", ALL), ("sends", ("profiles", "enrolments", "sends")), ("summary", ())],
)
def test_a_run_leaves_what_it_was_asked_to_keep(
    keep: Keep, tables: tuple[str, ...], tmp_path: Path
) -> None:
    carry_out(tmp_path, keep=keep)
    assert files(tmp_path) == FILES | {f"{name}.parquet" for name in tables}


def test_the_summary_counts_what_happened_and_is_the_file(tmp_path: Path) -> None:
    summary = carry_out(tmp_path)
    report = summary.flows[0]
    assert (summary.profiles, summary.days, summary.seed, summary.steps) == (3, 30, 1, 6)
    assert (report.fingerprint, report.enrolled, report.finished) == (fingerprint(FLOW), 2, 2)
    assert {key: (one.arrived, one.sent, one.skipped) for key, one in report.actions.items()} == {
        "hello": (2, 1, {"Missing Email": 1}),
        "pause": (2, 0, {}),
        "again": (2, 1, {"Missing Email": 1}),
    }
    assert (summary.orders, summary.revenue) == (2, 25.0)
    assert summary.events == {"Placed Order": 2, "Received Email": 2}
    written = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert Summary.model_validate(written) == summary


def test_the_table_of_people_says_what_came_to_each(tmp_path: Path) -> None:
    carry_out(tmp_path)
    rows = pq.read_table(tmp_path / "profiles.parquet").to_pylist()
    ada = {
        "profile": "p0",
        "first_name": "Ada",
        "last_name": None,
        "email": "a@example.com",
        "phone_number": "+447700900123",
        "country": "GB",
        "timezone": "UTC",
        "entered": 1,
        "waiting": 0,
        "sent": 2,
        "skipped": 0,
        "orders": 2,
        "revenue": 25.0,
    }
    counts = ("entered", "waiting", "sent", "skipped", "orders", "revenue")
    assert rows[0] == ada
    assert [[row[name] for name in counts] for row in rows[1:]] == [
        [1, 0, 0, 2, 0, 0.0],
        [0, 0, 0, 0, 0, 0.0],
    ]


def test_the_inputs_are_read_back_as_they_were(tmp_path: Path) -> None:
    carry_out(tmp_path)
    assert read_inputs(tmp_path) == ((FLOW,), scenario())


def test_a_run_of_nobody_has_all_its_tables(tmp_path: Path) -> None:
    nobody = GivenAudience(population(Person()).take(0, 0))
    summary = rehearse([FLOW], nobody, scenario(), tmp_path)
    assert (summary.profiles, summary.steps) == (0, 0)
    assert files(tmp_path) == FILES | {f"{name}.parquet" for name in ALL}
    assert [pq.read_table(tmp_path / f"{name}.parquet").num_rows for name in ALL] == [0] * 6


def test_a_flow_of_nothing_but_its_trigger_lets_people_through(tmp_path: Path) -> None:
    silent = flow(**on("Placed Order"))
    summary = rehearse([silent], people(), scenario(), tmp_path)
    assert summary.flows[0].turned_away == {"No live step": 2}
    assert summary.flows[0].enrolled == 0


def test_a_second_run_takes_the_place_of_the_first(tmp_path: Path) -> None:
    carry_out(tmp_path)
    carry_out(tmp_path, keep="summary")
    assert files(tmp_path) == FILES


def test_whoever_watches_sees_the_end(tmp_path: Path) -> None:
    seen: list[Progress] = []
    carry_out(tmp_path, watch=seen.append, people_per_part=1)
    assert [round(progress.share, 3) for progress in seen] == [0.333, 0.667, 1.0]
    last = seen[-1]
    assert (last.steps, last.sent) == (6, 2)
    assert last.arrived == ({"hello": 2, "pause": 2, "again": 2},)
    assert last.left[0]["pause"] == {"next": 2}


def test_a_run_that_is_stopped_has_no_summary_and_no_tables(tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.share > 0.5:
            raise RunCancelledError

    carry_out(tmp_path)
    with pytest.raises(RunCancelledError):
        carry_out(tmp_path, watch=stop, people_per_part=1)
    assert files(tmp_path) == {"run.json"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(NoSpaceError, match="closed/run: Permission denied"):
        carry_out(closed / "run")


def test_a_flow_that_goes_round_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    loop = flow(wait("a"), wait("b") | {"links": {"next": "a"}})
    with pytest.raises(UnrunnableFlowError, match="a → b"):
        rehearse([loop], people(), scenario(), tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1}'])
def test_a_folder_without_a_readable_run_is_no_run(text: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(text, "utf-8")
    with pytest.raises(NotARunError):
        read_inputs(tmp_path)


def test_what_a_watcher_or_a_source_raises_is_told_as_it_is(tmp_path: Path) -> None:
    def lose(progress: Progress) -> None:
        raise ConnectionResetError("the page is gone")

    with pytest.raises(ConnectionResetError, match="the page is gone"):
        carry_out(tmp_path, watch=lose)
    assert files(tmp_path) == {"run.json"}
