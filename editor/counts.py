"""The numbers of a run as the canvas shows them, and what of them has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from editor.skeleton import TRIGGER
from simulator.report import ActionReport, FlowReport, Progress

CardCount: TypeAlias = tuple[int, int, int | None]
"""Arrived, waiting, sent (None: not known or no message)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """People by card and by edge id (`action:way`)."""

    cards: Mapping[str, CardCount] = field(default_factory=dict)
    edges: Mapping[str, int] = field(default_factory=dict)
    running: bool = False

    @classmethod
    def of_progress(cls, progress: Progress, flow: int, entry: str | None) -> Counts:
        """Of a run on its way; `flow` is the flow's place in the run, `entry` its first step."""
        arrived, left = progress.arrived[flow], progress.left[flow]
        cards = {
            key: (count, count - sum(left.get(key, {}).values()), None)
            for key, count in arrived.items()
        }
        entered = arrived.get(entry or "", 0)
        return cls({TRIGGER: (entered, 0, None)} | cards, _edges(left, entered), running=True)

    @classmethod
    def of_report(cls, report: FlowReport) -> Counts:
        """Of a finished run."""
        cards: dict[str, CardCount] = {
            key: (action.arrived, action.waiting, _sent(action))
            for key, action in report.actions.items()
        }
        left = {key: action.left for key, action in report.actions.items()}
        trigger: CardCount = (report.enrolled, 0, None)
        return cls({TRIGGER: trigger} | cards, _edges(left, report.enrolled))

    def since(self, before: Counts) -> dict[str, Any]:
        """What the page must be told so that it shows these instead of `before`; maybe nothing."""
        if before.cards.keys() - self.cards.keys() or before.edges.keys() - self.edges.keys():
            return {"reset": True} | self._but({}, {})
        news = self._but(before.cards, before.edges)
        if not news["cards"] and not news["edges"] and before.running == self.running:
            return {}
        return news

    def _but(self, cards: Mapping[str, CardCount], edges: Mapping[str, int]) -> dict[str, Any]:
        return {
            "cards": {key: n for key, n in self.cards.items() if cards.get(key) != n},
            "edges": {key: n for key, n in self.edges.items() if edges.get(key) != n},
            "running": self.running,
        }


def _sent(action: ActionReport) -> int | None:
    """Nought only where messages were due."""
    return action.sent if action.sent or action.skipped else None


def _edges(left: Mapping[str, Mapping[str, int]], entered: int) -> dict[str, int]:
    ways = {f"{key}:{way}": n for key, by_way in left.items() for way, n in by_way.items()}
    return {f"{TRIGGER}:next": entered} | ways
