"""What happens to people in a flow, to the minute and to the reason."""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import (
    Person,
    at,
    email,
    flow,
    never_since_start,
    on,
    population,
    run,
    scenario,
    sms,
    tables,
    wait,
)

from flows.scene import NEVER_SUBSCRIBED, UNSUBSCRIBED
from simulator.errors import TooManyStepsError
from simulator.plan import make_plan

MONDAY = at("2026-01-05 10:00")


def sends(engine: Any) -> list[tuple[str, str, str, str | None]]:
    return [
        (row["profile"], row["action"], f"{row['at']:%m-%d %H:%M}", row["reason"])
        for row in tables(engine)["sends"]
    ]


def test_a_person_walks_a_chain_and_every_step_is_written_down() -> None:
    engine = run(
        flow(email("hello"), wait("pause"), email("again")), population(Person(joined=MONDAY))
    )
    written = tables(engine)
    tuesday = at("2026-01-06 10:00")
    step = {"profile": "p0", "flow": "flow", "visit": 1, "way_out": "next", "note": None}
    assert written["steps"] == [
        step | {"action": "hello", "arrived_at": MONDAY, "left_at": MONDAY},
        step | {"action": "pause", "arrived_at": MONDAY, "left_at": tuesday},
        step | {"action": "again", "arrived_at": tuesday, "left_at": tuesday},
    ]
    assert written["enrolments"] == [
        {
            "profile": "p0",
            "flow": "flow",
            "visit": 1,
            "entered_at": MONDAY,
            "left_at": tuesday,
            "left_because": "finished",
            "trigger": "news",
        }
    ]
    sent = {"profile": "p0", "flow": "flow", "visit": 1, "channel": "email", "variation": None}
    assert written["sends"] == [
        sent | {"action": "hello", "at": MONDAY, "status": "sent", "reason": None},
        sent | {"action": "again", "at": tuesday, "status": "sent", "reason": None},
    ]


def test_who_waits_at_the_end_has_not_left() -> None:
    engine = run(
        flow(wait("long", value=40), email("late")),
        population(Person(joined=MONDAY)),
        scenario(days=30),
    )
    written = tables(engine)
    assert [(s["action"], s["left_at"], s["way_out"]) for s in written["steps"]] == [
        ("long", None, None)
    ]
    assert [(e["left_at"], e["left_because"]) for e in written["enrolments"]] == [(None, None)]
    assert engine.counts.flows[0].waiting == 1
    assert engine.counts.actions[0].waiting == 1


def test_only_those_who_join_inside_the_run_enter_by_a_list() -> None:
    early, late = at("2026-01-04 23:59"), at("2026-02-04 00:00")
    people = population(Person(joined=early), Person(joined=late), Person(), Person(joined=MONDAY))
    engine = run(flow(email("hello")), people, scenario(days=30))
    assert [row["profile"] for row in tables(engine)["enrolments"]] == ["p3"]


def test_a_list_lets_nobody_in_twice_and_a_metric_everybody() -> None:
    twice = Person(did=[("Ordered", "2026-01-05 10:00"), ("Ordered", "2026-01-07 10:00")])
    engine = run(flow(email("thanks"), **on("Ordered")), population(twice))
    assert [(row["visit"], f"{row['entered_at']:%d}") for row in tables(engine)["enrolments"]] == [
        (1, "05"),
        (2, "07"),
    ]
    never = flow(
        email("thanks"), **on("Ordered"), reentry_criteria={"duration": 1, "unit": "alltime"}
    )
    blocked = run(never, population(twice))
    assert len(tables(blocked)["enrolments"]) == 1
    assert blocked.counts.flows[0].turned_away == {"Re-entry Blocked": 1}


def test_re_entry_opens_exactly_after_its_span() -> None:
    criteria = {"duration": 2, "unit": "day"}
    moments = ["2026-01-05 10:00", "2026-01-07 09:59", "2026-01-07 10:00"]
    person = Person(did=[("Ordered", moment) for moment in moments])
    engine = run(flow(email("x"), **on("Ordered"), reentry_criteria=criteria), population(person))
    assert [f"{row['entered_at']:%d %H:%M}" for row in tables(engine)["enrolments"]] == [
        "05 10:00",
        "07 10:00",
    ]


