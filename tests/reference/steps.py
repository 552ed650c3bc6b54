"""What each type of action does to a run that comes to it."""

from __future__ import annotations

from typing import Any

from tests.reference import acting, delays
from tests.reference.asking import Asking
from tests.reference.code import ran
from tests.reference.conditions import passes
from tests.reference.done import Done, next_of
from tests.reference.flow import Flow, first_messages
from tests.reference.shop import back_at

SPLITS = {
    "conditional-split": "profile_filter",
    "trigger-split": "trigger_filter",
    "action-output-split": "action_output_filter",
}
"""Where each split in two keeps its question."""


def step(flow: Flow, action: dict[str, Any], asking: Asking) -> Done:
    """One action, for one run, at this moment."""
    kind = action["type"]
    if kind in {"time-delay", "countdown-delay", "target-date"}:
        return _wait(flow, action, asking)
    if kind == "back-in-stock-delay":
        return _wait_for_item(flow, action, asking)
    if kind == "code":
        return Done("next", next_of(action), asking.now, outputs=ran(flow, action, asking))
    if kind in SPLITS:
        name = SPLITS[kind]
        holds = passes((action.get("data") or {}).get(name), asking)
        way = "true" if holds else "false"
        return Done(way, (action.get("links") or {}).get(f"next_if_{way}"), asking.now)
    if kind == "multi-branch-split":
        return _branch(action, asking)
    return acting.act(flow, action, asking)


def _wait(flow: Flow, action: dict[str, Any], asking: Asking) -> Done:
    if not flow.acts_after(action["id"]):
        return Done("exit", None, asking.now)
    if action["type"] != "time-delay" and acting.date_changed(flow, asking):
        return Done("exit", None, asking.now, ended="date changed")
    data, zone = action["data"], asking.person.zone
    if action["type"] == "time-delay":
        end = delays.delay_end(data, asking.now, zone)
    elif asking.occurrence is None:
        end = asking.now
    elif action["type"] == "countdown-delay":
        end = delays.countdown_end(data, asking.occurrence, zone)
    else:
        end = delays.target_end(data, asking.occurrence, zone)
    return Done("next", next_of(action), max(end, asking.now))


def _wait_for_item(flow: Flow, action: dict[str, Any], asking: Asking) -> Done:
    """Until the item is back; for nothing where no first message behind is live or manual."""
    first = first_messages(flow, action["id"])
    if not any(flow.status(one) in {"live", "manual"} for one in first):
        return Done("exit", None, asking.now)
    minimum = (asking.rules.get("back_in_stock") or {}).get("minimum", 1)
    back = back_at(asking.shop, asking.event, asking.now, minimum)
    return Done("next", next_of(action), back)


def _branch(action: dict[str, Any], asking: Asking) -> Done:
    branches = action["data"]["branches"]
    tried = [one for one in branches if not one.get("is_else")]
    if all(one.get("order") is not None for one in tried):
        tried.sort(key=lambda one: one["order"])
    for one in tried:
        question = one.get("branch_filter") or {}
        groups = question.get("condition_groups") or []
        asked = any(group["conditions"] for group in groups)
        place = asking.at_place(f"{one['branch_id']}:")
        if asked and passes(question, place):
            return Done(one["branch_id"], (one.get("links") or {}).get("next"), asking.now)
    last = next(one for one in branches if one.get("is_else"))
    return Done(last["branch_id"], (last.get("links") or {}).get("next"), asking.now)
