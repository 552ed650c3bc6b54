"""Wait until a span before the date that started the flow."""

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
from flows.timing import countdown_moment, timing_problems
from flows.triggers.date import DateTrigger, Weekday
from flows.wording import countdown_sentence

if TYPE_CHECKING:
    from flows.document import Flow


class CountdownDelayData(Part):
    """The span before the date (semantics A.3)."""

    unit: Literal["days", "weeks", "months"] = "days"
    value: int = 0
    timezone: str = "profile"
    delay_until_time: str | None = None
    delay_until_weekdays: tuple[Weekday, ...] | None = None


class CountdownDelay(LinkedAction):
    """Wait until a span before the date of a date flow (semantics B.3)."""

    type: Literal["countdown-delay"] = "countdown-delay"
    data: CountdownDelayData
    face = Face("Countdown", "hourglass_top", "timing", "Wait until a while before the date")

    def sentence(self, names: Names) -> str:
        return countdown_sentence(self.data)

    def advance(self, scene: Scene) -> Step:
        if not scene.flow.acts_after(self.key, as_live=scene.rules.as_live):
            return leaving_early(scene)
        due = countdown_moment(scene.target_day, scene.zone(self.data.timezone), self.data)
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
