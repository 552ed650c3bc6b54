"""What code steps gave to each run, read back by conditions on outputs (semantics A.8, E21)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from flows.columns import Column, Scalar, Value

if TYPE_CHECKING:
    from flows.document import Flow
    from flows.scene import Scene
    from flows.stubs import CodeStub


def output_column(flow: Flow, scene: Scene, output_config_id: int, field: str) -> Column:
    """One output of the step that this number names, per row; unset where it gave none.

    Where several steps answer for the number, the last one written that the run came by counts.
    """
    found = Column.unset(len(scene))
    for action_id, stub in answering(flow, output_config_id):
        told = scene.remembered(action_id)
        rows = np.flatnonzero(told >= 0)
        given = Column.of(_choices(stub, field)).take(told[rows])
        found = found.put(rows, given)
    return found


def answering(flow: Flow, output_config_id: int) -> Iterator[tuple[str, CodeStub]]:
    """The steps that give the outputs of this number: who claims it, else who claims none."""
    held = [(key, flow.stubs[key]) for key in (a.key for a in flow.actions) if key in flow.stubs]
    claimed = [(key, stub) for key, stub in held if stub.output_config_id == output_config_id]
    yield from claimed or [(key, stub) for key, stub in held if stub.output_config_id is None]


def _choices(stub: CodeStub, field: str) -> list[Value]:
    """The output in each case, then without any: a case that says nothing gives the fixed one."""
    fixed = as_value(stub.outputs.get(field))
    return [*(as_value(case.outputs.get(field, fixed)) for case in stub.cases), fixed]


def as_value(given: Any) -> Value:
    """An output as conditions compare it: texts, numbers, true or false, and lists of these."""
    if isinstance(given, list | tuple):
        return tuple(one for one in given if isinstance(one, Scalar))
    return given if isinstance(given, Scalar) else None
