"""The condition on what a code step gave."""

from __future__ import annotations

import builtins
from typing import Literal

from flows.columns import Column
from flows.conditions.base import Names
from flows.conditions.reading import ReadingCondition
from flows.filters import ValueFilter, ValueTest
from flows.filters.allowed import OUTPUT
from flows.filters.base import Whole
from flows.outputs import output_column
from flows.scene import Scene


class ActionOutputCondition(ReadingCondition):
    """An output of a code step; what no step gave is unset (semantics A.8, E21)."""

    type: Literal["action-output"]
    output_config_id: Whole
    field: str
    filter: ValueFilter
    label = "Output of a code step"
    allowed = OUTPUT

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter

    @builtins.property
    def topic(self) -> tuple[str, ...]:
        return ("output", str(self.output_config_id), self.field)

    def read(self, scene: Scene) -> Column:
        return output_column(scene.flow, scene, self.output_config_id, self.field)

    def subject(self, names: Names) -> str:
        return f"the output {self.field}"
