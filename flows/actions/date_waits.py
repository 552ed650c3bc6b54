"""What the delays that count towards the date of a date flow share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from flows.actions.base import LinkedAction, Step
from flows.actions.gate import leaving_on_moved_date
from flows.actions.telling import moment, why_done
from flows.actions.time_delay import leaving_early
from flows.columns import Times
from flows.conditions.base import Names
from flows.problem import Problem
from flows.scene import Scene
from flows.triggers.date import DateTrigger

if TYPE_CHECKING:
    from flows.document import Flow


class DateWait(LinkedAction):
    """The base of delays until a moment about the date; one that is past holds nobody (B.3)."""

    @abstractmethod
    def due(self, scene: Scene) -> Times:
        """The moment to wait for, per row."""

    def advance(self, scene: Scene) -> Step:
        if not scene.flow.acts_after(self.key, as_live=scene.rules.as_live):
            return leaving_early(scene)
        step = Step(np.zeros(len(scene), dtype=np.int16), np.maximum(self.due(scene), scene.now))
        return leaving_on_moved_date(scene, step)

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        ends = f"It ends {moment(int(step.leave_at[0]))} UTC."
        return why_done(scene, step, names, done=ends)

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not isinstance(flow.trigger, DateTrigger):
            yield Problem(
                code="R04",
                severity="error",
                where=where,
                text="This step waits for a date, but the flow is not started by one.",
                fix="Use a time delay, or start the flow by a date.",
            )
