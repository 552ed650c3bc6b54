"""Part people by what a code step gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions.asking import STARTED, misplaced
from flows.actions.splitting import Question
from flows.conditions import Filter
from flows.face import Face
from flows.part import Part
from flows.problem import Problem

if TYPE_CHECKING:
    from flows.document import Flow


class ActionOutputSplitData(Part):
    """The question about the outputs; none sends everybody to YES (semantics B.6)."""

    action_output_filter: Filter | None = None


class ActionOutputSplit(Question):
    """Part people by what a code step gave; an output that is missing is NO (A.8, E21)."""

    type: Literal["action-output-split"] = "action-output-split"
    data: ActionOutputSplitData | None = None
    face = Face("Output split", "output", "logic", "Part people by what code gave")

    @property
    def question(self) -> Filter | None:
        return self.data.action_output_filter if self.data else None

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if self.question is None:
            return
        place = f"{where}.data.action_output_filter"
        yield from self.question.problems(place)
        yield from misplaced(self.question, STARTED, place, why="reads no output of code")
        if self.question.condition_groups and not any(a.type == "code" for a in flow.actions):
            yield Problem(
                code="R14",
                severity="error",
                where=place,
                text="The split asks for outputs of code, but no step of the flow runs code.",
                fix="Put a code step before it, or use a conditional split.",
            )
