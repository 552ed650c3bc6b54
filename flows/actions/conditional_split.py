"""Part people by what they are or did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions.asking import OUTPUT, STARTED, misplaced
from flows.actions.splitting import Question
from flows.conditions import Filter
from flows.face import Face
from flows.part import Part
from flows.problem import Problem

if TYPE_CHECKING:
    from flows.document import Flow


class ConditionalSplitData(Part):
    """The question; none sends everybody to YES (semantics B.6)."""

    profile_filter: Filter | None = None


class ConditionalSplit(Question):
    """Part people by what they are or did, as of the moment they arrive (semantics B.6)."""

    type: Literal["conditional-split"] = "conditional-split"
    data: ConditionalSplitData | None = None
    face = Face("Conditional split", "call_split", "logic", "Part people by who they are")

    @property
    def question(self) -> Filter | None:
        return self.data.profile_filter if self.data else None

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if self.question:
            place = f"{where}.data.profile_filter"
            yield from self.question.problems(place)
            yield from misplaced(
                self.question, STARTED | OUTPUT, place, why="is not about the person"
            )
