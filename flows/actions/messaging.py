"""What the steps that send one message of their own share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from flows.actions.base import LinkedAction, Step
from flows.actions.messages import RCS_CAPABLE, Message, Sms
from flows.actions.reasons import SENT
from flows.actions.sending import send
from flows.actions.telling import message_problems, why_sent
from flows.conditions.base import Names, Need
from flows.problem import Problem
from flows.rules import Channel
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


def why(
    scene: Scene, step: Step, names: Names, *, channel: Channel, message: Message | None
) -> str:
    """For a scene of one row: what decided about the message, and the form that went out."""
    told = why_sent(scene, step, names, channel=channel, message=message)
    went = step.sends is not None and step.sends.reason[0] == SENT
    if went and isinstance(message, Sms) and message.message_hierarchy:
        rich = scene.column(RCS_CAPABLE).values()[0] is True
        told += f" It goes out as {message.format(rich=rich)}."
    return told


class MessageAction(LinkedAction):
    """The base of steps that send one message to the person (semantics A.3, B.4)."""

    channel: ClassVar[Channel]

    @property
    @abstractmethod
    def message(self) -> Message | None:
        """What is sent; None while nothing is written."""

    def advance(self, scene: Scene) -> Step:
        return send(scene, self.channel, self.message, self.status or "draft")

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        return why(scene, step, names, channel=self.channel, message=self.message)

    def needs(self) -> Iterator[Need]:
        if self.message and self.message.additional_filters:
            yield from self.message.additional_filters.needs()

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        yield from message_problems(self.message, where, channel=self.channel)
