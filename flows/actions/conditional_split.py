"""Part people by what they are or did."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, SplittingAction
from flows.conditions import Filter
from flows.part import Part


class ConditionalSplitData(Part):
    """The question; none sends everybody to YES (semantics B.6)."""

    profile_filter: Filter | None = None


class ConditionalSplit(SplittingAction):
    """Part people by what they are or did, as of the moment they arrive (semantics B.6)."""

    type: Literal["conditional-split"] = "conditional-split"
    data: ConditionalSplitData | None = None
    face = Face("Conditional split", "call_split", "logic", "Part people by who they are")
