"""A flow that is edited while people are in it (semantics B.8).

Becky joined on 5 January and is waiting when the flow is edited on the 7th; Joe joins on the 8th.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from small_runs import Json, Person, at, email, flow, population, run, scenario, sms, tables, wait
from small_steps import END, GOLD, experiment, put, update

from flows.document import Flow
from flows.rules import Limits
from simulator.behaviour import Behaviour
from simulator.engine import Engine
from simulator.errors import UneditableFlowError, UnrunnableFlowError
from simulator.plan import make_plan
from simulator.rehearse import RunOptions, read_inputs, read_run, rehearse
from simulator.scenario import Edit, Scenario
from simulator.source import GivenAudience
from simulator.story import tell
from simulator.synthetic.for_run import audience_for

BECKY = Person(joined=at("2026-01-05 10:00"), properties={"tier": "gold"})
JOE = Person(joined=at("2026-01-08 10:00"))


def edited(*versions: Flow, days: int = 30, on: tuple[str, ...] = ("01-07", "01-09")) -> Engine:
    """A run in which the second version holds from the 7th on, the third from the 9th."""
    first, *later = versions
    edits = tuple(
        Edit(at=at(f"2026-{day} 00:00"), flow=version)
        for day, version in zip(on, later, strict=False)
    )
    setting = scenario(days=days).model_copy(update={"edits": edits})
    return run(first, population(BECKY, JOE), setting)


def got(engine: Engine) -> dict[str, list[str]]:
    """What each was sent, and when."""
    found: dict[str, list[str]] = {"p0": [], "p1": []}
    for row in tables(engine)["sends"]:
        told = f"{row['action']} {row['at']:%m-%d %H}"
        found[row["profile"]].append(told if row["reason"] is None else f"{told} {row['reason']}")
    return found


def left(engine: Engine) -> list[tuple[str, str | None]]:
    """When and why each left."""
    return [
        (f"{row['left_at']:%m-%d %H}" if row["left_at"] else "", row["left_because"])
        for row in tables(engine)["enrolments"]
    ]


D1, D2, D3 = wait("d1", value=3), wait("d2", value=4), wait("d3", value=5)
E1, E2, E3 = email("e1"), email("e2"), email("e3")
BEFORE = flow(D1, E1, D2, E2)
AS_IT_WAS = {
    "p0": ["e1 01-08 10", "e2 01-12 10"],
    "p1": ["e1 01-11 10", "e2 01-15 10"],
}


def test_an_edit_that_changes_nothing_changes_nothing() -> None:
    engine = edited(BEFORE, BEFORE)
    assert got(engine) == AS_IT_WAS
    assert left(engine) == [("01-12 10", "finished"), ("01-15 10", "finished")]
    assert tables(engine) == tables(edited(BEFORE))


def test_content_is_that_of_the_version_when_the_message_goes_out() -> None:
    now = flow(D1, email("e1", additional_filters=GOLD), D2, E2)
    assert got(edited(BEFORE, now)) == {
        "p0": ["e1 01-08 10", "e2 01-12 10"],
        "p1": ["e1 01-11 10 Fails Additional Filters", "e2 01-15 10"],
    }


def test_the_flow_filter_is_that_of_the_version_when_it_is_asked() -> None:
    now = flow(D1, E1, D2, E2, profile_filter=GOLD)
    engine = edited(BEFORE, now)
    assert got(engine) == {"p0": AS_IT_WAS["p0"], "p1": []}
    assert engine.counts.flows[0].turned_away == {"Fails Flow Filters": 1}


def test_a_changed_delay_is_for_those_who_come_to_it_later() -> None:
    now = flow(wait("d1", value=1), E1, wait("d2", value=2), E2)
    assert got(edited(BEFORE, now)) == {
        "p0": ["e1 01-08 10", "e2 01-10 10"],
        "p1": ["e1 01-09 10", "e2 01-11 10"],
    }


def test_a_new_step_is_for_those_who_are_before_it() -> None:
    """Becky is waiting for e1 already, so that the new step before it is not for her."""
    now = flow(D1, email("new"), E1, D2, E2, email("later"))
    assert got(edited(BEFORE, now)) == {
        "p0": ["e1 01-08 10", "e2 01-12 10", "later 01-12 10"],
        "p1": ["new 01-11 10", "e1 01-11 10", "e2 01-15 10", "later 01-15 10"],
    }


def test_behind_a_wait_at_the_end_nobody_is_waiting() -> None:
    first = flow(E1, D1)
    engine = edited(first, flow(E1, D1, E2))
    assert got(engine) == {"p0": ["e1 01-05 10"], "p1": ["e1 01-08 10", "e2 01-11 10"]}
    assert left(engine) == [("01-05 10", "finished"), ("01-11 10", "finished")]


def test_of_reordered_steps_none_is_repeated() -> None:
    """On the 8th Becky has had e1 and waits for e2: after it she has only e3 before her."""
    soon = wait("d1", value=2)
    first = flow(soon, E1, D2, E2, D3, E3)
    now = flow(soon, E2, D2, E1, D3, E3)
    assert got(edited(first, now, on=("01-08",))) == {
        "p0": ["e1 01-07 10", "e2 01-11 10", "e3 01-16 10"],
        "p1": ["e2 01-10 10", "e1 01-14 10", "e3 01-19 10"],
    }


def test_who_waits_for_a_reordered_step_stays_with_it() -> None:
    """On the 9th Joe waits for e1, behind which there is now e3 alone."""
    first = flow(D1, E1, D2, E2, D3, E3)
    now = flow(D1, E2, D2, E1, D3, E3)
    assert got(edited(first, now, on=("01-09",)))["p1"] == ["e1 01-11 10", "e3 01-16 10"]


def test_whose_step_is_deleted_waits_for_the_next() -> None:
    engine = edited(BEFORE, flow(D1, D2, E2))
    assert got(engine) == {"p0": ["e2 01-12 10"], "p1": ["e2 01-15 10"]}
    several = flow(D1, E1, update("tag", put("a", "b")), E2)
    now = flow(D1, E2)
    assert got(edited(several, now)) == {"p0": ["e2 01-08 10"], "p1": ["e2 01-11 10"]}


def test_whose_last_step_is_deleted_has_finished() -> None:
    engine = edited(flow(D1, E1), flow(D1))
    assert left(engine) == [("01-07 00", "finished")]
    assert engine.counts.flows[0].turned_away == {"No live step": 1}


def test_a_deleted_wait_releases_nobody() -> None:
    """Becky is attached to e1, at the time that was fixed when she came to the wait."""
    assert got(edited(BEFORE, flow(E1, D2, E2))) == {
        "p0": ["e1 01-08 10", "e2 01-12 10"],
        "p1": ["e1 01-08 10", "e2 01-12 10"],
    }


def split(yes: str, no: str) -> Json:
    links = {"next_if_true": yes, "next_if_false": no}
    return {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": GOLD},
        "links": links,
    }


YES, NO = email("yes") | {"links": END}, email("no") | {"links": END}
SPLIT = flow(D1, split("yes", "no"), YES, NO)


def test_a_deleted_split_behind_a_wait_lets_people_on_to_what_is_left() -> None:
    assert got(edited(SPLIT, flow(D1, NO))) == {"p0": ["no 01-08 10"], "p1": ["no 01-11 10"]}


def test_what_is_new_in_place_of_a_deleted_split_is_not_for_who_was_waiting() -> None:
    assert got(edited(SPLIT, flow(D1, email("new"), NO))) == {
        "p0": ["no 01-08 10"],
        "p1": ["new 01-11 10", "no 01-11 10"],
    }


def test_a_split_deleted_with_its_wait_leads_on_by_its_first_way_that_is_left() -> None:
    assert got(edited(SPLIT, flow(NO))) == {"p0": ["no 01-08 10"], "p1": ["no 01-08 10"]}


def test_a_deleted_split_without_a_wait_before_it_removes_who_is_waiting() -> None:
    """The wait goes on the 6th, the split on the 7th."""
    without_wait = flow(split("yes", "no"), YES, NO)
    engine = edited(SPLIT, without_wait, flow(NO), on=("01-06", "01-07"))
    assert got(engine) == {"p0": [], "p1": ["no 01-08 10"]}
    assert left(engine) == [("01-07 00", "removed"), ("01-08 10", "finished")]


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


def test_a_flipped_split_is_asked_as_it_stands_when_people_come_to_it() -> None:
    assert got(edited(SPLIT, flow(D1, split("no", "yes"), YES, NO))) == {
        "p0": ["no 01-08 10"],
        "p1": ["yes 01-11 10"],
    }


def test_a_text_message_held_by_quiet_hours_is_the_one_of_its_release() -> None:
    """Held from the 6th at 22:00 to the 7th at 8:00, with the edit between the two."""
    hours = wait("d1", unit="hours", value=36)
    first = flow(hours, sms("text"), E1)
    held = flow(hours, sms("text", additional_filters=GOLD), E1)
    assert got(edited(first, held))["p0"] == ["text 01-07 08", "e1 01-07 08"]
    gone = edited(first, flow(hours, E1))
    assert got(gone)["p0"] == ["e1 01-07 08"]


def test_several_edits_follow_one_another() -> None:
    second, third = flow(D1, D2, E2), flow(D1, D2, E3)
    assert got(edited(BEFORE, second, third)) == {"p0": [], "p1": ["e3 01-15 10"]}


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


def test_steps_behind_people_from_before_are_not_repeated() -> None:
    """Who joined on the 1st waits for e2 at the start; e1 comes behind it by an edit."""
    first, now = flow(D1, E1, D2, E2), flow(D1, E2, E1, D3, E3)
    edits = (Edit(at=at("2026-01-07 00:00"), flow=now),)
    setting = scenario().model_copy(update={"edits": edits, "add_past": {"*": "relative"}})
    engine = run(first, population(Person(joined=at("2026-01-01 10:00"))), setting)
    assert got(engine)["p0"] == ["e2 01-08 10", "e3 01-13 10"]


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
