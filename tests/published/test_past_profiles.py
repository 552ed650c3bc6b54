"""Adding past profiles to a flow, as published in [H:115002779231] (semantics B.1).

The flow is set live, and people from before are added, on 5 January 2026 at midnight.
"""

from __future__ import annotations

from typing import Any

import pytest
from shop_runs import asked, change, dropping, selling, shop, shoppers, viewed
from small_runs import (
    Json,
    Person,
    at,
    email,
    flow,
    never_since_start,
    on,
    population,
    run,
    scenario,
    tables,
    wait,
)
from small_steps import END, GOLD, entered, sent, with_status

from flows.actions.reasons import BEFORE_ENTRY
from flows.document import Flow
from simulator.engine import Engine
from simulator.scenario import Scenario


def past(how: str = "relative", **rules: Any) -> Scenario:
    """From 5 January 2026; everybody from before is added."""
    return scenario(**rules).model_copy(update={"add_past": {"flow": how}})


WINBACK = flow(
    wait("first wait", value=75),
    email("we miss you"),
    wait("second wait", value=10),
    email("come back"),
    **on("Ordered"),
)


def who(engine: Engine) -> list[tuple[str, str, str]]:
    """Whose message went out, which and when."""
    return [(r["profile"], r["action"], f"{r['at']:%m-%d %H:%M}") for r in tables(engine)["sends"]]


def test_people_are_placed_where_they_would_be_now_relative_to_the_event() -> None:
    """A winback after 75 and 85 days, set live on 5 January."""
    people = population(
        Person(did=[("Ordered", "2025-12-01 10:00")]),  # 34 days ago: the first on 14 February
        Person(did=[("Ordered", "2025-11-01 10:00")]),  # 64 days ago: on 15 and 25 January
        Person(did=[("Ordered", "2025-10-15 10:00")]),  # 81 days ago: the second on 8 January
        Person(did=[("Ordered", "2025-10-01 10:00")]),  # 95 days ago: all is over
        Person(),
    )
    engine = run(WINBACK, people, past())
    assert entered(engine) == [
        ("p0", "2025-12-01 10:00"),
        ("p1", "2025-11-01 10:00"),
        ("p2", "2025-10-15 10:00"),
    ]
    assert who(engine) == [
        ("p1", "we miss you", "01-15 10:00"),
        ("p1", "come back", "01-25 10:00"),
        ("p2", "come back", "01-08 10:00"),
    ]
    tally = engine.counts.flows[0]
    assert (tally.enrolled, tally.added, tally.waiting) == (3, 3, 1)


@pytest.mark.parametrize(
    ("ordered", "messages"),
    [
        ("2026-01-04", ["we miss you 03-20 10:00", "come back 03-30 10:00"]),
        ("2025-10-23", ["we miss you 01-06 10:00", "come back 01-16 10:00"]),
        ("2025-10-22", ["we miss you 01-05 10:00", "come back 01-15 10:00"]),
        ("2025-10-21", ["come back 01-14 10:00"]),
        ("2025-10-12", ["come back 01-05 10:00"]),
        ("2025-10-11", []),
        ("2025-01-01", []),
    ],
)
def test_a_winback_of_75_and_85_days(ordered: str, messages: list[str]) -> None:
    people = population(Person(did=[("Ordered", f"{ordered} 10:00")]))
    setting = past().model_copy(update={"days": 120})
    assert [f"{step} {when}" for _, step, when in who(run(WINBACK, people, setting))] == messages


def test_nobody_is_added_unless_it_is_asked_for() -> None:
    people = population(Person(did=[("Ordered", "2025-11-01 10:00")]))
    assert run(WINBACK, people).counts.flows[0].enrolled == 0
    other = scenario().model_copy(update={"add_past": {"another": "relative"}})
    assert run(WINBACK, people, other).counts.flows[0].enrolled == 0
    everywhere = scenario().model_copy(update={"add_past": {"*": "relative"}})
    assert run(WINBACK, people, everywhere).counts.flows[0].added == 1


def test_who_comes_by_themselves_is_not_counted_as_added() -> None:
    days = [("Ordered", "2025-11-01 10:00"), ("Ordered", "2026-01-06 10:00")]
    tally = run(WINBACK, population(Person(did=days)), past()).counts.flows[0]
    assert (tally.enrolled, tally.added) == (2, 1)


def test_each_event_adds_a_run_whatever_re_entry_says() -> None:
    once = {"reentry_criteria": {"duration": 1, "unit": "alltime"}}
    held = Flow.model_validate(WINBACK.to_json() | once)
    days = [("Ordered", "2025-11-01 10:00"), ("Ordered", "2025-11-03 10:00")]
    engine = run(held, population(Person(did=days)), past())
    assert entered(engine) == [("p0", "2025-11-01 10:00"), ("p0", "2025-11-03 10:00")]


