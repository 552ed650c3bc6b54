"""Part people over several paths, the first that fits."""

from __future__ import annotations

from typing import Any, Literal

from flows.actions.base import Action, Face, Links, Way
from flows.conditions import Filter
from flows.part import Part


class Branch(Part):
    """One path: its question, or everyone else."""

    branch_id: str
    order: int | None = None
    is_else: bool = False
    name: str | None = None
    branch_filter: Filter | None = None
    links: Links | None = None


class MultiBranchSplitData(Part):
    """The paths, asked in order."""

    name: str = ""
    branches: tuple[Branch, ...] = ()


class MultiBranchSplit(Action):
    """Part people over several paths, the first that fits (semantics B.6)."""

    type: Literal["multi-branch-split"] = "multi-branch-split"
    links: Any = None
    data: MultiBranchSplitData | None = None
    face = Face("Multi split", "account_tree", "logic", "Part people over several paths")

    def ways(self) -> tuple[Way, ...]:
        branches = self.data.branches if self.data else ()
        return tuple(
            Way(
                branch.branch_id,
                branch.links.next if branch.links else None,
                branch.name or ("Everyone else" if branch.is_else else f"Path {i + 1}"),
            )
            for i, branch in enumerate(branches)
        )

    def with_way(self, name: str, target: str | None) -> MultiBranchSplit:
        data = self.data or MultiBranchSplitData()
        if name not in {branch.branch_id for branch in data.branches}:
            raise KeyError(name)
        branches = tuple(
            branch.model_copy(update={"links": (branch.links or Links()).model_copy(
                update={"next": target})})
            if branch.branch_id == name else branch
            for branch in data.branches
        )
        return self.model_copy(update={"data": data.model_copy(update={"branches": branches})})
