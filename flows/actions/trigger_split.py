"""Part people by what started their run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from flows.actions.asking import misread, started_by
from flows.actions.splitting import Question
from flows.conditions import Filter
from flows.conditions.base import Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem

if TYPE_CHECKING:
    from flows.document import Flow

TriggerType = Literal[
    "date", "list", "low-inventory", "metric", "price-drop", "scheduled", "segment"
]
TriggerSubtype = Literal[
    "custom-object", "legacy-custom-object", "profile-property", "profile-trait"
]


class TriggerSplitData(Part):
    """The question about what started the run (semantics B.6)."""

    trigger_filter: Filter | None = None
    trigger_id: str = ""
    trigger_type: TriggerType = "metric"
    trigger_subtype: TriggerSubtype | None = None


class TriggerSplit(Question):
    """Part people by the event, item or object that started their run (semantics A.8, B.6)."""

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
        readable = started_by(flow)
        if not readable:
            yield Problem(
                code="R05",
                severity="error",
                where=where,
                text="This split reads the event that started the flow, but no event starts it.",
                fix="Use a conditional split, or start the flow by a metric.",
            )
        if self.question:
            place = f"{where}.data.trigger_filter"
            yield from self.question.problems(place)
            if readable:
                yield from misread(self.question, flow, place)