def test_filters_are_asked_at_each_step_since_the_event() -> None:
    """Who ordered again since their order of October gets nothing for that one."""
    held = Flow.model_validate(WINBACK.to_json() | {"profile_filter": never_since_start("Ordered")})
    days = [("Ordered", "2025-10-28 10:00"), ("Ordered", "2025-11-01 10:00")]
    engine = run(held, population(Person(did=days)), past())
    assert [(step, reason) for step, _, reason in sent(engine)] == [
        ("we miss you", "Fails Flow Filters"),
        ("we miss you", None),
        ("come back", "Fails Flow Filters"),
        ("come back", None),
    ]


def test_a_flow_by_events_without_a_wait_takes_nobody() -> None:
    held = flow(email("thanks"), **on("Ordered"))
    people = population(Person(did=[("Ordered", "2026-01-04 23:59")]))
    assert run(held, people, past()).counts.flows[0].enrolled == 0


def test_the_trigger_filter_is_asked_of_the_event() -> None:
    value = {"type": "numeric", "operator": "greater-than", "value": 50}
    condition = {"type": "metric-property", "metric_id": "Ordered", "field": "$value"}
    asked = {"condition_groups": [{"conditions": [condition | {"filter": value}]}]}
    trigger = {"type": "metric", "id": "Ordered", "trigger_filter": asked}
    held = Flow.model_validate(WINBACK.to_json() | {"triggers": [trigger]})
    people = population(
        Person(did=[("Ordered", "2025-11-01 10:00", 80.0)]),
        Person(did=[("Ordered", "2025-11-01 10:00", 20.0)]),
    )
    engine = run(held, people, past())
    assert entered(engine) == [("p0", "2025-11-01 10:00")]
    assert engine.counts.flows[0].turned_away == {}


WELCOME = flow(email("hello"), wait("pause", value=3), email("again"))


@pytest.fixture
def members() -> Any:
    """Of the list since two days, since two weeks, and from the next day on."""
    return population(
        Person(joined=at("2026-01-03 10:00")),
        Person(joined=at("2025-12-20 10:00")),
        Person(joined=at("2026-01-06 10:00")),
        Person(),
    )


def test_members_stand_where_they_would_relative_to_their_joining(members: Any) -> None:
    engine = run(WELCOME, members, past())
    assert who(engine) == [
        ("p0", "again", "01-06 10:00"),
        ("p2", "hello", "01-06 10:00"),
        ("p2", "again", "01-09 10:00"),
    ]
    assert (engine.counts.flows[0].enrolled, engine.counts.flows[0].added) == (2, 1)


def test_members_may_begin_at_the_start_instead(members: Any) -> None:
    engine = run(WELCOME, members, past("start"))
    assert who(engine) == [
        ("p0", "hello", "01-05 00:00"),
        ("p0", "again", "01-08 00:00"),
        ("p1", "hello", "01-05 00:00"),
        ("p1", "again", "01-08 00:00"),
        ("p2", "hello", "01-06 10:00"),
        ("p2", "again", "01-09 10:00"),
    ]
    assert (engine.counts.flows[0].enrolled, engine.counts.flows[0].added) == (3, 2)


def test_splits_are_decided_anew_as_of_when_they_would_have_been() -> None:
    split: Json = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": GOLD},
        "links": {"next_if_true": "gold", "next_if_false": "others"},
    }
    held = flow(
        wait("pause"),
        split,
        email("gold") | {"links": {"next": "long"}},
        email("others") | {"links": {"next": "long"}},
        wait("long", value=5),
        email("last") | {"links": END},
        wait("rest") | {"links": END},
    )
    joined = at("2026-01-01 10:00")
    people = population(Person(joined=joined, properties={"tier": "gold"}), Person(joined=joined))
    engine = run(held, people, past())
    ways = [
        (r["profile"], r["action"], r["way_out"], r["note"])
        for r in tables(engine)["steps"]
        if r["action"] in {"split", "gold", "others"}
    ]
    assert ways == [
        ("p0", "split", "true", BEFORE_ENTRY),
        ("p0", "gold", "next", BEFORE_ENTRY),
        ("p1", "split", "false", BEFORE_ENTRY),
        ("p1", "others", "next", BEFORE_ENTRY),
    ]
    assert [(p, a) for p, a, _ in who(engine)] == [("p0", "last"), ("p1", "last")]


def test_nobody_is_added_where_nothing_is_live() -> None:
    draft = email("hello")
    draft["data"]["status"] = "draft"
    held = flow(wait("pause"), draft)
    people = population(Person(joined=at("2026-01-04 10:00")))
    tally = run(held, people, past(as_live=False)).counts.flows[0]
    assert (tally.enrolled, tally.turned_away) == (0, {"No live step": 1})


