"""Editing a flow that runs, as published in [H:360017706091] and [H:115002779231] (semantics B.8).

Becky joined on 5 January and is waiting when the flow is edited on the 7th; Joe joins on the 8th.
"""

from __future__ import annotations

import pytest
from edited_runs import (
    AS_IT_WAS,
    BEFORE,
    D1,
    D2,
    D3,
    E1,
    E2,
    E3,
    NO,
    SPLIT,
    YES,
    edited,
    got,
    left,
    split,
)
from small_runs import Person, at, email, flow, population, run, scenario, sms, tables, wait
from small_steps import END, GOLD, put, update, with_status

from simulator.errors import UneditableFlowError
from simulator.scenario import Edit


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


def test_steps_behind_people_from_before_are_not_repeated() -> None:
    """Who joined on the 1st waits for e2 at the start; e1 comes behind it by an edit."""
    first, now = flow(D1, E1, D2, E2), flow(D1, E2, E1, D3, E3)
    edits = (Edit(at=at("2026-01-07 00:00"), flow=now),)
    setting = scenario().model_copy(update={"edits": edits, "add_past": {"*": "relative"}})
    engine = run(first, population(Person(joined=at("2026-01-01 10:00"))), setting)
    assert got(engine)["p0"] == ["e2 01-08 10", "e3 01-13 10"]


def test_who_waits_where_a_split_is_put_in_skips_it_and_goes_by_yes() -> None:
    """The new split sends everybody by NO, and what was there stands under YES."""
    nobody = {"condition_groups": [{"conditions": [{"type": "profile-sample", "percentage": 0}]}]}
    asked = split("e1", "no") | {"data": {"profile_filter": nobody}}
    now = flow(D1, asked, E1 | {"links": END}, NO)
    assert got(edited(flow(D1, E1), now)) == {"p0": ["e1 01-08 10"], "p1": ["no 01-11 10"]}


def test_a_step_that_is_switched_off_lets_people_pass_and_keeps_its_figures() -> None:
    engine = edited(BEFORE, flow(D1, with_status(E1, "disabled"), D2, E2))
    assert got(engine) == {"p0": ["e2 01-12 10"], "p1": ["e2 01-15 10"]}
    assert len(tables(engine)["steps"]) == 8


def test_the_trigger_of_a_flow_cannot_be_changed() -> None:
    with pytest.raises(UneditableFlowError, match="the trigger of"):
        edited(BEFORE, flow(D1, E1, triggers=[{"type": "list", "id": "others"}]))
