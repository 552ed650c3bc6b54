"""Filters on dates and on times of events, as published in [H:115005062847] (semantics A.9).

They are asked on Tuesday, 10 March 2026, at 12:00 UTC. x marks the values that pass.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from small_runs import Json, Person, at, counted, email, flow, population, run, tables, us, wait
from timelines import beginning

from flows.columns import NEVER
from flows.people import Population

NOON = "2026-03-10 12:00"
SETTING = beginning("2026-03-05", 30)


def passing(asked: Json, people: list[Person] | Population) -> str:
    """Who goes by YES of a split."""
    links = {"next_if_true": None, "next_if_false": None}
    data = {"profile_filter": {"condition_groups": [{"conditions": [asked]}]}}
    split = {"id": "split", "type": "conditional-split", "data": data, "links": links}
    asked_of = people if isinstance(people, Population) else population(*people)
    engine = run(flow(split, email("unreached")), asked_of, SETTING)
    ways = {s["profile"]: s["way_out"] for s in tables(engine)["steps"]}
    return "".join("x" if ways[f"p{i}"] == "true" else "." for i in range(len(ways)))


def dates(*values: str | None) -> list[Person]:
    return [Person(joined=at(NOON), properties={"x": value}) for value in values]


def asking(operator: str, **more: Any) -> Json:
    test = {"type": "date", "operator": operator} | more
    return {"type": "profile-property", "property": "properties['x']", "filter": test}


def spans(unit: str, quantity: int) -> Json:
    return {"unit": unit, "quantity": quantity}


FIXED = (None, "2026-03-08", "2026-03-09", "2026-03-09T18:00:00Z", "2026-03-10", "2026-03-11")


@pytest.mark.parametrize(
    ("operator", "more", "expected"),
    [
        ("after", {"date": "2026-03-09"}, "....xx"),
        ("before", {"date": "2026-03-09"}, ".x...."),
        ("before", {"date": "2026-03-11"}, ".xxxx."),
        ("between-static", {"start": "2026-03-09", "end": "2026-03-10"}, "..xxx."),
        ("between-static", {"start": "2026-03-08", "end": "2026-03-09"}, ".xxx.."),
        ("alltime", {}, ".xxxxx"),
    ],
)
def test_fixed_dates_exclude_their_day_and_between_includes_both_ends(
    operator: str, more: Json, expected: str
) -> None:
    assert passing(asking(operator, **more), dates(*FIXED)) == expected


RELATIVE = (
    *(None, "2026-03-01T12:00:00Z", "2026-03-03T11:59:59Z", "2026-03-03T12:00:00Z"),
    *("2026-03-09T11:59:59Z", "2026-03-09T12:00:00Z", "2026-03-10T11:00:00Z"),
    *("2026-03-10T12:00:01Z", "2026-03-11T11:00:00Z", "2026-03-12T12:00:00Z"),
)
"""Unset; nine days, seven days and a second, seven days, a day and a second, a day, an hour ago;
in a second, in 23 hours, in two days."""


@pytest.mark.parametrize(
    ("operator", "more", "expected"),
    [
        ("in-the-last", spans("day", 1), ". ... .xx ..."),
        ("in-the-last", spans("hour", 24), ". ... .xx ..."),
        ("in-the-last", spans("day", 7), ". ..x xxx ..."),
        ("in-the-last", spans("week", 1), ". ..x xxx ..."),
        ("in-the-last", spans("hour", 2), ". ... ..x ..."),
        ("at-least", spans("day", 1), ". xxx xx. ..."),
        ("at-least", spans("week", 1), ". xxx ... ..."),
        ("between", {"start": 1, "end": 7, "unit": "day"}, ". ... xx. ..."),
        ("between", {"start": 1, "end": 8, "unit": "day"}, ". .xx xx. ..."),
        ("between", {"start": 0, "end": 1, "unit": "day"}, ". ... ..x ..."),
        ("in-the-next", spans("day", 1), ". ... ... xx."),
        ("in-the-next", spans("week", 1), ". ... ... xxx"),
    ],
)
def test_spans_include_their_bound_and_between_its_start_alone(
    operator: str, more: Json, expected: str
) -> None:
    assert passing(asking(operator, **more), dates(*RELATIVE)) == expected.replace(" ", "")


YEARLY = (
    *(None, "1990-03-02", "1990-03-03", "1990-03-09", "1990-03-10", "2030-03-10", "1990-03-11"),
    *("1990-03-17", "1990-03-18", "1990-04-10", "1990-12-31"),
)


@pytest.mark.parametrize(
    ("operator", "more", "expected"),
    [
        ("anniversary", {}, "....xx....."),
        ("anniversary-month", {}, ".xxxxxxxx.."),
        ("calendar-month", {"value": 3}, ".xxxxxxxx.."),
        ("calendar-month", {"value": 4}, ".........x."),
        ("calendar-month", {"value": 12}, "..........x"),
        ("anniversary-last", spans("day", 7), "..xxxx....."),
        ("anniversary-last", spans("week", 1), "..xxxx....."),
        ("anniversary-next", spans("day", 7), "....xxxx..."),
        ("anniversary-next", spans("day", 31), "....xxxxxx."),
    ],
)
def test_anniversaries_ignore_the_year(operator: str, more: Json, expected: str) -> None:
    assert passing(asking(operator, **more), dates(*YEARLY)) == expected


def events(*moments: str) -> list[Person]:
    """Nobody's event, and then one person with an event at each of these moments."""
    did: list[list[tuple[str, str]]] = [[], *([("Ordered", moment)] for moment in moments)]
    return [Person(joined=at(NOON), did=one) for one in did]


