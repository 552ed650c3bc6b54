"""Steps of flows beside those of `small_runs`, and what a run sent, in short."""

from __future__ import annotations

from typing import Any

from small_runs import Json, email, tables

from simulator.engine import Engine

END: Json = {"next": None}
GOLD: Json = {
    "condition_groups": [
        {
            "conditions": [
                {
                    "type": "profile-property",
                    "property": "properties['tier']",
                    "filter": {"type": "string", "operator": "equals", "value": "gold"},
                }
            ]
        }
    ]
}
"""A filter that people of the tier gold pass."""


def sent(engine: Engine) -> list[tuple[str, str, str | None]]:
    """Step, time and reason of every message tried."""
    return [
        (row["action"], f"{row['at']:%m-%d %H:%M}", row["reason"])
        for row in tables(engine)["sends"]
    ]


def entered(engine: Engine) -> list[tuple[str, str]]:
    """Who entered, and when, of every run."""
    return [
        (row["profile"], f"{row['entered_at']:%Y-%m-%d %H:%M}")
        for row in tables(engine)["enrolments"]
    ]


def with_status(action: Json, status: str) -> Json:
    """The same step with another status."""
    return action | {"data": action["data"] | {"status": status}}


def update(name: str, *operations: Json) -> Json:
    """A step that changes the person."""
    data = {"profile_operations": list(operations), "status": "live"}
    return {"id": name, "type": "update-profile", "data": data}


def put(key: str, value: Any, kind: str = "string", **more: Any) -> Json:
    """An operation that sets a property."""
    head = {"operator": "update", "property_type": kind, "property_key": key}
    return head | {"property_value": value} | more


def membership(name: str, group: str, *, add: bool) -> Json:
    """A step that adds to a list or takes off it."""
    data = {"name": "", "list_id": group, "on_execution": add, "status": "live"}
    return {"id": name, "type": "list-update", "data": data}


def hook(name: str, url: str | None = "https://example.com/hook") -> Json:
    """A webhook step."""
    message = {"url": url, "headers": {}, "body": "{}"}
    return {"id": name, "type": "send-webhook", "data": {"message": message, "status": "live"}}


def experiment(name: str, *versions: Json, state: str = "live", **more: Any) -> Json:
    """An A/B test of these versions."""
    held = {"id": "e", "name": "test", "variations": list(versions)} | more
    main = email("main") | {"links": END}
    data = {
        "status": "live",
        "experiment_status": state,
        "main_action": main,
        "current_experiment": held,
    }
    return {"id": name, "type": "ab-test", "data": data}
