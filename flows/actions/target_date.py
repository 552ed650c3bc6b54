"""Wait for the date itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions.date_waits import DateWait
from flows.columns import Times
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene
from flows.timing import target_moment, timing_problems
from flows.triggers.date import Weekday
from flows.wording import target_sentence

if TYPE_CHECKING:
    from flows.document import Flow


class TargetDateData(Part):
    """The time of day on the date, and weekdays to roll to (semantics A.3)."""

    timezone: str = "profile"
    target_time: str = "09:00:00"
    target_days: tuple[Weekday, ...] | None = None


class TargetDate(DateWait):
    """The anchor of a date flow: wait for the date itself (semantics B.3)."""

    type: Literal["target-date"] = "target-date"
    data: TargetDateData
    face = Face("Target date", "event_available", "timing", "Wait for the date itself")

    def sentence(self, names: Names) -> str:
        return target_sentence(self.data)

    def due(self, scene: Scene) -> Times:
        return target_moment(scene.target_day, scene.zone(self.data.timezone), self.data)

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        yield from super().problems(flow, where)
        yield from timing_problems(self.data, f"{where}.data")
