"""Conditions on what is known of a person, or of the event that started the run."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from typing import Literal

from flows.columns import Bools
from flows.conditions.base import Answer, Condition, Names, Need
from flows.filters import ValueFilter
from flows.filters.words import value_words
from flows.problem import Problem
from flows.scene import Scene

_QUOTED = re.compile(r"""(?:properties|location)\[(['"])(.*)\1\]""", re.DOTALL)
_ESCAPED = re.compile(r"""\\(['"\\])""")


def column_name(written: str) -> str:
    """The column that a condition's `property` names: `properties['Tier']` is Tier."""
    found = _QUOTED.fullmatch(written)
    if found:
        return _ESCAPED.sub(r"\1", found[2])
    return written.removeprefix("location.")


class ProfilePropertyCondition(Condition):
    """A property of the person, as it is at the row's time (semantics A.6)."""

    type: Literal["profile-property"]
    property: str
    filter: ValueFilter
    label = "Property of the person"

    @builtins.property
    def name(self) -> str:
        """The column's name."""
        return column_name(self.property)

    def test(self, scene: Scene) -> Bools:
        return self.filter.accepts(scene.column(self.name), scene.now)

    def sentence(self, names: Names) -> str:
        return f"{names(self.name)} {self.filter.sentence()}"

    def explain(self, scene: Scene, names: Names) -> Answer:
        found = value_words(scene.column(self.name).values()[0])
        wanted = self.filter.sentence()
        return Answer(bool(self.test(scene)[0]), f"{names(self.name)}: {found}; wanted: {wanted}")

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="property",
            name=self.name,
            values=self.filter.compared(),
            value_type=self.filter.kind,
        )

    def problems(self, where: str) -> Iterator[Problem]:
        yield from self.filter.problems(f"{where}.filter")


class MetricPropertyCondition(Condition):
    """A property of the event that started the run (semantics A.8)."""

    type: Literal["metric-property"]
    metric_id: str
    field: str
    filter: ValueFilter
    label = "Property of the event"

    @builtins.property
    def words(self) -> str:
        """The property as it is read: `$value` is the value."""
        return self.field.removeprefix("$")

    def test(self, scene: Scene) -> Bools:
        return self.filter.accepts(scene.event_column(self.field), scene.now)

    def sentence(self, names: Names) -> str:
        return f"{self.words} {self.filter.sentence()}"

    def explain(self, scene: Scene, names: Names) -> Answer:
        found = value_words(scene.event_column(self.field).values()[0])
        text = f"{self.words} of {names(self.metric_id)}: {found}; wanted: {self.filter.sentence()}"
        return Answer(bool(self.test(scene)[0]), text)

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="event-property",
            name=self.field,
            metric=self.metric_id,
            values=self.filter.compared(),
            value_type=self.filter.kind,
        )

    def problems(self, where: str) -> Iterator[Problem]:
        yield from self.filter.problems(f"{where}.filter")
