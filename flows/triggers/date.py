"""Trigger by a date of a person: a birthday, a renewal, counted backwards if need be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from flows.conditions.base import Names, Need
from flows.face import Face
from flows.problem import Problem
from flows.timing import timing_problems
from flows.triggers.base import Trigger

Recurrence = Literal["annually", "monthly", "weekly", "never"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class DateTrigger(Trigger):
    """A profile property's date, less a span, at a time of day (semantics B.3, date flows)."""

    type: Literal["date"] = "date"
    date_field_type: Literal["profile-property"] = "profile-property"
    date_profile_property: str
    timedelta_value_before_date: int = 0
    timedelta_unit_before_date: Literal["days", "weeks", "months"] = "weeks"
    recurrence_frequency: Recurrence = "monthly"
    timezone: str = "profile"
    trigger_time: str = "09:00:00"
    trigger_days: tuple[Weekday, ...] | None = None
    face = Face("A date", "event", "other", "A date of a person comes near")

    def sentence(self, names: Names) -> str:
        span = self.timedelta_value_before_date
        unit = self.timedelta_unit_before_date[: -1 if span == 1 else None]
        before = f"{span} {unit} before " if span else "On "
        again = "" if self.recurrence_frequency == "never" else f", {self.recurrence_frequency}"
        return f"{before}{names(self.date_profile_property)}{again} at {self.trigger_time[:5]}"

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="property", name=self.date_profile_property, value_type="date", trigger=True
        )

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.date_profile_property:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.date_profile_property",
                text="The trigger names no date, so nobody can enter.",
                fix="Choose the property whose date starts the flow.",
            )
        yield from timing_problems(self, where)
