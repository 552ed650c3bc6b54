"""What `rehearsal run` changes in a run beside its setting: edits, and people from before."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_runs import at, email, flow, wait

from app.commands.changes import changed, edit_of
from app.commands.refusals import UnusableError
from app.commands.run import in_words
from flows.document import Flow, dump
from simulator.report import DecisionReport, FlowReport, Summary
from simulator.scenario import Edit, Scenario

LATER = flow(wait("pause"), email("hello"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "new=flow.json"
    path.write_text(dump(LATER), "utf-8")
    return path


def as_told(edit: Edit) -> tuple[str, Flow]:
    return edit.at.isoformat(), edit.flow


def test_an_edit_names_a_moment_and_a_file(file: Path) -> None:
    assert as_told(edit_of(f"2026-02-01={file}")) == ("2026-02-01T00:00:00+00:00", LATER)
    abroad = edit_of(f"2026-02-01T10:00:00+02:00={file}")
    assert as_told(abroad) == ("2026-02-01T10:00:00+02:00", LATER)


@pytest.mark.parametrize("text", ["", "2026-02-01", "2026-02-01=", "soon=new.json", "=new.json"])
def test_what_is_no_edit_is_refused(text: str) -> None:
    with pytest.raises(UnusableError, match=r"has to be like 2026-02-01=new\.json\.$"):
        edit_of(text)


def test_edits_come_behind_those_of_the_scenario(file: Path) -> None:
    held = Scenario(edits=(Edit(at=at("2026-01-20 00:00"), flow=LATER),))
    told = changed(held, add_past=False, edits=[f"2026-02-01={file}"])
    assert [edit.at.day for edit in told.edits] == [20, 1]
    assert changed(held, add_past=False, edits=()) == held


@pytest.mark.parametrize("day", ["2026-01-04", "2026-04-05"])
def test_an_edit_outside_the_run_is_refused(file: Path, day: str) -> None:
    with pytest.raises(UnusableError) as refused:
        changed(Scenario(), add_past=False, edits=[f"{day}={file}"])
    assert str(refused.value) == (
        f"--edit is {day}={file}, but the run is from 2026-01-05 to 2026-04-05."
    )


def test_people_from_before_come_to_every_flow_or_as_the_scenario_says() -> None:
    assert changed(Scenario(), add_past=True, edits=()).add_past == {"*": "relative"}
    own = Scenario(add_past={"welcome": "start"})
    assert changed(own, add_past=True, edits=()).add_past == {"welcome": "start"}


def test_a_scenario_with_edits_is_read_back_as_it_was(file: Path) -> None:
    held = changed(Scenario(), add_past=True, edits=[f"2026-02-01={file}"])
    assert Scenario.model_validate_json(held.model_dump_json()) == held


def test_the_summary_says_who_was_added_and_what_was_decided() -> None:
    told = Summary(
        version="1",
        seed=1,
        start="2026-01-05",
        days=30,
        profiles=10,
        flows=(FlowReport(id="a", name="A", fingerprint="", enrolled=4, added=3),),
        decisions=(DecisionReport(kind="spent", name="email", at="", text="All is spent."),),
    )
    assert in_words(told, Path("out"), [LATER]).splitlines() == [
        "10 people, 30 days, 0 steps in 0.0 s. Written to out",
        "",
        "A",
        "  entered 4   finished 0   waiting 0",
        "  of them added from before 3",
        "",
        "All is spent.",
        "",
        "Orders 0, revenue 0.00; after a click 0, revenue 0.00",
    ]
