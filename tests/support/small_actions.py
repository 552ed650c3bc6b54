"""Steps made from their data alone, and what they did in short."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import TypeAdapter
from small_flows import Json

from flows.actions import Action, AnyAction, reasons
from flows.actions.base import Step
from flows.conditions.base import Names
from flows.document import Flow
from flows.rules import Rules
from flows.scene import Consent

_READ: TypeAdapter[Action] = TypeAdapter(AnyAction)
NAMES = Names({"LIST": "Newsletter"})
AS_IS = Rules(as_live=False)
LIVE: Json = {"status": "live"}


def made(kind: str, data: Any = None, **more: Any) -> Action:
    """A step of this type with the id `x`."""
    return _READ.validate_python({"id": "x", "type": kind, "data": data, **more})


def agreed(*status: int) -> Consent:
    """Consent of this status, a row each; nobody is suppressed."""
    size = len(status)
    return Consent(
        np.array(status, dtype=np.int8), np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    )


def told(step: Step) -> list[str | None]:
    """What became of each row's message: its reason, or None where it was sent."""
    assert step.sends is not None
    return [reasons.NOTES[code] if code >= 0 else None for code in step.sends.reason.tolist()]


def notes(step: Step) -> list[str | None]:
    """What the step noted of each row."""
    codes = step.note.tolist() if step.note is not None else [-1] * len(step.way)
    return [reasons.NOTES[code] if code >= 0 else None for code in codes]


def found(action: Action, flow: Flow | None = None) -> list[tuple[str, str]]:
    """Code and place of each problem."""
    return [(one.code, one.where) for one in action.problems(flow or Flow(), "$")]