def test_the_flow_filter_is_asked_at_entry_and_before_each_message() -> None:
    buys = Person(did=[("Checkout", "2026-01-05 10:00"), ("Ordered", "2026-01-06 09:00")])
    stays = Person(did=[("Checkout", "2026-01-05 10:00")])
    held = flow(
        email("first"),
        wait("pause"),
        email("second"),
        **on("Checkout"),
        profile_filter=never_since_start("Ordered"),
    )
    assert sends(run(held, population(buys, stays))) == [
        ("p0", "first", "01-05 10:00", None),
        ("p0", "second", "01-06 10:00", "Fails Flow Filters"),
        ("p1", "first", "01-05 10:00", None),
        ("p1", "second", "01-06 10:00", None),
    ]


def test_an_event_is_not_since_the_start_of_the_run_it_triggers() -> None:
    held = flow(email("x"), **on("Ordered"), profile_filter=never_since_start("Ordered"))
    engine = run(held, population(Person(did=[("Ordered", "2026-01-05 10:00")])))
    assert sends(engine) == [("p0", "x", "01-05 10:00", None)]


def test_consent_decides_by_channel() -> None:
    people = population(
        Person(joined=MONDAY),
        Person(joined=MONDAY, email_status=NEVER_SUBSCRIBED, sms=NEVER_SUBSCRIBED),
        Person(joined=MONDAY, email_status=UNSUBSCRIBED, sms=UNSUBSCRIBED),
        Person(joined=MONDAY, suppressed=True),
        Person(joined=MONDAY, email=None, phone=None),
        Person(joined=MONDAY, email="nowhere", phone="555"),
    )
    engine = run(flow(email("mail"), sms("text")), people)
    assert [(p, a, reason) for p, a, _, reason in sends(engine)] == [
        ("p0", "mail", None),
        ("p0", "text", None),
        ("p1", "mail", None),
        ("p1", "text", "Missing SMS Consent"),
        ("p2", "mail", "Person Suppressed"),
        ("p2", "text", "Missing SMS Consent"),
        ("p3", "mail", "Person Suppressed"),
        ("p3", "text", None),
        ("p4", "mail", "Missing Email"),
        ("p4", "text", "Missing Phone Number"),
        ("p5", "mail", "Unable to Send Email"),
        ("p5", "text", "Phone Number is Not Valid"),
    ]


def test_a_transactional_email_reaches_who_unsubscribed() -> None:
    people = population(Person(joined=MONDAY, email_status=UNSUBSCRIBED))
    assert sends(run(flow(email("receipt", transactional=True)), people)) == [
        ("p0", "receipt", "01-05 10:00", None)
    ]


def test_quiet_hours_hold_a_text_until_the_window_opens_on_the_clock_of_the_number() -> None:
    night = at("2026-01-05 22:30")
    people = population(Person(joined=night), Person(joined=night, phone="+12025550100"))
    engine = run(flow(sms("text")), people)
    assert sends(engine) == [
        ("p0", "text", "01-06 08:00", None),
        ("p1", "text", "01-05 22:30", None),
    ]
    held = tables(engine)["steps"][0]
    assert (held["arrived_at"], held["left_at"]) == (night, at("2026-01-06 08:00"))
    assert engine.counts.actions[0].arrived == 2


def test_smart_sending_skips_inside_the_window_and_not_at_its_end() -> None:
    chain = flow(
        email("one", smart_sending_enabled=True),
        wait("a", unit="hours", value=15),
        email("two", smart_sending_enabled=True),
        wait("b", unit="hours", value=1),
        email("three", smart_sending_enabled=True),
    )
    assert [(a, r) for _, a, _, r in sends(run(chain, population(Person(joined=MONDAY))))] == [
        ("one", None),
        ("two", "Smart Sending"),
        ("three", None),
    ]


def test_a_message_without_smart_sending_starts_the_window_for_others() -> None:
    chain = flow(email("one"), email("two", smart_sending_enabled=True), email("three"))
    assert [(a, r) for _, a, _, r in sends(run(chain, population(Person(joined=MONDAY))))] == [
        ("one", None),
        ("two", "Smart Sending"),
        ("three", None),
    ]


