"""What stands before every step that does something: its state and the filters (semantics B.2).

Published in [H:360017706091], [H:30101956634523], [H:29091293276187] and [H:115002779051].
"""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import (
    Json,
    Person,
    at,
    email,
    flow,
    on,
    population,
    run,
    scenario,
    sms,
    tables,
    wait,
)
from small_steps import GOLD, experiment, hook, membership, put, sent, update, with_status

MONDAY = at("2026-01-05 10:00")
NIGHT = at("2026-01-05 22:30")


def one(**more: Any) -> Any:
    return population(Person(joined=MONDAY, **more))


ACTIONS = (
    email("step"),
    sms("step"),
    hook("step"),
    update("step", put("tier", "gold")),
    membership("step", "vip", add=True),
    experiment("step", email("a"), email("b")),
)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action["type"])
@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("draft", "Draft Pass-through"),
        ("disabled", "Disabled Pass-through"),
        ("manual", "Needs Review"),
    ],
)
def test_a_step_that_is_not_live_does_nothing_and_lets_people_pass(
    action: Json, status: str, note: str
) -> None:
    people = population(Person(joined=NIGHT))
    held = flow(with_status(action, status), email("after"))
    written = tables(run(held, people, scenario(as_live=False)))
    assert [(s["action"], s["left_at"], s["note"]) for s in written["steps"]] == [
        ("step", NIGHT, note),
        ("after", NIGHT, None),
    ]
    assert written["changes"] == []
    tried = [(s["status"], s["reason"]) for s in written["sends"] if s["action"] == "step"]
    is_message = action["type"] not in {"update-profile", "list-update"}
    assert tried == ([("skipped", note)] if status == "manual" and is_message else [])


def test_what_is_not_set_up_is_skipped() -> None:
    nothing = {"id": "empty", "type": "send-email", "data": {"status": "live"}}
    nowhere = membership("nowhere", "", add=True)
    held = flow(nothing, hook("hook", url=None), nowhere, update("same"), email("after"))
    engine = run(held, one())
    assert [s["note"] for s in tables(engine)["steps"]] == [*["Unconfigured"] * 4, None]
    assert [row[2] for row in sent(engine)] == ["Unconfigured", "Unconfigured", None]


def test_what_is_disabled_stays_so_where_drafts_run_as_live() -> None:
    held = flow(with_status(email("off"), "disabled"), with_status(email("on"), "manual"))
    assert sent(run(held, one())) == [("on", "01-05 10:00", None)]


def test_the_flow_filter_stops_every_kind_of_action_and_the_person_goes_on() -> None:
    steps = [
        update("demote", put("tier", "tin")),
        email("mail"),
        sms("text"),
        hook("hook"),
        update("tag", put("tag", "x")),
        membership("vip", "vip", add=True),
        wait("pause"),
        hook("last"),
    ]
    held = flow(*steps, profile_filter=GOLD)
    engine = run(held, one(properties={"tier": "gold"}))
    notes = {s["action"]: s["note"] for s in tables(engine)["steps"]}
    fails = "Fails Flow Filters"
    assert notes == {
        "demote": None,
        "mail": fails,
        "text": fails,
        "hook": fails,
        "tag": fails,
        "vip": fails,
        "pause": None,
        "last": fails,
    }
    assert [c["property"] for c in tables(engine)["changes"]] == ["tier"]


def test_filters_are_asked_again_when_quiet_hours_end() -> None:
    person = Person(joined=NIGHT, properties={"tier": "gold"})
    held = flow(sms("text", additional_filters=GOLD))
    demote = flow(
        wait("hour", unit="hours", value=1),
        update("demote", put("tier", "tin")),
        id="other",
    )
    assert sent(run(held, population(person))) == [("text", "01-06 08:00", None)]
    assert sent(run([held, demote], population(person))) == [
        ("text", "01-06 08:00", "Fails Additional Filters")
    ]


def test_a_person_who_left_the_list_is_not_called_filtered() -> None:
    leave = membership("leave", "news", add=False)
    held = flow(
        leave,
        wait("hour", unit="hours", value=1),
        email("mail"),
        update("tag", put("tag", "x")),
        profile_filter=GOLD,
    )
    demote = flow(update("demote", put("tier", "tin")), id="other", **on("Ordered"))
    person = one(properties={"tier": "gold"}, did=[("Ordered", "2026-01-05 10:30")])
    notes = {s["action"]: s["note"] for s in tables(run([held, demote], person))["steps"]}
    assert notes == {
        "leave": None,
        "hour": None,
        "demote": None,
        "mail": "Person No Longer in List",
        "tag": "Person No Longer in List",
    }
