"""Waiting for an item, and services that do nothing for the person."""

from __future__ import annotations

import numpy as np
import pytest
from fake_scene import at, scene, times
from small_actions import AS_IS, NAMES, found, made, notes
from small_flows import Json

from flows.actions.base import EXIT
from flows.columns import NEVER
from flows.document import Flow
from flows.rules import Rules

ASKED: Json = {"type": "metric", "id": "Subscribed to Back in Stock"}


def waiting(status: str = "live", *, start: Json = ASKED, message: bool = True) -> Flow:
    """A flow that waits for an item, then waits two days, then sends."""
    mail = {"id": "m", "type": "send-email", "data": {"message": {}, "status": status}}
    later = {"id": "d", "type": "time-delay", "data": {"value": 2}, "links": {"next": "m"}}
    hold = {"id": "x", "type": "back-in-stock-delay", "links": {"next": "d"}}
    steps = [hold, later, mail] if message else [hold | {"links": {"next": None}}]
    return Flow.model_validate({"triggers": [start], "actions": steps})


def test_people_wait_until_the_item_is_back() -> None:
    back = times("2026-03-09T00:00:00", "2026-03-20T00:00:00", "2026-03-20T00:00:00")
    back[2] = NEVER
    people = scene(size=3, flow=waiting(), stock=back)

    step = people.flow.action("x").advance(people)

    assert step.way.tolist() == [0, 0, 0]
    assert step.leave_at.tolist() == [at("2026-03-10T12:00:00"), at("2026-03-20"), NEVER]


@pytest.mark.parametrize(
    ("status", "rules", "way"),
    [
        ("live", AS_IS, 0),
        ("manual", AS_IS, 0),
        ("draft", AS_IS, EXIT),
        ("disabled", AS_IS, EXIT),
        ("draft", Rules(), 0),
        ("disabled", Rules(), EXIT),
    ],
)
def test_nobody_waits_for_a_message_that_is_not_live(status: str, rules: Rules, way: int) -> None:
    people = scene(flow=waiting(status), rules=rules)

    assert people.flow.action("x").advance(people).way.tolist() == [way]


def test_the_first_message_behind_decides_not_a_later_one() -> None:
    flow = waiting("draft")
    more = {"id": "n", "type": "send-email", "data": {"message": {}, "status": "live"}}
    steps = [one.to_json() for one in flow.actions]
    steps[2]["links"] = {"next": "n"}
    both = Flow.model_validate({"triggers": [ASKED], "actions": [*steps, more]})
    people = scene(flow=both, rules=AS_IS)

    assert both.action("x").advance(people).way.tolist() == [EXIT]


def test_a_wait_for_stock_says_when_the_item_is_back() -> None:
    here = scene(flow=waiting(), stock=times("2026-03-20T08:00:00"))
    never = scene(flow=waiting(), stock=np.array([NEVER]))
    step = here.flow.action("x")

    assert step.explain(here, NAMES) == "The item can be bought at 20 Mar 2026 08:00 UTC."
    assert step.explain(never, NAMES) == "The item does not come back in this run."


@pytest.mark.parametrize(
    ("start", "names", "codes"),
    [
        (ASKED, {}, []),
        ({"type": "metric", "id": "UiZD2S"}, {}, []),
        ({"type": "metric", "id": "UiZD2S"}, {"UiZD2S": "Subscribed to Back in Stock"}, []),
        ({"type": "metric", "id": "UiZD2S"}, {"UiZD2S": "Placed Order"}, ["R19"]),
        ({"type": "metric", "id": "Placed Order"}, {}, ["R19"]),
        ({"type": "list", "id": "LIST"}, {}, ["R19"]),
    ],
)
def test_only_asking_for_an_item_starts_a_wait_for_it(
    start: Json, names: dict[str, str], codes: list[str]
) -> None:
    flow = waiting(start=start).model_copy(update={"names": names})

    assert [code for code, _ in found(flow.action("x"), flow)] == codes


def test_a_wait_for_stock_without_a_message_is_found() -> None:
    flow = waiting(message=False)

    assert found(flow.action("x"), flow) == [("R20", "$")]


SERVICES = [
    ({"service_method_type": "schedule-report", "report_id": "R"}, "Write report R"),
    ({"service_method_type": "schedule-report-builder-report", "report_id": "R"}, "Write report R"),
    ({"service_method_type": "track-event", "event_key": "Refund"}, "Record Refund"),
    ({"service_method_type": "track-event"}, "Record an event"),
    (
        {"service_method_type": "unknown"},
        "A service of the account",
    ),
    (None, "No service chosen yet"),
]


@pytest.mark.parametrize(("service", "sentence"), SERVICES)
def test_a_service_is_named(service: Json | None, sentence: str) -> None:
    assert made("internal-service", {"service_configuration": service}).sentence(NAMES) == sentence


@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("live", None),
        ("draft", "Draft Pass-through"),
        ("disabled", "Disabled Pass-through"),
        ("manual", "Needs Review"),
    ],
)
def test_a_service_changes_nothing_for_the_person(status: str, note: str | None) -> None:
    action = made("internal-service", {"service_configuration": SERVICES[0][0], "status": status})

    step = action.advance(scene(rules=AS_IS))

    assert (step.way.tolist(), step.changes, step.sends) == ([0], (), None)
    assert notes(step) == [note]
