"""Stand-ins for code steps, whose code no definition carries: the outputs they shall give."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from flows.conditions import Filter
from flows.part import Part


class StubCase(Part):
    """Outputs for those who pass `when`."""

    when: Filter
    outputs: dict[str, Any]


class CodeStub(Part):
    """What a code step gives: the outputs of the first case that holds, else the fixed ones.

    `output_config_id` is the number by which conditions on outputs name the step (semantics A.8,
    B.11); without it the stub answers for every number that no other stub of the flow claims.
    """

    output_config_id: int | None = None
    cases: tuple[StubCase, ...] = ()
    outputs: dict[str, Any] = Field(default_factory=dict)
