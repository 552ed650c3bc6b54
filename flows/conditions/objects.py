"""Conditions on custom objects: how many a person has, and what the one is that started a run."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import Literal

from flows.columns import Bools, Column, Times
from flows.conditions.base import Answer, Condition, Names, Need
from flows.conditions.metrics import times_words
from flows.conditions.reading import ReadingCondition
from flows.filters import ValueFilter, ValueTest
from flows.filters.allowed import OBJECT, STARTING_OBJECT, unusual
from flows.filters.base import Whole
from flows.filters.numbers import NumericFilter
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene


class WholeNumberFilter(NumericFilter):
    """A whole number compared with another."""

    value: Whole


class ObjectFilter(Part):
    """One test on a property of each object."""

    property_id: Whole
    filter: ValueFilter

    @property
    def property(self) -> str:
        """The id of the property, as text."""
        return str(self.property_id)

    def accepts(self, column: Column, at: Times) -> Bools:
        """Which objects pass: `column` holds the property, `at` the time of asking."""
        return self.filter.accepts(column, at)

    def sentence(self, object_type: str, names: Names) -> str:
        """The test in words, as in “status is “active””."""
        return f"{property_words(object_type, self.property, names)} {self.filter.sentence()}"


class HasCustomObjectCondition(Condition):
    """How many objects of a type a person has that pass every filter (semantics A.6)."""

    type: Literal["profile-has-custom-object"]
    object_type_id: str
    object_type_relationship_id: str
    filter: WholeNumberFilter
    filters: tuple[ObjectFilter, ...]
    label = "Has objects"

    def test(self, scene: Scene) -> Bools:
        return self.filter.holds(scene.object_count(self.object_type_id, self.filters))

    def sentence(self, names: Names) -> str:
        how = times_words(self.filter)
        many = {"zero times": "no", "at least once": "at least one"}.get(how)
        if many is None:
            many = how.removesuffix(" times").replace("once", "1")
        return f"has {many} {names(self.object_type_id)}{self._where(names)}"

    def explain(self, scene: Scene, names: Names) -> Answer:
        found = int(scene.object_count(self.object_type_id, self.filters)[0])
        wanted = self.filter.sentence().removeprefix("is ")
        text = f"{names(self.object_type_id)}{self._where(names)}: {found}, wanted {wanted}"
        return Answer(bool(self.test(scene)[0]), text)

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="object",
            name=self.object_type_id,
            values=self.filter.compared(),
            value_type="numeric",
        )
        for test in self.filters:
            yield Need(
                kind="object",
                name=self.object_type_id,
                property=test.property,
                values=test.filter.compared(),
                value_type=test.filter.kind,
            )

    def problems(self, where: str) -> Iterator[Problem]:
        for i, test in enumerate(self.filters):
            place = f"{where}.filters[{i}].filter"
            yield from test.filter.problems(place)
            yield from unusual(test.filter, OBJECT, place)

    def _where(self, names: Names) -> str:
        tests = [test.sentence(self.object_type_id, names) for test in self.filters]
        return f" where {' and '.join(tests)}" if tests else ""


class CustomObjectPropertyCondition(ReadingCondition):
    """A property, by name, of the custom object that started the run (semantics A.8)."""

    type: Literal["custom-object-property"]
    custom_object_label: str
    field: str
    filter: ValueFilter
    label = "Property of the object, by name"

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter

    @builtins.property
    def topic(self) -> tuple[str, ...]:
        return ("object", self.field)

    def read(self, scene: Scene) -> Column:
        return scene.object_column(self.field)

    def subject(self, names: Names) -> str:
        return f"{self.field} of {self.custom_object_label}"

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="object",
            name=self.custom_object_label,
            property=self.field,
            values=self.filter.compared(),
            value_type=self.filter.kind,
            trigger=True,
        )


class CustomObjectTriggerCondition(ReadingCondition):
    """A property, by id, of the custom object that started the run (semantics A.8)."""

    type: Literal["custom-object-trigger-property"]
    property_id: Whole
    filter: ValueFilter
    label = "Property of the object"
    allowed = STARTING_OBJECT

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter

    @builtins.property
    def topic(self) -> tuple[str, ...]:
        return ("object", str(self.property_id))

    def read(self, scene: Scene) -> Column:
        return scene.object_column(str(self.property_id))

    def subject(self, names: Names) -> str:
        return f"property {self.property_id} of the object"

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="object",
            name="",
            property=str(self.property_id),
            values=self.filter.compared(),
            value_type=self.filter.kind,
            trigger=True,
        )


def property_words(object_type: str, property_id: str, names: Names) -> str:
    """The name of an object's property, else its number."""
    key = f"{object_type}/{property_id}"
    known = names(key)
    return f"property {property_id}" if known == key else known
