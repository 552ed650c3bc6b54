"""Stand-ins for code steps, whose code no definition carries: the outputs they shall give."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from flows.conditions import Filter
from flows.part import Part
from flows.scene import Scene


class StubCase(Part):
    """Outputs for those who pass `when`."""

    when: Filter
    outputs: dict[str, Any]


class CodeStub(Part):
    """What a code step gives: the outputs of the first case that holds, else the fixed ones.

    `output_config_id` is the number by which conditions on outputs name the step (semantics A.8,
    B.11); without it the stub answers for every number that no other stub of the flow claims.
    What is given is read back by `flows.outputs`.
    """

    output_config_id: int | None = None
    cases: tuple[StubCase, ...] = ()
    outputs: dict[str, Any] = Field(default_factory=dict)

    def chosen(self, scene: Scene) -> NDArray[np.int16]:
        """Per row the place of the first case that holds; how many there are where none does."""
        case = np.full(len(scene), len(self.cases), dtype=np.int16)
        for i in reversed(range(len(self.cases))):
            case[self.cases[i].when.test(scene, place=f"case-{i}:")] = i
        return case
