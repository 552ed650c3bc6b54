"""What all edits rest on: the same flow with other steps or links, and the names of new steps."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flows.actions.base import Action
from flows.document import Flow
from flows.errors import ImpossibleEditError
from flows.graph import Slot, target
from flows.messages import templates_used


def with_actions(flow: Flow, actions: Iterable[Action]) -> Flow:
    """The flow with these steps instead of its own."""
    return flow.model_copy(update={"actions": tuple(actions)})


def with_action(flow: Flow, action: Action) -> Flow:
    """The flow with this step in the place of the one with its id."""
    return with_actions(flow, (action if a.key == action.key else a for a in flow.actions))


def with_link(flow: Flow, slot: Slot, end: str | None) -> Flow:
    """The flow in which the place leads to another step, or to the end."""
    if target(flow, slot) == end:
        return flow
    if slot.action_id is None:
        return flow.model_copy(update={"entry_action_id": end})
    return with_action(flow, flow.action(slot.action_id).with_way(slot.way, end))


def without(flow: Flow, gone: Collection[str]) -> Flow:
    """The flow without these steps, their stubs and the templates that only they used."""
    left = [action for action in flow.actions if action.key not in gone]
    unused = templates_used(flow.actions) - templates_used(left)
    flow = with_actions(flow, left)
    kept = {
        "templates": {key: held for key, held in flow.templates.items() if key not in unused},
        "stubs": {key: held for key, held in flow.stubs.items() if key not in gone},
    }
    changed = {name: held for name, held in kept.items() if held != getattr(flow, name)}
    return flow.model_copy(update=changed) if changed else flow


def check_slot(flow: Flow, slot: Slot) -> None:
    """ImpossibleEditError unless the flow has this place."""
    if slot.action_id is None:
        return
    action = flow.by_id.get(slot.action_id)
    if action is None:
        raise ImpossibleEditError(f"There is no step “{slot.action_id}” to place this behind.")
    if slot.way not in {way.name for way in action.ways()}:
        raise ImpossibleEditError(f"Step “{slot.action_id}” has no way out called “{slot.way}”.")


def follower(flow: Flow, slot: Slot) -> str | None:
    """The step that the place leads to; None at the end and where the link is broken."""
    end = target(flow, slot)
    return end if end in flow.by_id else None


def cut(action: Action) -> Action:
    """The step with every way out leading to the end."""
    for way in action.ways():
        if way.target is not None:
            action = action.with_way(way.name, None)
    return action


def placed(actions: Iterable[Action], new: Iterable[Action], behind: str | None) -> list[Action]:
    """The steps with new ones written behind the one with this id, or first of all."""
    listed = list(actions)
    at = next((i + 1 for i, action in enumerate(listed) if action.key == behind), 0)
    return [*listed[:at], *new, *listed[at:]]


def last_place(flow: Flow, action_id: str, within: Iterable[str] | None = None) -> Slot:
    """Where the path ends that starts here and takes each first way, staying `within`."""
    known = set(within) if within is not None else set(flow.by_id)
    seen = {action_id}
    while True:
        ways = flow.action(action_id).ways()
        if not ways:
            raise ImpossibleEditError(f"Nothing can follow the step “{action_id}”.")
        end = ways[0].target
        if end is None or end not in known or end in seen:
            return Slot(action_id, ways[0].name)
        seen.add(end)
        action_id = end


def fresh_id(stem: str, flow: Flow, *, taken: Iterable[str] = ()) -> str:
    """A short id that the flow does not know yet: `email-1`, `email-2`, ..."""
    used = {*flow.by_id, *flow.templates, *taken}
    number = 1
    while f"{stem}-{number}" in used:
        number += 1
    return f"{stem}-{number}"


def stem(type_name: str) -> str:
    """What ids of steps of this type begin with."""
    return type_name.removeprefix("send-") or "step"
