"""Every question that a flow asks, with its place: filters, branches and what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flows.actions.base import Action
from flows.actions.multi_branch_split import MultiBranchSplit
from flows.actions.splitting import Question
from flows.conditions import Filter
from flows.conditions.base import Condition
from flows.document import Flow
from flows.messages import messages
from flows.places import path, steps

Role = Literal["trigger", "profile", "split", "branch", "message"]
_NAMES = {
    "conditional-split": "profile_filter",
    "trigger-split": "trigger_filter",
    "action-output-split": "action_output_filter",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter, where it stands, and the step that asks; None for the flow itself."""

    where: str
    filter: Filter
    role: Role
    action: Action | None = None

    @property
    def action_id(self) -> str | None:
        """The id of the step that asks."""
        return self.action.key if self.action else None


def filters(flow: Flow) -> Iterator[Asked]:
    """Every filter of the flow, in document order."""
    for i, trigger in enumerate(flow.triggers):
        held = getattr(trigger, "trigger_filter", None)
        if isinstance(held, Filter):
            yield Asked(path("triggers", i, "trigger_filter"), held, "trigger")
    if flow.profile_filter:
        yield Asked("$.profile_filter", flow.profile_filter, "profile")
    for where, action in steps(flow):
        yield from _of(action, where)


def question(action: Action) -> Filter | None:
    """What a split with YES and NO asks."""
    return action.question if isinstance(action, Question) else None


def conditions(asked: Asked) -> Iterator[tuple[str, Condition]]:
    """Every condition of a filter with its place."""
    for i, group in enumerate(asked.filter.condition_groups):
        for j, condition in enumerate(group.conditions):
            yield f"{asked.where}.condition_groups[{i}].conditions[{j}]", condition


def _of(action: Action, where: str) -> Iterator[Asked]:
    held = question(action)
    if held:
        yield Asked(f"{where}.data.{_NAMES[action.type]}", held, "split", action)
    if isinstance(action, MultiBranchSplit) and action.data:
        for i, branch in enumerate(action.data.branches):
            if branch.branch_filter:
                place = f"{where}.data.branches[{i}].branch_filter"
                yield Asked(place, branch.branch_filter, "branch", action)
    for place, message in messages(action, where):
        if message.additional_filters:
            yield Asked(
                f"{place}.additional_filters", message.additional_filters, "message", action
            )
