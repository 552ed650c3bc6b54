"""Send one of several versions of a message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from flows.actions import gate
from flows.actions.base import LinkedAction, Sends, Status, Step
from flows.actions.send_email import SendEmail
from flows.actions.send_sms import SendSms
from flows.actions.sending import judge, send, settle, withheld
from flows.actions.telling import message_problems, why_sent
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow

Variation = Annotated[SendEmail | SendSms, Field(discriminator="type")]


class Experiment(Part):
    """The versions and their shares (semantics B.7, E6)."""

    id: str | None = None
    name: str | None = None
    variations: tuple[Variation, ...] = ()
    allocations: dict[str, Any] | None = None
    started: str | None = None
    winner_metric: str | None = None
    automatic_winner_selection_settings: dict[str, Any] | None = None


class AbTestData(Part):
    """The message in use when no test runs, and the test."""

    status: Status = "draft"
    experiment_status: Literal["draft", "live", "completed"] = "draft"
    main_action: Variation
    current_experiment: Experiment | None = None


class AbTest(LinkedAction):
    """Send one of several versions of a message (semantics B.7, E6, E9)."""

    type: Literal["ab-test"] = "ab-test"
    data: AbTestData
    face = Face("A/B test", "science", "message", "Try versions of a message")

    @property
    def status(self) -> Status:
        return self.data.status

    @property
    def channel(self) -> Literal["email", "sms"]:
        """The channel of the message, one for all versions."""
        return "email" if isinstance(self.data.main_action, SendEmail) else "sms"

    @property
    def running(self) -> tuple[SendEmail | SendSms, ...]:
        """The versions among which people are parted; none where the test is not live (E9)."""
        experiment = self.data.current_experiment
        live = self.data.experiment_status == "live" and experiment
        return experiment.variations if live and experiment else ()

    def shares(self) -> NDArray[np.float64]:
        """Where each version's share ends, up to 1; equal shares where none are given (E6)."""
        experiment = self.data.current_experiment
        given = (experiment.allocations if experiment else None) or {}
        weights = [_weight(given, i, version.key) for i, version in enumerate(self.running)]
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
        return self.data.main_action.sentence(names)

    def _chosen(self, scene: Scene) -> NDArray[np.int16]:
        chance = scene.chance("ab-test", per_visit=False)
        return np.searchsorted(self.shares(), chance, side="right").astype(np.int16)

    def advance(self, scene: Scene) -> Step:
        if not self.running:
            return send(scene, self.channel, self.data.main_action.message, self.status)
        aside = gate.set_aside(self.status, scene.rules)
        if aside:
            return withheld(scene, self.channel, aside)
        chosen = self._chosen(scene)
        own = chosen, np.arange(len(scene))
        told = [judge(scene, self.channel, version.message) for version in self.running]
        sends = Sends(
            self.channel,
            np.stack([one.reason for one in told])[own],
            np.stack([one.transactional for one in told])[own],
            chosen,
            self.names_of_variations(),
        )
        return settle(scene, sends, np.stack([one.retry_at for one in told])[own])

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        chosen = int(step.sends.variation[0]) if step.sends else -1
        message = (self.running[chosen] if chosen >= 0 else self.data.main_action).message
        why = why_sent(scene, step, names, channel=self.channel, message=message)
        if chosen < 0:
            return why
        return f"Version {self.names_of_variations()[chosen]} by chance. {why}"

    def needs(self) -> Iterator[Need]:
        for version in (self.data.main_action, *self.running):
            yield from version.needs()

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not self.running:
            yield from message_problems(self.data.main_action.message, f"{where}.data.main_action")
        for i, version in enumerate(self.running):
            path = f"{where}.data.current_experiment.variations[{i}]"
            yield from message_problems(version.message, path)


def _weight(given: dict[str, Any], place: int, key: str) -> float:
    raw = given.get(key, given.get(str(place), 0))
    return float(raw) if isinstance(raw, int | float) and raw > 0 else 0.0
