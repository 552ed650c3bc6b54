"""Where the steps and links of a flow stand in its document, as JSON paths."""

from __future__ import annotations

from collections.abc import Iterator

from flows.actions.base import Action, OpaqueAction, SplittingAction
from flows.actions.multi_branch_split import MultiBranchSplit
from flows.document import Flow
from flows.graph import Slot
from flows.paths import path


def steps(flow: Flow) -> Iterator[tuple[str, Action]]:
    """Every step with its path, as written."""
    for i, action in enumerate(flow.actions):
        yield path("actions", i), action


def where_is(flow: Flow, action_id: str) -> str:
    """The path of the step with this id, the last one if there are several."""
    found = [where for where, action in steps(flow) if action.key == action_id]
    return found[-1] if found else "$.actions"


def where_leads(flow: Flow, slot: Slot) -> str:
    """The path of the link behind a way out."""
    if slot.action_id is None:
        return "$.entry_action_id"
    where, action = where_is(flow, slot.action_id), flow.action(slot.action_id)
    if isinstance(action, MultiBranchSplit):
        ids = [branch.branch_id for branch in action.branches]
        return path("data", "branches", ids.index(slot.way), "links", "next", root=where)
    if isinstance(action, SplittingAction):
        return f"{where}.links.next_if_{slot.way}"
    if isinstance(action, OpaqueAction):
        return path(*action.place_of(slot.way), root=where)
    return path("links", slot.way, root=where)


__all__ = ["path", "steps", "where_is", "where_leads"]
