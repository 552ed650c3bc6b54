"""Wait for the date itself."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, LinkedAction
from flows.part import Part
from flows.triggers.date import Weekday


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
