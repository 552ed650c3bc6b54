"""Part people over several paths, the first that fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from flows.actions.asking import misread
from flows.actions.base import EXIT, Action, Links, Step, Way
from flows.conditions import Filter
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


MOST_PATHS = 20
"""Paths of one split at most, everyone else included (semantics B.6)."""


class Branch(Part):
    """One path: its question, or everyone else."""

    branch_id: str
    order: int | None = None
    is_else: bool = False
    name: str | None = None
    branch_filter: Filter | None = None
    links: Links | None = None

    @property
    def question(self) -> Filter | None:
        """What the path asks; None where it asks nothing, which nobody fits (semantics E1)."""
        groups = self.branch_filter.condition_groups if self.branch_filter else ()
        return self.branch_filter if any(group.conditions for group in groups) else None


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

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The paths as written; everyone else may stand anywhere and is asked last."""
        return self.data.branches if self.data else ()

    def ways(self) -> tuple[Way, ...]:
        return tuple(
            Way(
                branch.branch_id,
                branch.links.next if branch.links else None,
                branch.name or ("Everyone else" if branch.is_else else f"Path {i + 1}"),
            )
            for i, branch in enumerate(self.branches)
        )

    def with_way(self, name: str, target: str | None) -> MultiBranchSplit:
        if name not in {branch.branch_id for branch in self.branches}:
            raise KeyError(name)
        data = self.data or MultiBranchSplitData()
        branches = tuple(
            _linked(branch, target) if branch.branch_id == name else branch
            for branch in self.branches
        )
        return self.model_copy(update={"data": data.model_copy(update={"branches": branches})})

    def sentence(self, names: Names) -> str:
        named = self.data.name if self.data else ""
        return named or f"The first that fits of {len(self.branches)} paths"

    def _asked(self) -> list[tuple[int, Branch]]:
        paths = [(i, branch) for i, branch in enumerate(self.branches) if not branch.is_else]
        return sorted(paths, key=lambda path: (path[1].order is None, path[1].order or 0))

    def advance(self, scene: Scene) -> Step:
        rest = next((i for i, branch in enumerate(self.branches) if branch.is_else), EXIT)
        way = np.full(len(scene), rest, dtype=np.int16)
        undecided = np.ones(len(scene), dtype=np.bool_)
        for i, branch in self._asked():
            if branch.question:
                taken = undecided & branch.question.test(scene, place=f"{branch.branch_id}:")
                way[taken] = i
                undecided &= ~taken
        return Step(way, scene.now)

    def explain(self, scene: Scene, names: Names) -> str:
        for i, branch in self._asked():
            if branch.question:
                answer = branch.question.explain(scene, names, place=f"{branch.branch_id}:")
                if answer.holds:
                    return f"{self.ways()[i].label}: {answer.why}"
        return "Everyone else: no path before it fits."

    def needs(self) -> Iterator[Need]:
        for branch in self.branches:
            if branch.branch_filter:
                yield from branch.branch_filter.needs()

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        place = f"{where}.data.branches"
        for i, branch in enumerate(self.branches):
            if branch.branch_filter:
                asked = f"{place}[{i}].branch_filter"
                yield from branch.branch_filter.problems(asked)
                yield from misread(branch.branch_filter, flow, asked)
        if len(self.branches) > MOST_PATHS:
            yield Problem(
                code="R16",
                severity="error",
                where=place,
                text=f"The split has {len(self.branches)} paths; {MOST_PATHS} is the most.",
                fix="Take paths away, or put a second split behind one of them.",
            )
        yield from self._about_the_rest(place)

    def _about_the_rest(self, place: str) -> Iterator[Problem]:
        """What is wrong with the path for everyone else: it stands once, and last (B.6)."""
        rest = [i for i, branch in enumerate(self.branches) if branch.is_else]
        if not rest:
            yield Problem(
                code="R06",
                severity="error",
                where=place,
                text="There is no path for everyone else, so who fits no path leaves the flow.",
                fix="Add the path “Everyone else”.",
            )
        for i in rest[1:]:
            yield Problem(
                code="R17",
                severity="error",
                where=f"{place}[{i}].is_else",
                text="A second path is for everyone else, so nobody takes it.",
                fix="Give it a question, or take it away.",
            )
        if rest and rest[0] != len(self.branches) - 1:
            yield Problem(
                code="R18",
                severity="warning",
                where=f"{place}[{rest[0]}]",
                text="The path for everyone else does not stand last, though it is taken last.",
                fix="Let it stand behind the others.",
            )


def _linked(branch: Branch, target: str | None) -> Branch:
    links = (branch.links or Links()).model_copy(update={"next": target})
    return branch.model_copy(update={"links": links})
