"""What every condition answers: for which rows of a scene it holds, and why for one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from flows.columns import Bools, Value
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something a flow names, with the values it compares with: what an audience must bring.

    - `object`: custom objects of the type `name` (an id, else a label); with `property` (its id or
      name) a property of theirs, without one how many each person has.
    - `predictive`: the reserved column `name`, as in `predictive_analytics.churn_probability`.
    - `consent-detail`: the reserved column `name` about how consent came, as in
      `consent.email.method`, `suppression.email.bounced_at` or `permission.whatsapp_marketing`.
    - `postal-code`: people at about `values` kilometres from the place `name`, as in `US/02116`.
    - `item`: for the triggers `name` = `price-drop` or `low-inventory`, changes of the catalogue
      about the threshold in `values`; with `property` a property of the events they make.
    """

    kind: Literal[
        "metric",
        "list",
        "segment",
        "group",
        "property",
        "event-property",
        "object",
        "predictive",
        "consent-detail",
        "postal-code",
        "item",
    ]
    name: str
    metric: str = ""
    """For an event property: the metric whose events carry it."""
    property: str = ""
    """For an object or an item: the property that is compared."""
    values: tuple[Value, ...] = ()
    value_type: Literal["string", "numeric", "boolean", "date", "list", "existence"] = "string"
    trigger: bool = False
    """The need belongs to what starts the flow."""


class Names:
    """Readable names for ids, given by the user or a file; an unknown id stands for itself."""

    def __init__(self, names: dict[str, str] | None = None) -> None:
        self._names = names or {}

    def __call__(self, identifier: str) -> str:
        return self._names.get(identifier, identifier)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a condition held for one person, and the sentence with operands that says why."""

    holds: bool
    why: str


class Condition(Part):
    """The base of all conditions; `type` tells them apart."""

    type: str
    label: ClassVar[str] = "Condition"
    known: ClassVar[bool] = True

    def test(self, scene: Scene) -> Bools:
        """True for each row of the scene for which the condition holds at that row's time."""
        return np.zeros(len(scene), dtype=np.bool_)

    def sentence(self, names: Names) -> str:
        """The condition in words, as in “has placed order zero times since starting this flow”."""
        return self.label

    def explain(self, scene: Scene, names: Names) -> Answer:
        """The answer for a scene of one row, with the operand values that gave it."""
        return Answer(bool(self.test(scene)[0]), self.sentence(names))

    def needs(self) -> Iterator[Need]:
        """What the condition reads."""
        yield from ()

    def problems(self, where: str) -> Iterator[Problem]:
        """What is wrong with the condition by itself; `where` is its JSON path."""
        yield from ()
