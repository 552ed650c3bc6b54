"""The conditions a flow may ask, in one union; an unknown type is kept as it came."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Discriminator, Tag

from flows.columns import Bools
from flows.conditions.base import Condition
from flows.part import Part
from flows.scene import Scene


class OpaqueCondition(Condition):
    """A type we do not know yet: kept as it came, and never the reason that somebody stays out."""

    known: ClassVar[bool] = False

    def test(self, scene: Scene) -> Bools:
        return np.ones(len(scene), dtype=np.bool_)


_KNOWN: frozenset[str] = frozenset()


def _tag(raw: Any) -> str:
    name = raw.get("type") if isinstance(raw, dict) else getattr(raw, "type", None)
    return name if name in _KNOWN else "opaque"


AnyCondition = Annotated[
    Annotated[OpaqueCondition, Tag("opaque")],
    Discriminator(_tag),
]


class ConditionGroup(Part):
    """Conditions of which one must hold; an empty group holds (semantics E1)."""

    conditions: tuple[AnyCondition, ...]


class Filter(Part):
    """Groups which must all hold; no groups hold for everybody (semantics A.1, E1)."""

    condition_groups: tuple[ConditionGroup, ...]
