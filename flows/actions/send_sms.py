"""Send a text message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions.base import LinkedAction, Status, Step
from flows.actions.messages import Sms
from flows.actions.sending import send
from flows.actions.telling import message_problems, why_sent
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


class SendSmsData(Part):
    """The message and whether it is live."""

    message: Sms | None = None
    status: Status = "draft"


class SendSms(LinkedAction):
    """Send a text message (semantics A.3, B.3 quiet hours, B.4)."""

    type: Literal["send-sms"] = "send-sms"
    data: SendSmsData | None = None
    face = Face("SMS", "sms", "message", "Send a text message")

    @property
    def _message(self) -> Sms | None:
        return self.data.message if self.data else None

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    def sentence(self, names: Names) -> str:
        message = self._message
        return (message and (message.body or message.name)) or "No message yet"

    def advance(self, scene: Scene) -> Step:
        return send(scene, "sms", self._message, self.status)

    def explain(self, scene: Scene, names: Names) -> str:
        return why_sent(scene, "sms", self._message, names)

    def needs(self) -> Iterator[Need]:
        message = self._message
        if message and message.additional_filters:
            yield from message.additional_filters.needs()

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        yield from message_problems(self._message, where)
