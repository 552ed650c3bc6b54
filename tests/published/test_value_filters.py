"""Value filters, as published in [H:115005062847] (semantics A.9, E1).

A table has a column for each value and a row for each filter; x marks the people who go by YES of
a split that asks the filter about their property, or about the event that they came by.
"""

from __future__ import annotations

from typing import Any

import pytest
from shop_runs import Did, with_events
from small_runs import Json, Person, at, email, flow, on, population, run, tables

from flows.columns import Value

VALUES: tuple[Value, ...] = (
    *(None, "Golf", "Golf Club", "golf", "", "3"),
    *(1, 2.5, 3, True, False),
    *((), ("Golf",), ("Golf", "Tee"), (3, "Cap")),
)


def split_by(asked: Json, kind: str = "conditional-split") -> Json:
    held = {"condition_groups": [{"conditions": [asked]}]}
    data: Json = {"profile_filter": held}
    if kind == "trigger-split":
        data = {"trigger_filter": held, "trigger_id": "Ordered", "trigger_type": "metric"}
    links = {"next_if_true": None, "next_if_false": None}
    return {"id": "split", "type": kind, "data": data, "links": links}


def marks(engine: Any) -> str:
    """The ways that people took, in their order."""
    ways = {s["profile"]: s["way_out"] for s in tables(engine)["steps"] if s["action"] == "split"}
    return "".join("x" if ways[f"p{i}"] == "true" else "." for i in range(len(ways)))


def of_property(test: Json) -> str:
    asked = {"type": "profile-property", "property": "properties['x']", "filter": test}
    joined = at("2026-01-06 10:00")
    people = population(*(Person(joined=joined, properties={"x": value}) for value in VALUES))
    return marks(run(flow(split_by(asked), email("unreached")), people))


def of_event(test: Json) -> str:
    asked = {"type": "metric-property", "metric_id": "Ordered", "field": "x", "filter": test}
    done = [Did(i, "Ordered", "2026-01-06 10:00", {"x": v}) for i, v in enumerate(VALUES)]
    people = with_events(population(*(Person() for _ in VALUES)), *done)
    held = flow(split_by(asked, "trigger-split"), email("unreached"), **on("Ordered"))
    return marks(run(held, people))


def text(operator: str, value: Any) -> Json:
    return {"type": "string", "operator": operator, "value": value}


def number(operator: str, value: float) -> Json:
    return {"type": "numeric", "operator": operator, "value": value}


def items(operator: str, value: Any) -> Json:
    return {"type": "list", "operator": operator, "value": value}


def exists(operator: str) -> Json:
    return {"type": "existence", "operator": operator}


BETWEEN = {"type": "numeric", "operator": "between", "start": 1, "end": 2.5}
YES, NO = ({"type": "boolean", "operator": "equals", "value": value} for value in (True, False))
G, TC = ["Golf"], ["Tee", "Cap"]

TABLE = [
    (text("equals", "Golf"), ".x.... ... .. ...."),
    (text("not-equals", "Golf"), "..xxxx xxx xx xxxx"),
    (text("contains", "Golf"), ".xx... ... .. ...."),
    (text("not-contains", "Golf"), "...xxx xxx xx xxxx"),
    (text("starts-with", "Go"), ".xx... ... .. ...."),
    (text("not-starts-with", "Go"), "...xxx xxx xx xxxx"),
    (text("ends-with", "lf"), ".x.x.. ... .. ...."),
    (text("not-ends-with", "lf"), "..x.xx xxx xx xxxx"),
    (text("regex", "^[Gg]olf$"), ".x.x.. ... .. ...."),
    (text("nregex", "^[Gg]olf$"), "..x.xx xxx xx xxxx"),
    (text("in", ["Golf", "3"]), ".x...x ... .. ...."),
    (text("not-in", ["Golf", "3"]), "..xxx. xxx xx xxxx"),
    (number("equals", 3), "...... ..x .. ...."),
    (number("not-equals", 3), ".xxxxx xx. xx xxxx"),
    (number("greater-than", 2.5), "...... ..x .. ...."),
    (number("greater-than-or-equal", 2.5), "...... .xx .. ...."),
    (number("less-than", 2.5), "...... x.. .. ...."),
    (number("less-than-or-equal", 2.5), "...... xx. .. ...."),
    (BETWEEN, "...... xx. .. ...."),
    (YES, "...... ... x. ...."),
    (NO, "...... ... .x ...."),
    (exists("is-set"), ".xxxxx xxx xx xxxx"),
    (exists("not-set"), "x..... ... .. ...."),
    (items("contains", "Golf"), "...... ... .. .xx."),
    (items("not-contains", "Golf"), ".xxxxx xxx xx x..x"),
    (items("contains-all", ["Golf", "Tee"]), "...... ... .. ..x."),
    (items("not-contains-all", ["Golf", "Tee"]), ".xxxxx xxx xx xx.x"),
    (items("contains-any", TC), "...... ... .. ..xx"),
    (items("not-contains-any", TC), ".xxxxx xxx xx xx.."),
    (items("contains-substring", "ol"), "...... ... .. .xx."),
    (items("not-contains-substring", "ol"), ".xxxxx xxx xx x..x"),
    (items("length-equals", 1), "...... ... .. .x.."),
    (items("length-greater-than", 1), "...... ... .. ..xx"),
    (items("length-greater-than-or-equal", 1), "...... ... .. .xxx"),
    (items("length-less-than", 1), "...... ... .. x..."),
    (items("length-less-than-or-equal", 1), "...... ... .. xx.."),
]
"""Columns: unset, Golf, Golf Club, golf, empty text, “3”; 1, 2.5, 3; true, false; no items, Golf,
Golf and Tee, 3 and Cap."""


def named(part: Any) -> str:
    return "" if isinstance(part, str) else f"{part['operator']} {part.get('value', '')}"


@pytest.mark.parametrize(("test", "expected"), TABLE, ids=named)
def test_a_split_asks_a_property(test: Json, expected: str) -> None:
    assert of_property(test) == expected.replace(" ", "")


@pytest.mark.parametrize(("test", "expected"), TABLE, ids=named)
def test_a_trigger_split_asks_the_event(test: Json, expected: str) -> None:
    assert of_event(test) == expected.replace(" ", "")


def entering(asked: Json | None) -> int:
    """How many of all enter a flow whose filter asks this."""
    joined = at("2026-01-06 10:00")
    people = population(*(Person(joined=joined, properties={"x": value}) for value in VALUES))
    return run(flow(email("mail"), profile_filter=asked), people).counts.flows[0].enrolled


def groups(*several: list[Json]) -> Json:
    asked = {"type": "profile-property", "property": "properties['x']"}
    return {
        "condition_groups": [
            {"conditions": [asked | {"filter": test} for test in tests]} for tests in several
        ]
    }


@pytest.mark.parametrize(
    ("asked", "passing"),
    [
        (None, 15),
        (groups(), 15),
        (groups([]), 15),
        (groups([text("equals", "Golf")]), 1),
        (groups([text("equals", "Golf"), text("equals", "golf")]), 2),
        (groups([text("equals", "Golf")], [text("equals", "golf")]), 0),
        (groups([text("contains", "Golf")], [text("contains", "Club")]), 1),
        (groups([text("contains", "Golf")], []), 2),
    ],
)
def test_groups_must_all_hold_and_in_a_group_one_condition(
    asked: Json | None, passing: int
) -> None:
    assert entering(asked) == passing
