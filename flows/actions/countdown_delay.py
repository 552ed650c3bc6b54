"""Wait until a span before the date that started the flow."""

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
from flows.timing import countdown_moment, timing_problems
from flows.triggers.date import Weekday
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


class CountdownDelay(DateWait):
    """Wait until a span before the date of a date flow (semantics B.3)."""

    type: Literal["countdown-delay"] = "countdown-delay"
    data: CountdownDelayData
    face = Face("Countdown", "hourglass_top", "timing", "Wait until a while before the date")

    def sentence(self, names: Names) -> str:
        return countdown_sentence(self.data)

    def due(self, scene: Scene) -> Times:
        return countdown_moment(scene.target_day, scene.zone(self.data.timezone), self.data)

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        yield from super().problems(flow, where)
        yield from timing_problems(self.data, f"{where}.data")
