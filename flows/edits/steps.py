"""Edits of whole steps: put one in, move it, double it, take it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.actions.base import Action
from flows.actions.messages import Template
from flows.document import Flow
from flows.edits.copies import copied
from flows.edits.links import (
    check_slot,
    cut,
    follower,
    fresh_id,
    last_place,
    placed,
    stem,
    with_actions,
    with_link,
    without,
)
from flows.edits.making import starter_templates
from flows.errors import ImpossibleEditError
from flows.graph import Slot, descendants, incoming, meeting, owned
from flows.stubs import CodeStub

DROP_ALL = "*"
"""For `remove`: keep none of a split's branches, only what stands behind where they meet."""


def insert(flow: Flow, action: Action, at: Slot, *, follow: str | None = None) -> Flow:
    """Put a new step at a place; what stood there follows its way `follow`, else its first.

    An email whose template bears the step's own id and is not there yet gets a plain one.
    """
    check_slot(flow, at)
    if not action.key or action.key in flow.by_id:
        raise ImpossibleEditError(f"A step with the id “{action.key}” cannot be put in.")
    rest = follower(flow, at)
    new = cut(action)
    if rest is not None:
        new = _followed(new, follow, rest)
    flow = with_actions(flow, placed(flow.actions, [new], at.action_id))
    return _with_templates(with_link(flow, at, new.key), starter_templates(new))


def paste(
    flow: Flow,
    actions: Sequence[Action],
    at: Slot,
    *,
    templates: Mapping[str, Template] | None = None,
    stubs: Mapping[str, CodeStub] | None = None,
) -> Flow:
    """Put in copies of steps, linked among themselves as they were, the first as the head.

    `templates` and `stubs` are those of the flow they were copied from. What stood there follows
    the last step on the path of first ways.
    """
    check_slot(flow, at)
    if not actions:
        return flow
    rest, new_ids = follower(flow, at), _new_ids(flow, actions)
    copies = [copied(action, new_ids, flow, templates or flow.templates) for action in actions]
    flow = with_actions(flow, placed(flow.actions, [copy for copy, _ in copies], at.action_id))
    for _, brought in copies:
        flow = _with_templates(flow, brought)
    flow = _with_stubs(flow, new_ids, flow.stubs if stubs is None else stubs)
    head = new_ids[actions[0].key]
    if rest is not None:
        flow = with_link(flow, last_place(flow, head, new_ids.values()), rest)
    return with_link(flow, at, head)


def duplicate(flow: Flow, action_id: str) -> Flow:
    """Put a copy behind a step, with an id and templates of its own; a split's copy is bare."""
    action = flow.action(action_id)
    ways = action.ways()
    if not ways:
        raise ImpossibleEditError(f"Nothing can follow the step “{action_id}”.")
    return paste(flow, [cut(action)], Slot(action_id, ways[0].name))


def remove(flow: Flow, action_id: str, keep_way: str | None = None) -> Flow:
    """Take a step out; what it led to by `keep_way` moves up to what led to it.

    Without a choice the first way with something behind it is kept; DROP_ALL keeps what stands
    where all ways meet again. Steps and templates that nothing needs any more go as well.
    """
    kept = _kept(flow, action_id, keep_way)
    spared = {kept, *descendants(flow, kept)} if kept else set()
    gone = {action_id} | (owned(flow, action_id) - spared)
    for slot in incoming(flow)[action_id]:
        flow = with_link(flow, slot, kept)
    return without(flow, gone)


def move(flow: Flow, action_id: str, to: Slot) -> Flow:
    """Put a step somewhere else; a split takes along what stands between it and its meeting."""
    check_slot(flow, to)
    block = _block(flow, action_id)
    if to.action_id in block:
        if len(flow.action(action_id).ways()) < 2:
            return flow
        raise ImpossibleEditError("A split cannot stand behind itself.")
    exits = [
        Slot(one, way.name)
        for one in block
        for way in flow.action(one).ways()
        if way.target in flow.by_id and way.target not in block
    ]
    ends = {follower(flow, slot) for slot in exits}
    if len(ends) > 1:
        raise ImpossibleEditError("The paths of this split lead to several places of the flow.")
    for slot in incoming(flow)[action_id]:
        if slot.action_id not in block:
            flow = with_link(flow, slot, next(iter(ends), None))
    rest = follower(flow, to)
    for slot in exits or [last_place(flow, action_id, block)]:
        flow = with_link(flow, slot, rest)
    moved = [action for action in flow.actions if action.key in block]
    others = [action for action in flow.actions if action.key not in block]
    return with_link(with_actions(flow, placed(others, moved, to.action_id)), to, action_id)


def connect(flow: Flow, at: Slot, end: str | None) -> Flow:
    """Let a place lead to a step that is there already, or to the end; no loops."""
    check_slot(flow, at)
    if end is not None and at.action_id in {flow.action(end).key, *descendants(flow, end)}:
        raise ImpossibleEditError("This link would lead people round in a circle.")
    return with_link(flow, at, end)


def _followed(action: Action, way: str | None, rest: str) -> Action:
    names = [one.name for one in action.ways()]
    if not names or (way is not None and way not in names):
        raise ImpossibleEditError("What stands here cannot follow the new step.")
    return action.with_way(way or names[0], rest)


def _kept(flow: Flow, action_id: str, keep_way: str | None) -> str | None:
    ways = {way.name: way.target for way in flow.action(action_id).ways()}
    if keep_way == DROP_ALL:
        kept = meeting(flow, action_id)
    elif keep_way is None:
        kept = next((end for end in ways.values() if end in flow.by_id), None)
    elif keep_way in ways:
        kept = ways[keep_way]
    else:
        raise ImpossibleEditError(f"Step “{action_id}” has no way out called “{keep_way}”.")
    return kept if kept in flow.by_id and kept != action_id else None


def _block(flow: Flow, action_id: str) -> list[str]:
    """The step and, for a split, what stands between it and where its ways meet again."""
    if len(flow.action(action_id).ways()) < 2:
        return [action_id]
    met = meeting(flow, action_id)
    beyond = {met, *descendants(flow, met)} if met else set()
    inner = owned(flow, action_id) - beyond
    return [action_id, *(a.key for a in flow.actions if a.key in inner)]


def _new_ids(flow: Flow, actions: Sequence[Action]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for action in actions:
        ids[action.key] = fresh_id(stem(action.type), flow, taken=ids.values())
    return ids


def _with_stubs(flow: Flow, new_ids: Mapping[str, str], held: Mapping[str, CodeStub]) -> Flow:
    """The copies of code steps give what their originals give."""
    new = {new_ids[old]: stub for old, stub in held.items() if old in new_ids}
    return flow.model_copy(update={"stubs": flow.stubs | new}) if new else flow


def _with_templates(flow: Flow, more: Mapping[str, Template]) -> Flow:
    new = {key: template for key, template in more.items() if key not in flow.templates}
    return flow.model_copy(update={"templates": flow.templates | new}) if new else flow