def test_a_date_flow_takes_nobody_from_the_past() -> None:
    trigger = {
        "type": "date",
        "date_field_type": "profile-property",
        "date_profile_property": "due",
        "timedelta_value_before_date": 30,
        "timedelta_unit_before_date": "days",
        "recurrence_frequency": "never",
    }
    held = flow(wait("pause", value=20), email("soon"), triggers=[trigger])
    people = population(Person(properties={"due": "2026-01-20"}))
    assert run(held, people, past()).counts.flows[0].enrolled == 0


def test_a_price_drop_takes_nobody_from_the_past() -> None:
    drop = change("2026-01-04 12:00", "mug", price=64.0)
    held = flow(wait("pause", value=3), email("cheaper"), **dropping())
    people = shoppers(1, viewed(0, "2026-01-02 09:00", "mug", 80.0))
    setting = selling(shop(drop)).model_copy(update={"add_past": {"flow": "relative"}})
    assert entered(run(held, people, setting)) == []


def test_those_who_wait_for_an_item_are_not_added_without_a_time_delay() -> None:
    back = {"id": "back", "type": "back-in-stock-delay"}
    held = flow(back, email("again"), **on("Subscribed to Back in Stock"))
    people = shoppers(1, asked(0, "2026-01-02 09:00", "mug"))
    setting = selling(shop()).model_copy(update={"add_past": {"flow": "relative"}})
    assert entered(run(held, people, setting)) == []


def test_nobody_from_before_goes_past_a_wait_with_a_draft_message_behind_it() -> None:
    """They would have left at the wait, so that they are through, whatever else is live."""
    held = flow(
        {"id": "back", "type": "back-in-stock-delay"},
        with_status(email("draft"), "draft"),
        wait("pause", value=20),
        with_status(email("live"), "live"),
        **on("Subscribed to Back in Stock"),
    )
    people = shoppers(1, asked(0, "2026-01-02 09:00", "mug"))
    setting = selling(shop(), as_live=False).model_copy(update={"add_past": {"flow": "relative"}})
    assert entered(run(held, people, setting)) == []


@pytest.mark.parametrize(
    ("joined", "relative", "start"),
    [
        ("2026-01-04", ["again 01-07 10:00"], ["hello 01-05 00:00", "again 01-08 00:00"]),
        ("2026-01-02", ["again 01-05 10:00"], ["hello 01-05 00:00", "again 01-08 00:00"]),
        ("2026-01-01", [], ["hello 01-05 00:00", "again 01-08 00:00"]),
        ("2020-01-01", [], ["hello 01-05 00:00", "again 01-08 00:00"]),
    ],
)
def test_members_come_relative_to_their_joining_or_begin_at_the_start(
    joined: str, relative: list[str], start: list[str]
) -> None:
    def messages(how: str) -> list[str]:
        people = population(Person(joined=at(f"{joined} 10:00")))
        return [f"{step} {when}" for _, step, when in who(run(WELCOME, people, past(how)))]

    assert (messages("relative"), messages("start")) == (relative, start)


@pytest.mark.parametrize(
    ("status", "messages"), [("live", ["again"]), ("manual", ["again"]), ("draft", [])]
)
def test_people_are_queued_for_what_is_live_or_manual(status: str, messages: list[str]) -> None:
    held = flow(email("hello"), wait("pause", value=3), with_status(email("again"), status))
    people = population(Person(joined=at("2026-01-03 10:00")))
    assert [step for _, step, _ in who(run(held, people, past(as_live=False)))] == messages


def test_what_code_gave_on_the_way_is_known_to_splits_on_it_and_ahead() -> None:
    def split(name: str, yes: str, no: str) -> Json:
        asked = {
            "type": "action-output",
            "output_config_id": 7,
            "field": "tier",
            "filter": {"type": "string", "operator": "equals", "value": "vip"},
        }
        return {
            "id": name,
            "type": "action-output-split",
            "data": {"action_output_filter": {"condition_groups": [{"conditions": [asked]}]}},
            "links": {"next_if_true": yes, "next_if_false": no},
        }

    held = flow(
        {"id": "code", "type": "code", "data": None},
        split("on the way", "wait", "plain"),
        wait("wait", value=3),
        split("ahead", "vip", "plain"),
        email("vip") | {"links": END},
        email("plain") | {"links": END},
        stubs={"code": {"output_config_id": 7, "outputs": {"tier": "vip"}}},
        **on("Ordered"),
    )
    people = population(Person(did=[("Ordered", "2026-01-04 10:00")]))
    assert who(run(held, people, past())) == [("p0", "vip", "01-07 10:00")]
