"""What steps that send one of several versions of a message share (semantics B.7, E6, E9)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from flows.actions import gate
from flows.actions.base import LinkedAction, Sends, Step
from flows.actions.messaging import MessageAction, why
from flows.actions.sending import judge, send, settle, withheld
from flows.conditions.base import Names, Need
from flows.decisions import Decision, contest
from flows.part import Part
from flows.problem import Problem
from flows.rules import Channel
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow

State = Literal["draft", "live", "completed"]
MAIN = "main"
"""What a decision calls the message outside of the test."""


class Experiment(Part):
    """The versions and their shares (semantics B.7, E6)."""

    id: str | None = None
    name: str | None = None
    variations: tuple[MessageAction, ...]
    allocations: dict[str, Any] | None = None
    """Each version's share, by its id or its place from 0."""
    started: str | None = None
    winner_metric: str | None = None


class ExperimentAction(LinkedAction):
    """The base of steps with a message of their own and a test of other versions of it."""

    @property
    @abstractmethod
    def main(self) -> MessageAction:
        """The message in use when no test runs."""

    @property
    @abstractmethod
    def experiment(self) -> Experiment | None:
        """The test; None where there is none."""

    @property
    @abstractmethod
    def state(self) -> State | None:
        """How far the test is; None like draft."""

    @property
    def channel(self) -> Channel:
        """The channel of the message, one for all versions."""
        return self.main.channel

    @property
    def running(self) -> tuple[MessageAction, ...]:
        """The versions among which people are parted; none where the test is not live (E9)."""
        return self.experiment.variations if self.experiment and self.state == "live" else ()

    def shares(self) -> NDArray[np.float64]:
        """Where each version's share ends, up to 1; equal shares where none are given (E6)."""
        given = (self.experiment.allocations if self.experiment else None) or {}
        weights = [_weight(given, i, version) for i, version in enumerate(self.running)]
        if not any(weights):
            weights = [1.0] * len(weights)
        ends: NDArray[np.float64] = np.cumsum(weights) / sum(weights)
        return ends

    def names_of_variations(self) -> tuple[str, ...]:
        """What logs call each version: its id, else its place."""
        return tuple(v.key or f"variation-{i + 1}" for i, v in enumerate(self.running))

    def sentence(self, names: Names) -> str:
        if self.running:
            return f"{len(self.running)} versions of one message"
        return self.main.sentence(names)

    def won(self, scene: Scene) -> tuple[Decision, ...]:
        """Who has won this test in this run, by time."""
        name = contest(scene.flow.key, self.key)
        return tuple(d for d in scene.decisions if d.kind == "winner" and d.name == name)

    def chosen(self, scene: Scene) -> NDArray[np.int16]:
        """Per row the place of its version: by chance, until one has won; -1 for the main one."""
        chance = scene.chance("ab-test", per_visit=False)
        place = np.searchsorted(self.shares(), chance, side="right").astype(np.int16)
        places = {name: i for i, name in enumerate(self.names_of_variations())} | {MAIN: -1}
        for decision in self.won(scene):
            if decision.choice in places:
                settled = (decision.at <= scene.now) & (scene.now < decision.until)
                place[settled] = places[decision.choice]
        return place

    def advance(self, scene: Scene) -> Step:
        status = self.status or "draft"
        if not self.running:
            return send(scene, self.channel, self.main.message, status)
        aside = gate.set_aside(status, scene.rules)
        if aside:
            return withheld(scene, self.channel, aside)
        chosen = self.chosen(scene)
        messages = [version.message for version in self._sendable(chosen)]
        told = [judge(scene, self.channel, message) for message in messages]
        own = chosen, np.arange(len(scene))
        sends = Sends(
            self.channel,
            np.stack([one.reason for one in told])[own],
            np.stack([one.transactional for one in told])[own],
            chosen,
            self.names_of_variations(),
        )
        return settle(scene, sends, np.stack([one.retry_at for one in told])[own])

    def _sendable(self, chosen: NDArray[np.int16]) -> Sequence[MessageAction]:
        """The versions, and last the main message where somebody gets that, as place -1."""
        return (*self.running, self.main) if (chosen < 0).any() else self.running

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        if not self.running or step.sends is None:
            return why(scene, step, names, channel=self.channel, message=self.main.message)
        place = int(step.sends.variation[0])
        message = self.running[place].message if place >= 0 else self.main.message
        told = why(scene, step, names, channel=self.channel, message=message)
        return f"{self._why_this(scene, place)} {told}".lstrip()

    def _why_this(self, scene: Scene, place: int) -> str:
        """Why the first row gets the version at this place; nothing where none was looked for."""
        now = scene.now[0]
        over = [d.choice for d in self.won(scene) if d.at <= now < d.until]
        if place < 0:
            return "The main message, for it has won the test." if over[-1:] == [MAIN] else ""
        name, message = self.names_of_variations()[place], self.running[place].message
        shown = f"“{message.name}”" if message and message.name else f"Version {name}"
        return f"{shown}, which has won." if name in over[-1:] else f"{shown} by chance."

    def needs(self) -> Iterator[Need]:
        for version in (self.main, *self.running):
            yield from version.needs()

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not self.running:
            yield from self.main.problems(flow, f"{where}.data.main_action")
        for i, version in enumerate(self.running):
            path = f"{where}.data.current_experiment.variations[{i}]"
            yield from version.problems(flow, path)


def _weight(given: dict[str, Any], place: int, version: MessageAction) -> float:
    """A version's share by its id, its temporary id, or its place."""
    names = (version.id, version.temporary_id, str(place))
    raw = next((given[name] for name in names if name in given), 0)
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    return float(raw) if number and raw > 0 else 0.0