def test_a_transactional_message_neither_waits_for_the_window_nor_starts_it() -> None:
    chain = flow(
        email("receipt", transactional=True),
        email("news", smart_sending_enabled=True),
        email("second", transactional=True, smart_sending_enabled=True),
    )
    assert [(a, r) for _, a, _, r in sends(run(chain, population(Person(joined=MONDAY))))] == [
        ("receipt", None),
        ("news", None),
        ("second", None),
    ]


def test_a_draft_step_is_passed_through_unless_drafts_run_as_live() -> None:
    draft = email("draft")
    draft["data"]["status"] = "draft"
    held = flow(draft, email("live"))
    people = population(Person(joined=MONDAY))
    engine = run(held, people, scenario(as_live=False))
    assert [a for _, a, _, _ in sends(engine)] == ["live"]
    assert [s["note"] for s in tables(engine)["steps"]] == ["Draft Pass-through", None]
    assert [a for _, a, _, _ in sends(run(held, people))] == ["draft", "live"]


def test_nobody_enters_a_flow_in_which_nothing_is_live() -> None:
    draft = email("draft")
    draft["data"]["status"] = "draft"
    engine = run(flow(draft), population(Person(joined=MONDAY)), scenario(as_live=False))
    assert tables(engine)["enrolments"] == []
    assert engine.counts.flows[0].turned_away == {"No live step": 1}


def test_a_delay_with_nothing_live_behind_it_is_skipped() -> None:
    engine = run(flow(email("last"), wait("for nothing")), population(Person(joined=MONDAY)))
    written = tables(engine)
    assert [(s["action"], s["left_at"], s["way_out"], s["note"]) for s in written["steps"]] == [
        ("last", MONDAY, "next", None),
        ("for nothing", MONDAY, "exit", "No live step ahead"),
    ]
    assert [e["left_because"] for e in written["enrolments"]] == ["finished"]


def test_who_leaves_the_list_gets_nothing_more() -> None:
    leave = {
        "id": "leave",
        "type": "list-update",
        "data": {"name": "", "list_id": "news", "on_execution": False, "status": "live"},
    }
    engine = run(flow(email("one"), leave, email("two")), population(Person(joined=MONDAY)))
    assert [(a, r) for _, a, _, r in sends(engine)] == [
        ("one", None),
        ("two", "Person No Longer in List"),
    ]


def test_a_list_that_one_flow_fills_starts_another() -> None:
    add = {
        "id": "add",
        "type": "list-update",
        "data": {"name": "", "list_id": "vip", "on_execution": True, "status": "live"},
    }
    first = flow(add, id="first", name="First")
    second = flow(
        email("welcome"), id="second", name="Second", triggers=[{"type": "list", "id": "vip"}]
    )
    engine = run([first, second], population(Person(joined=MONDAY)))
    assert sends(engine) == [("p0", "welcome", "01-05 10:00", None)]
    assert tables(engine)["changes"] == [
        {
            "profile": "p0",
            "at": MONDAY,
            "flow": "first",
            "action": "add",
            "property": None,
            "list": "vip",
            "value": "added",
        }
    ]


def test_a_property_set_by_a_step_is_seen_by_the_next() -> None:
    tag = {
        "id": "tag",
        "type": "update-profile",
        "data": {
            "profile_operations": [
                {
                    "operator": "update",
                    "property_type": "string",
                    "property_key": "tier",
                    "property_value": "gold",
                }
            ],
            "status": "live",
        },
    }
    question = {
        "type": "profile-property",
        "property": "properties['tier']",
        "filter": {"type": "string", "operator": "equals", "value": "gold"},
    }
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": {"condition_groups": [{"conditions": [question]}]}},
        "links": {"next_if_true": "gold", "next_if_false": "plain"},
    }
    end = {"next": None}
    held = flow(tag, split, email("gold") | {"links": end}, email("plain") | {"links": end})
    engine = run(held, population(Person(joined=MONDAY)))
    assert [a for _, a, _, _ in sends(engine)] == ["gold"]
    assert [s["way_out"] for s in tables(engine)["steps"]] == ["next", "true", "next"]


def test_a_run_of_more_steps_than_places_is_refused_in_words() -> None:
    long = flow(*(wait(f"pause-{i}") for i in range(400)))
    with pytest.raises(TooManyStepsError, match="32,800 steps; 32,767 is the most"):
        make_plan([long] * 82, scenario())
