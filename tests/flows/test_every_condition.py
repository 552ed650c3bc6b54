"""Every condition of the public definition is read, and means for many what it means for one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import pytest
from fake_scene import FakeScene, Happened, scene
from hypothesis import given, settings
from hypothesis import strategies as st
from real_flows import SCHEMAS
from schema_strategies import Schemas

from flows.columns import Value
from flows.conditions import CONDITIONS, Condition, Filter, Names
from flows.conditions.base import Need
from flows.conditions.kinds import condition_kind
from flows.document import Flow
from flows.rules import Rules
from flows.triggers import TRIGGERS, trigger_kind

Json = dict[str, Any]
SIZE = 4
PUBLISHED = json.loads(SCHEMAS.read_text("utf-8")) if SCHEMAS.exists() else {}
MADE = Schemas(PUBLISHED)
NAMES = sorted(name for name in PUBLISHED if name.endswith("Condition"))
TRIGGER_NAMES = sorted(name for name in PUBLISHED if name.endswith("Trigger"))
OTHERS: tuple[Value, ...] = (
    None, "", "active", 0, 1, 2.5, True, False, "2026-03-08", "2025-03-10T23:00:00Z", (), ("a", 1),
)  # fmt: skip
pytestmark = pytest.mark.skipif(
    not PUBLISHED, reason="the public schemas are not beside the repository"
)


class Chances(dict[tuple[str, bool], Sequence[float]]):
    """Draws that are the same for every purpose."""

    def __missing__(self, key: tuple[str, bool]) -> Sequence[float]:
        return (0.1, 0.4, 0.6, 0.9)


def asking(raw: Json) -> Filter:
    return Filter.model_validate({"condition_groups": [{"conditions": [raw]}]})


def condition(raw: Json) -> Condition:
    return asking(raw).condition_groups[0].conditions[0]


@st.composite
def people(draw: st.DrawFn, needs: tuple[Need, ...]) -> FakeScene:
    """Rows that have what the needs name, with values that are compared and others."""

    def values(need: Need) -> list[Value]:
        return draw(
            st.lists(st.sampled_from((*need.values, *OTHERS)), min_size=SIZE, max_size=SIZE)
        )

    made = scene(size=SIZE, chances=Chances(), rules=Rules(postal_codes={"DE/1": (50.0, 10.0)}))
    objects: dict[str, list[list[dict[str, Value]]]] = defaultdict(lambda: [[] for _ in range(4)])
    for need in needs:
        if need.kind in {"property", "predictive", "consent-detail"}:
            made.properties[need.name] = values(need)
        elif need.kind == "event-property" or (need.kind == "item" and need.property):
            made.event[need.property or need.name] = values(need)
        elif need.kind == "object" and need.trigger:
            made.object[need.property] = values(need)
        elif need.kind == "object":
            for row, value in enumerate(values(need)):
                objects[need.name][row].append({need.property: value})
        elif need.kind == "metric":
            made.events = tuple(
                Happened(row, need.name, int(made.now[row]) - 3_600_000_000 * n, 5.0)
                for row in range(SIZE)
                for n in range(row)
            )
    made.objects = dict(objects)
    made.properties |= {"latitude": (50.1, None, 52.0, 0), "longitude": (10, 1, None, 0)}
    return made


def alone(crowd: FakeScene, row: int) -> FakeScene:
    """One row of a scene."""

    def only(columns: dict[str, Any]) -> dict[str, Any]:
        return {name: values[row : row + 1] for name, values in columns.items()}

    return replace(
        crowd,
        now=crowd.now[row : row + 1],
        entered_at=crowd.entered_at[row : row + 1],
        properties=only(crowd.properties),
        event=only(crowd.event),
        object=only(crowd.object),
        objects=only(crowd.objects),
        events=[replace(one, row=0) for one in crowd.events if one.row == row],
        chances=defaultdict(lambda: (Chances()["", True][row],)),
    )


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_condition_is_read_asked_and_told_for_many_as_for_one(
    name: str, data: st.DataObject
) -> None:
    raw = data.draw(MADE.named(name))
    asked = asking(raw)
    crowd = data.draw(people(tuple(asked.needs())))
    together = asked.test(crowd).tolist()
    singly = [alone(crowd, row) for row in range(SIZE)]
    assert condition_kind(raw) in CONDITIONS
    assert asked.to_json()["condition_groups"][0]["conditions"] == [raw]
    assert [found.code for found in asked.problems("$") if found.code in {"F06", "F07"}] == []
    assert together == [bool(asked.test(one)[0]) for one in singly]
    assert together == [asked.explain(one, Names()).holds for one in singly]
    assert asked.sentence(Names())


@pytest.mark.parametrize("name", TRIGGER_NAMES)
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_trigger_is_read_and_told(name: str, data: st.DataObject) -> None:
    raw = data.draw(MADE.named(name))
    trigger = Flow.model_validate({"triggers": [raw]}).triggers[0]
    assert isinstance(trigger, TRIGGERS[trigger_kind(raw)])
    assert trigger.to_json() == raw
    assert trigger.sentence(Names())
    assert {need.trigger for need in trigger.needs()} <= {True}
    assert {found.code for found in trigger.problems("$")}.isdisjoint({"F06", "F07"})


def test_every_known_condition_stands_in_the_public_definition() -> None:
    published = {schema["properties"]["type"]["enum"][0] for schema in map(PUBLISHED.get, NAMES)}
    assert {kind.partition("/")[0] for kind in CONDITIONS} == published
    assert {get_args(kind.model_fields["type"].annotation)[0] for kind in CONDITIONS.values()} == (
        published
    )
