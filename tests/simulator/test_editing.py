"""What an edit in the midst of a run does to its figures, parts and refusals (semantics B.8)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from edited_runs import (
    AS_IT_WAS,
    BECKY,
    BEFORE,
    D1,
    D2,
    D3,
    E1,
    E2,
    E3,
    JOE,
    NO,
    YES,
    edited,
    got,
    left,
    split,
)
from small_runs import at, email, flow, population, run, scenario, tables, wait
from small_steps import experiment

from flows.document import Flow
from flows.rules import Limits
from simulator.behaviour import Behaviour
from simulator.errors import UneditableFlowError, UnrunnableFlowError
from simulator.plan import make_plan
from simulator.rehearse import RunOptions, read_inputs, read_run, rehearse
from simulator.scenario import Edit, Scenario
from simulator.source import GivenAudience
from simulator.story import tell
from simulator.synthetic.for_run import audience_for


def test_an_edit_that_changes_nothing_changes_nothing() -> None:
    engine = edited(BEFORE, BEFORE)
    assert got(engine) == AS_IT_WAS
    assert left(engine) == [("01-12 10", "finished"), ("01-15 10", "finished")]
    assert tables(engine) == tables(edited(BEFORE))


def test_who_is_removed_does_not_wait_beyond_the_end_of_the_run() -> None:
    """Becky would come to the split after ten days, in a run of nine."""
    long = flow(wait("d1", value=10), split("yes", "no"), YES, NO)
    without_wait = flow(split("yes", "no"), YES, NO)
    engine = edited(long, without_wait, flow(NO), on=("01-06", "01-07"), days=9)
    assert left(engine) == [("01-07 00", "removed"), ("01-08 10", "finished")]
    assert (engine.counts.flows[0].waiting, engine.counts.actions[0].waiting) == (0, 0)
    kept = edited(long, without_wait, on=("01-06",), days=9)
    assert left(kept) == [("", None), ("01-08 10", "finished")]
    assert kept.counts.flows[0].waiting == 1


def test_figures_of_one_step_are_told_together() -> None:
    setting = scenario().model_copy(
        update={"edits": (Edit(at=at("2026-01-09 00:00"), flow=BEFORE),)}
    )
    engine = run(BEFORE, population(BECKY, JOE), setting)
    assert [tally.arrived for tally in engine.counts.actions] == [2, 1, 1, 0, 0, 1, 1, 2]
    assert got(engine) == AS_IT_WAS


def test_a_run_reports_each_step_once(tmp_path: Path) -> None:
    edits = (Edit(at=at("2026-01-07 00:00"), flow=flow(D1, email("new"), E1, D2, E2)),)
    setting = scenario().model_copy(update={"edits": edits})
    source = GivenAudience(population(BECKY, JOE))
    summary = rehearse([BEFORE], source, setting, tmp_path)
    found = {key: (told.arrived, told.sent) for key, told in summary.flows[0].actions.items()}
    assert found == {"d1": (2, 0), "e1": (2, 2), "d2": (2, 0), "e2": (2, 2), "new": (1, 1)}
    assert read_inputs(tmp_path) == ((BEFORE,), setting)
    titles = [line.title for line in tell(tmp_path, source, "p1").lines if line.kind == "sent"]
    assert titles == ["Email sent: new", "Email sent: e1", "Email sent: e2"]


def test_what_cannot_be_edited_is_named() -> None:
    def planned(changed: Flow) -> None:
        edits = (Edit(at=at("2026-01-07 00:00"), flow=changed),)
        make_plan([BEFORE], scenario().model_copy(update={"edits": edits}))

    started = flow(D1, E1, triggers=[{"type": "list", "id": "others"}])
    with pytest.raises(UneditableFlowError, match=r"^edits\[0\]\.flow\.triggers: the trigger of"):
        planned(started)
    with pytest.raises(UneditableFlowError, match=r"^edits\[0\]\.flow\.id: no flow .* “other”"):
        planned(flow(D1, E1, id="other"))
    with pytest.raises(UnrunnableFlowError, match="d1 → e1"):
        planned(flow(D1, E1 | {"links": {"next": "d1"}}))


def crowd() -> tuple[list[Flow], Scenario]:
    test = experiment("test", email("a"), email("b"))
    first = flow(test, D1, E1, D2, split("yes", "no"), YES, NO)
    second = flow(D1, test, D2, E1, D3, NO)
    third = flow(D1, test, D2, E1, D3, E3)
    edits = (
        Edit(at=at("2026-02-20 03:00"), flow=third),
        Edit(at=at("2026-01-25 12:00"), flow=second),
    )
    setting = Scenario(days=80, profiles=400, seed=4, behaviour=Behaviour(), edits=edits)
    return [first], setting


def coupled() -> tuple[list[Flow], Scenario]:
    """The same, with people from before and with a plan that does not suffice."""
    flows, setting = crowd()
    rules = setting.rules.model_copy(update={"limits": Limits(email=40)})
    return flows, setting.model_copy(update={"add_past": {"*": "relative"}, "rules": rules})


def rows(out: Path, name: str) -> Any:
    return pq.read_table(out / f"{name}.parquet").to_pylist()


TABLES = ("enrolments", "steps", "sends", "events", "changes")


def test_parts_and_processes_change_nothing(tmp_path: Path) -> None:
    flows, setting = coupled()
    source = audience_for(flows, setting)

    def carried_out(name: str, **options: Any) -> Path:
        rehearse(flows, source, setting, tmp_path / name, options=RunOptions(**options))
        return tmp_path / name

    whole, parts = carried_out("whole"), carried_out("parts", people_per_part=150)
    processes = carried_out("processes", people_per_part=150, processes=2)
    assert {row["action"] for row in rows(whole, "sends")} >= {"test", "e1", "e3"}
    assert len(read_run(whole).decisions) > 1
    for name in TABLES:
        assert rows(whole, name) == rows(parts, name)
        file = f"{name}.parquet"
        assert (parts / file).read_bytes() == (processes / file).read_bytes()


def test_nobody_gets_one_message_twice_in_a_run(tmp_path: Path) -> None:
    flows, setting = crowd()
    rehearse(flows, audience_for(flows, setting), setting, tmp_path)
    sent = [(row["profile"], row["visit"], row["action"]) for row in rows(tmp_path, "sends")]
    assert len(sent) == len(set(sent)) > 100


def test_an_edit_into_itself_changes_nothing_for_a_crowd(tmp_path: Path) -> None:
    flows, setting = crowd()
    same = (Edit(at=at("2026-01-25 12:00"), flow=flows[0]),)
    plain = setting.model_copy(update={"edits": ()})
    source = audience_for(flows, plain)
    rehearse(flows, source, plain, tmp_path / "plain")
    rehearse(flows, source, plain.model_copy(update={"edits": same}), tmp_path / "same")
    for name in TABLES:
        assert rows(tmp_path / "plain", name) == rows(tmp_path / "same", name)
    told = [
        json.loads((tmp_path / way / "summary.json").read_text("utf-8"))["flows"]
        for way in ("plain", "same")
    ]
    assert told[0] == told[1]