def ordered(timeframe: Json, operator: str = "greater-than", value: int = 0) -> Json:
    held = counted("Ordered", {"type": "date"} | timeframe, operator, value)
    return dict(held["condition_groups"][0]["conditions"][0])


HISTORY = ("2026-03-08 23:59", "2026-03-09 00:00", "2026-03-09 12:00", "2026-03-10 11:59")


@pytest.mark.parametrize(
    ("timeframe", "expected"),
    [
        ({"operator": "alltime"}, ".xxxx"),
        ({"operator": "in-the-last", "unit": "day", "quantity": 1}, "...xx"),
        ({"operator": "in-the-last", "unit": "hour", "quantity": 1}, "....x"),
        ({"operator": "at-least", "unit": "day", "quantity": 1}, ".xxx."),
        ({"operator": "between", "start": 0, "end": 1, "unit": "day"}, "....x"),
        ({"operator": "after", "date": "2026-03-08"}, "..xxx"),
        ({"operator": "before", "date": "2026-03-09"}, ".x..."),
        ({"operator": "between-static", "start": "2026-03-09", "end": "2026-03-09"}, "..xx."),
        ({"operator": "flow-start"}, "....."),
    ],
)
def test_times_of_events_are_counted_in_utc_with_both_ends(timeframe: Json, expected: str) -> None:
    people = events(*HISTORY)
    for person in people:
        person.zone = "America/Los_Angeles"
    assert passing(ordered(timeframe), people) == expected


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("equals", 0, "x..."),
        ("greater-than-or-equal", 1, ".xxx"),
        ("equals", 1, ".x.."),
        ("not-equals", 1, "x.xx"),
        ("greater-than", 1, "..xx"),
        ("less-than", 2, "xx.."),
        ("less-than-or-equal", 2, "xxx."),
    ],
)
def test_zero_times_is_a_count_of_none(operator: str, value: int, expected: str) -> None:
    moments = HISTORY[:3]
    people = [
        Person(joined=at(NOON), did=[("Ordered", moment) for moment in moments[:times]])
        for times in range(4)
    ]
    assert passing(ordered({"operator": "alltime"}, operator, value), people) == expected


@pytest.mark.parametrize(
    ("timeframe", "expected"),
    [
        ({"operator": "between-static", "start": "2026-03-01", "end": "2026-03-09"}, ".xx.."),
        ({"operator": "between-static", "start": "2026-03-01", "end": "2026-03-10"}, ".xxx."),
        ({"operator": "in-the-last", "unit": "day", "quantity": 1}, "...xx"),
    ],
)
def test_the_time_of_joining_a_list_excludes_the_last_day(timeframe: Json, expected: str) -> None:
    """Never, on the 1st, the 8th and the 9th at 14:00, and on the 10th at 11:00."""
    joined = (None, "2026-03-01 00:00", "2026-03-08 23:59", "2026-03-09 14:00", "2026-03-10 11:00")
    people = population(*(Person(joined=at(NOON)) for _ in joined))
    vip = [us(at(one)) if one else NEVER for one in joined]
    people.profiles.lists["vip"] = np.array(vip, dtype=np.int64)
    asked = {
        "type": "profile-group-membership",
        "is_member": True,
        "group_ids": ["vip"],
        "timeframe_filter": {"type": "date"} | timeframe,
    }
    assert passing(asked, people) == expected


@pytest.mark.parametrize(
    ("ordered_at", "mails"),
    [
        ("2026-03-10 11:00", ["first", "second"]),
        ("2026-03-10 12:00", ["first", "second"]),
        ("2026-03-10 13:00", ["first"]),
        ("2026-03-12 11:59", ["first"]),
        ("2026-03-12 12:01", ["first", "second"]),
    ],
)
def test_since_starting_this_flow_nothing_has_happened_at_the_entry(
    ordered_at: str, mails: list[str]
) -> None:
    since = {"operator": "flow-start"}
    asked = {"condition_groups": [{"conditions": [ordered(since, "equals", 0)]}]}
    held = flow(email("first"), wait("pause", value=2), email("second"), profile_filter=asked)
    people = population(Person(joined=at(NOON), did=[("Ordered", ordered_at)]))
    rows = tables(run(held, people, SETTING))["sends"]
    assert [row["action"] for row in rows if row["reason"] is None] == mails
