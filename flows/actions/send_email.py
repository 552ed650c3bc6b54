"""Send an email."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions.base import LinkedAction, Status, Step
from flows.actions.messages import Email
from flows.actions.sending import send
from flows.actions.telling import message_problems, why_sent
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


class SendEmailData(Part):
    """The message and whether it is live."""

    message: Email | None = None
    status: Status = "draft"


class SendEmail(LinkedAction):
    """Send an email (semantics A.3, B.4)."""

    type: Literal["send-email"] = "send-email"
    data: SendEmailData | None = None
    face = Face("Email", "mail", "message", "Send an email")

    @property
    def _message(self) -> Email | None:
        return self.data.message if self.data else None

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    def sentence(self, names: Names) -> str:
        message = self._message
        return (message and (message.subject_line or message.name)) or "No message yet"

    def advance(self, scene: Scene) -> Step:
        return send(scene, "email", self._message, self.status)

    def explain(self, scene: Scene, names: Names) -> str:
        return why_sent(scene, "email", self._message, names)

    def needs(self) -> Iterator[Need]:
        message = self._message
        if message and message.additional_filters:
            yield from message.additional_filters.needs()

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        yield from message_problems(self._message, where)
