"""Wait for a span of time."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, LinkedAction
from flows.part import Part
from flows.triggers.date import Weekday


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
