"""Wait until the item that somebody asked for can be bought again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import numpy as np

from flows.actions.base import LinkedAction, Step, acting
from flows.actions.telling import moment, why_done
from flows.actions.time_delay import leaving_early
from flows.columns import NEVER
from flows.conditions.base import Names
from flows.face import Face
from flows.metrics import BACK_IN_STOCK
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


class BackInStockDelay(LinkedAction):
    """Wait until the item that somebody asked for can be bought again (semantics B.9)."""

    type: Literal["back-in-stock-delay"] = "back-in-stock-delay"
    face = Face("Back in stock", "inventory", "timing", "Wait until the item is back in stock")

    def sentence(self, names: Names) -> str:
        return "Wait until the item is back in stock"

    def advance(self, scene: Scene) -> Step:
        if not self._queues(scene.flow, as_live=scene.rules.as_live):
            return leaving_early(scene)
        leave_at = np.maximum(scene.restocked(), scene.now)
        return Step(np.zeros(len(scene), dtype=np.int16), leave_at)

    def _queues(self, flow: Flow, *, as_live: bool) -> bool:
        """Whether anybody waits: only where the first message behind is live (semantics B.9)."""
        return not acting(as_live=as_live).isdisjoint(_next_messages(flow, self.key))

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        at = int(step.leave_at[0])
        ends = f"The item can be bought at {moment(at)} UTC."
        done = "The item does not come back in this run." if at == NEVER else ends
        return why_done(scene, step, names, done=done)

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not _may_start(flow):
            yield Problem(
                code="R19",
                severity="error",
                where=where,
                text=f"This step waits for an item, but “{BACK_IN_STOCK}” does not start the flow.",
                fix=f"Start the flow by the metric “{BACK_IN_STOCK}”, or use a time delay.",
            )
        if not any(_next_messages(flow, self.key)):
            yield Problem(
                code="R20",
                severity="error",
                where=where,
                text="No message comes after the wait, so nobody waits for the item.",
                fix="Put the message behind it that says the item is back.",
            )


def _may_start(flow: Flow) -> bool:
    """Whether the metric starts the flow; an id that nobody has named may be the metric's."""
    identifier = getattr(flow.trigger, "id", None)
    if flow.trigger is None or flow.trigger.type != "metric":
        return False
    if not isinstance(identifier, str) or not identifier:
        return False
    name = flow.names.get(identifier, identifier)
    return name == BACK_IN_STOCK or (name == identifier and " " not in name)


def _next_messages(flow: Flow, action_id: str) -> list[str]:
    """The status of each message that can be the first one behind a step."""
    found: list[str] = []
    seen, waiting = {action_id}, [action_id]
    while waiting:
        here = flow.by_id.get(waiting.pop())
        for way in here.ways() if here else ():
            target = flow.by_id.get(way.target or "")
            if target is None or target.key in seen:
                continue
            seen.add(target.key)
            if target.face.group == "message":
                found.append(target.status or "draft")
            else:
                waiting.append(target.key)
    return found
