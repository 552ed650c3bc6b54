"""Part people by what they are or did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions.base import SplittingAction, Step
from flows.actions.splitting import part_by, why_parted
from flows.conditions import Filter
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


class ConditionalSplitData(Part):
    """The question; none sends everybody to YES (semantics B.6)."""

    profile_filter: Filter | None = None


class ConditionalSplit(SplittingAction):
    """Part people by what they are or did, as of the moment they arrive (semantics B.6)."""

    type: Literal["conditional-split"] = "conditional-split"
    data: ConditionalSplitData | None = None
    face = Face("Conditional split", "call_split", "logic", "Part people by who they are")

    @property
    def question(self) -> Filter | None:
        """What is asked; None where nothing is."""
        return self.data.profile_filter if self.data else None

    def sentence(self, names: Names) -> str:
        return self.question.sentence(names) if self.question else "No condition yet: all go YES"

    def advance(self, scene: Scene) -> Step:
        return part_by(scene, self.question)

    def explain(self, scene: Scene, names: Names) -> str:
        return why_parted(scene, self.question, names)

    def needs(self) -> Iterator[Need]:
        if self.question:
            yield from self.question.needs()

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if self.question:
            yield from self.question.problems(f"{where}.data.profile_filter")
