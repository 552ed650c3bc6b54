"""Edits of the paths of a multi split."""

from __future__ import annotations

from flows.actions.base import Links
from flows.actions.multi_branch_split import (
    MOST_PATHS,
    Branch,
    MultiBranchSplit,
    MultiBranchSplitData,
)
from flows.document import Flow
from flows.edits.links import follower, with_action, with_link, without
from flows.errors import ImpossibleEditError
from flows.graph import Slot, incoming, owned


def add_branch(flow: Flow, action_id: str, name: str | None = None) -> Flow:
    """Add an empty path to a multi split, before everyone else."""
    split = _split(flow, action_id)
    if len(split.ways()) >= MOST_PATHS:
        raise ImpossibleEditError(f"A split has at most {MOST_PATHS} paths.")
    held = _branches(split)
    number = len([branch for branch in held if not branch.is_else]) + 1
    ids = {branch.branch_id for branch in held}
    new_id = next(one for n in range(1, MOST_PATHS + 1) if (one := f"path-{n}") not in ids)
    new = Branch(
        branch_id=new_id,
        order=1 + max((branch.order or 0 for branch in held), default=-1),
        is_else=False,
        name=name or f"Path {number}",
        branch_filter=None,
        links=Links(next=None),
    )
    rest = tuple(branch for branch in held if branch.is_else)
    asked = tuple(branch for branch in held if not branch.is_else)
    return with_action(flow, _with_branches(split, (*asked, new, *rest)))


def remove_branch(flow: Flow, action_id: str, branch_id: str) -> Flow:
    """Take a path out of a multi split, with the steps that only it leads to."""
    split = _split(flow, action_id)
    branch = next((one for one in _branches(split) if one.branch_id == branch_id), None)
    if branch is None:
        raise ImpossibleEditError(f"Step “{action_id}” has no path “{branch_id}”.")
    if branch.is_else:
        raise ImpossibleEditError("The path for everyone else always stays.")
    slot = Slot(action_id, branch_id)
    head = follower(flow, slot)
    alone = head is not None and incoming(flow)[head] == (slot,)
    gone = {head, *owned(flow, head)} - {action_id} if head and alone else set()
    flow = with_link(flow, slot, None)
    left = tuple(one for one in _branches(split) if one.branch_id != branch_id)
    return without(with_action(flow, _with_branches(split, left)), gone)


def _split(flow: Flow, action_id: str) -> MultiBranchSplit:
    action = flow.action(action_id)
    if not isinstance(action, MultiBranchSplit):
        raise ImpossibleEditError(f"Step “{action_id}” is no multi split.")
    return action


def _branches(split: MultiBranchSplit) -> tuple[Branch, ...]:
    return split.data.branches if split.data else ()


def _with_branches(split: MultiBranchSplit, branches: tuple[Branch, ...]) -> MultiBranchSplit:
    data = split.data or MultiBranchSplitData()
    return split.model_copy(update={"data": data.model_copy(update={"branches": branches})})
