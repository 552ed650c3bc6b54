"""Wait for a span of time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import numpy as np

from flows.actions.base import EXIT, LinkedAction, Step
from flows.actions.reasons import CODE, NOTES, NOTHING_LIVE_AHEAD
from flows.actions.telling import moment, why_done
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene
from flows.timing import delay_until, timing_problems
from flows.triggers.date import Weekday
from flows.wording import delay_sentence

if TYPE_CHECKING:
    from flows.document import Flow


class TimeDelayData(Part):
    """A span, and for days the time of day and weekdays to wait for (semantics B.3)."""

    unit: Literal["minutes", "hours", "days"] = "days"
    value: int
    secondary_value: int | None = None
    timezone: str = "profile"
    delay_until_time: str | None = None
    delay_until_weekdays: tuple[Weekday, ...] | None = None


class TimeDelay(LinkedAction):
    """Wait for a span of time (semantics B.3)."""

    type: Literal["time-delay"] = "time-delay"
    data: TimeDelayData
    face = Face("Time delay", "schedule", "timing", "Wait before the next step")

    def sentence(self, names: Names) -> str:
        return delay_sentence(self.data)

    def advance(self, scene: Scene) -> Step:
        if not scene.flow.acts_after(self.key, as_live=scene.rules.as_live):
            return leaving_early(scene)
        leave_at = delay_until(scene.now, scene.zone(self.data.timezone), self.data)
        return Step(np.zeros(len(scene), dtype=np.int16), leave_at)

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        zone = scene.zone(self.data.timezone).values()[0]
        ends = f"It ends {moment(int(step.leave_at[0]))} UTC, by the clock of {zone}."
        return why_done(scene, step, names, done=ends)

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        yield from timing_problems(self.data, f"{where}.data")


def leaving_early(scene: Scene) -> Step:
    """A delay with no live step anywhere after it is skipped: everybody leaves (semantics B.3)."""
    note = np.full(len(scene), CODE[NOTHING_LIVE_AHEAD], dtype=np.int16)
    return Step(np.full(len(scene), EXIT, dtype=np.int16), scene.now, note, NOTES)
