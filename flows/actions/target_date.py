"""Wait for the date itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import numpy as np

from flows.actions.base import EXIT, LinkedAction, Step
from flows.actions.gate import leaving_on_moved_date
from flows.actions.telling import moment
from flows.actions.time_delay import leaving_early
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene
from flows.timing import target_moment, timing_problems
from flows.triggers.date import DateTrigger, Weekday
from flows.wording import target_sentence

if TYPE_CHECKING:
    from flows.document import Flow


class TargetDateData(Part):
    """The time of day on the date, and weekdays to roll to (semantics A.3)."""

    timezone: str = "profile"
    target_time: str = "09:00:00"
    target_days: tuple[Weekday, ...] | None = None


class TargetDate(LinkedAction):
    """The anchor of a date flow: wait for the date itself (semantics B.3)."""

    type: Literal["target-date"] = "target-date"
    data: TargetDateData
    face = Face("Target date", "event_available", "timing", "Wait for the date itself")

    def sentence(self, names: Names) -> str:
        return target_sentence(self.data)

    def advance(self, scene: Scene) -> Step:
        if not scene.flow.acts_after(self.key, as_live=scene.rules.as_live):
            return leaving_early(scene)
        due = target_moment(scene.target_day, scene.zone(self.data.timezone), self.data)
        leave_at = np.maximum(due, scene.now)
        return leaving_on_moved_date(scene, Step(np.zeros(len(scene), dtype=np.int16), leave_at))

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        if step.way[0] == EXIT:
            return "The date has moved, or no live step comes after: the person leaves."
        return f"{self.sentence(names)}: until {moment(int(step.leave_at[0]))} UTC."

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not isinstance(flow.trigger, DateTrigger):
            yield Problem(
                code="R04",
                severity="error",
                where=where,
                text="This step waits for a date, but the flow is not started by one.",
                fix="Use a time delay, or start the flow by a date.",
            )
        yield from timing_problems(self.data, f"{where}.data")
