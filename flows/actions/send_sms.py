"""Send a text message."""

from __future__ import annotations

from typing import ClassVar, Literal

from flows.actions.base import Status
from flows.actions.messages import Sms
from flows.actions.messaging import MessageAction
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.rules import Channel


class SendSmsData(Part):
    """The message and whether it is live."""

    message: Sms | None = None
    status: Status = "draft"


class SendSms(MessageAction):
    """Send a text message (semantics A.3, B.3 quiet hours, B.4)."""

    type: Literal["send-sms"] = "send-sms"
    data: SendSmsData | None = None
    face = Face("SMS", "sms", "message", "Send a text message")
    channel: ClassVar[Channel] = "sms"

    @property
    def message(self) -> Sms | None:
        return self.data.message if self.data else None

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    def sentence(self, names: Names) -> str:
        message = self.message
        return (message and (message.body or message.name)) or "No message yet"
