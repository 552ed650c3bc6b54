"""Wait until a span before the date that started the flow."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, LinkedAction
from flows.part import Part
from flows.triggers.date import Weekday


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
