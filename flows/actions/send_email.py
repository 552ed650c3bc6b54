"""Send an email."""

from __future__ import annotations

from typing import ClassVar, Literal

from flows.actions.base import Status
from flows.actions.messages import Email
from flows.actions.messaging import MessageAction
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.rules import Channel


class SendEmailData(Part):
    """The message and whether it is live."""

    message: Email | None = None
    status: Status = "draft"


class SendEmail(MessageAction):
    """Send an email (semantics A.3, B.4)."""

    type: Literal["send-email"] = "send-email"
    data: SendEmailData | None = None
    face = Face("Email", "mail", "message", "Send an email")
    channel: ClassVar[Channel] = "email"

    @property
    def message(self) -> Email | None:
        return self.data.message if self.data else None

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    def sentence(self, names: Names) -> str:
        message = self.message
        return (message and (message.subject_line or message.name)) or "No message yet"
