"""Flows around the examples of the reference: each with what it needs to mean something."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flows.document import Flow
from flows.reference.by_example import examples

Json = dict[str, Any]
_STARTS: dict[str, Json] = {
    "trigger-split": examples("triggers")["metric"],
    "countdown-delay": examples("triggers")["date"],
    "target-date": examples("triggers")["date"],
    "back-in-stock-delay": {"type": "metric", "id": "Subscribed to Back in Stock"},
}
_CODE = examples("actions")["code"]


def flow_of(*, action: Json | None = None, trigger: Json | None = None) -> Flow:
    """A flow around an example: a trigger that suits the step, a step that suits the trigger."""
    action = action or examples("actions")["send-email"]
    before = [_CODE] if action["type"] == "action-output-split" else []
    last = examples("actions")["send-sms"] | {"id": "last"}
    actions = [*before, action, last]
    return Flow.model_validate(
        {
            "rehearsal": 1,
            "id": "F",
            "name": "Example",
            "triggers": [trigger or _STARTS.get(action["type"], examples("triggers")["list"])],
            "entry_action_id": actions[0]["id"],
            "actions": [
                *(_leading(step, following["id"]) for step, following in pairwise(actions)),
                last,
            ],
            "templates": {
                "welcome": {"name": "Welcome", "html": "<p>{% unsubscribe %}</p>"},
                "large-order": {"name": "A large order", "html": "<p>Look!</p>"},
            },
            "stubs": {"code": {"output_config_id": 1, "outputs": {"score": 20}}} if before else {},
        }
    )


def _leading(action: Json, end: str) -> Json:
    """The step with every way leading to the next."""
    if action["type"] == "multi-branch-split":
        branches = [one | {"links": {"next": end}} for one in action["data"]["branches"]]
        return action | {"data": action["data"] | {"branches": branches}}
    return action | {"links": dict.fromkeys(action["links"], end)}
