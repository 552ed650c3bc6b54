"""Part people by the event that started their run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from flows.actions.splitting import Question
from flows.conditions import Filter
from flows.conditions.base import Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.triggers.metric import MetricTrigger

if TYPE_CHECKING:
    from flows.document import Flow


class TriggerSplitData(Part):
    """The question about the event (semantics B.6)."""

    trigger_filter: Filter | None = None
    trigger_id: str = ""
    trigger_type: str = "metric"
    trigger_subtype: str | None = None


class TriggerSplit(Question):
    """Part people by the event that started their run (semantics B.6)."""

    type: Literal["trigger-split"] = "trigger-split"
    data: TriggerSplitData | None = None
    face = Face("Trigger split", "alt_route", "logic", "Part people by the event that started it")

    @property
    def question(self) -> Filter | None:
        return self.data.trigger_filter if self.data else None

    def needs(self) -> Iterator[Need]:
        for need in super().needs():
            yield replace(need, trigger=True) if need.kind == "event-property" else need

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not isinstance(flow.trigger, MetricTrigger):
            yield Problem(
                code="R05",
                severity="error",
                where=where,
                text="This split reads the event that started the flow, but no event starts it.",
                fix="Use a conditional split, or start the flow by a metric.",
            )
        if self.question:
            yield from self.question.problems(f"{where}.data.trigger_filter")
