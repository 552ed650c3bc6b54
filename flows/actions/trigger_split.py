"""Part people by the event that started their run."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, SplittingAction
from flows.conditions import Filter
from flows.part import Part


class TriggerSplitData(Part):
    """The question about the event (semantics B.6)."""

    trigger_filter: Filter | None = None
    trigger_id: str = ""
    trigger_type: str = "metric"
    trigger_subtype: str | None = None


class TriggerSplit(SplittingAction):
    """Part people by the event that started their run (semantics B.6)."""

    type: Literal["trigger-split"] = "trigger-split"
    data: TriggerSplitData | None = None
    face = Face("Trigger split", "alt_route", "logic", "Part people by the event that started it")
