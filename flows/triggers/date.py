"""Triggers by a date: a birthday of a person, the renewal of something a person has."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Literal

from flows.columns import Column
from flows.conditions.base import Names, Need
from flows.conditions.objects import property_words
from flows.conditions.properties import column_name
from flows.face import Face
from flows.filters.base import Whole
from flows.problem import Problem
from flows.scene import Scene
from flows.timing import timing_problems
from flows.triggers.base import Trigger

Recurrence = Literal["annually", "monthly", "weekly", "never"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class DateTrigger(Trigger):
    """The base of triggers by a date, less a span, at a time of day (semantics B.3, date flows)."""

    type: Literal["date"] = "date"
    date_field_type: Literal["profile-property", "custom-object"]
    timedelta_value_before_date: Whole = 0
    timedelta_unit_before_date: Literal["days", "weeks", "months"] = "weeks"
    recurrence_frequency: Recurrence = "monthly"
    timezone: str = "profile"
    trigger_time: str = "09:00:00"
    trigger_days: tuple[Weekday, ...] | None = None

    @property
    @abstractmethod
    def date_name(self) -> str:
        """The name of the property that holds the date: of the person, or of the object."""

    @abstractmethod
    def dates(self, scene: Scene) -> Column:
        """The date of every run as it is written now."""

    @abstractmethod
    def words(self, names: Names) -> str:
        """The date in words, as in “birthday”."""

    def sentence(self, names: Names) -> str:
        span = self.timedelta_value_before_date
        unit = self.timedelta_unit_before_date[: -1 if span == 1 else None]
        before = f"{span} {unit} before " if span else "On "
        again = "" if self.recurrence_frequency == "never" else f", {self.recurrence_frequency}"
        return f"{before}{self.words(names)}{again} at {self.trigger_time[:5]}"

    def problems(self, where: str) -> Iterator[Problem]:
        yield from timing_problems(self, where)
        yield from super().problems(where)


class ProfileDateTrigger(DateTrigger):
    """A profile property's date, less a span, at a time of day (semantics B.3, date flows)."""

    date_field_type: Literal["profile-property"] = "profile-property"
    date_profile_property: str
    face = Face("A date", "event", "other", "A date of a person comes near")

    @property
    def date_name(self) -> str:
        return column_name(self.date_profile_property)

    def dates(self, scene: Scene) -> Column:
        return scene.column(self.date_name)

    def words(self, names: Names) -> str:
        return names(self.date_name)

    def needs(self) -> Iterator[Need]:
        yield Need(kind="property", name=self.date_name, value_type="date", trigger=True)

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.date_profile_property:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.date_profile_property",
                text="The trigger names no date, so nobody can enter.",
                fix="Choose the property whose date starts the flow.",
            )
        yield from super().problems(where)


class ObjectDateTrigger(DateTrigger):
    """The date of a custom object that a person has; each object starts runs of its own (B.3)."""

    date_field_type: Literal["custom-object"] = "custom-object"
    custom_object_label: str
    custom_object_property_id: Whole
    object_type_id: str
    object_type_relationship_id: str
    face = Face("A date of an object", "event_note", "other", "A date of something they have")

    @property
    def date_name(self) -> str:
        return str(self.custom_object_property_id)

    def dates(self, scene: Scene) -> Column:
        return scene.object_column(self.date_name)

    def words(self, names: Names) -> str:
        own = property_words(self.object_type_id, self.date_name, names)
        what = self.custom_object_label or names(self.object_type_id) or "something they have"
        return f"{own} of {what}"

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="object",
            name=self.object_type_id,
            property=self.date_name,
            value_type="date",
            trigger=True,
        )

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.object_type_id:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.object_type_id",
                text="The trigger names no type of object, so nobody can enter.",
                fix="Give the id of the type whose objects have the date.",
            )
        yield from super().problems(where)
