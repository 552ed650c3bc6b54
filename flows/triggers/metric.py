"""Trigger by an event: each matching event starts a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from flows.conditions import Filter
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.problem import Problem
from flows.triggers.base import Trigger

STARTS_NOTHING = frozenset({"Opened Email", "Clicked Email", "Received Email"})
"""Metrics whose events start no flow, by name (semantics B.1)."""


class MetricTrigger(Trigger):
    """Each event of the metric that passes the filter starts the flow (semantics B.1)."""

    type: Literal["metric"] = "metric"
    id: str | None = None
    trigger_filter: Filter | None = None
    face = Face(
        "Did something", "bolt", "other", "Someone does something, such as start a checkout"
    )

    def sentence(self, names: Names) -> str:
        start = _done(names(self.id)) if self.id else "did something"
        asked = self.trigger_filter
        where = f" where {asked.sentence(names)}" if asked and asked.condition_groups else ""
        return f"Someone {start}{where}"

    def needs(self) -> Iterator[Need]:
        if self.id:
            yield Need(kind="metric", name=self.id, trigger=True)
        if self.trigger_filter:
            for need in self.trigger_filter.needs():
                yield replace(need, trigger=True)

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.id:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.id",
                text="The trigger names no metric, so nobody can enter.",
                fix="Choose the metric whose events start the flow.",
            )
        if self.trigger_filter:
            yield from self.trigger_filter.problems(f"{where}.trigger_filter")


def _done(metric: str) -> str:
    """“started checkout” for a metric that is named by what people did, else “did ...”."""
    words = metric.split()
    return metric.lower() if len(words) > 1 and words[0].endswith("ed") else f"did {metric}"
