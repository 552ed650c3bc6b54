"""Send a WhatsApp message."""

from __future__ import annotations

from typing import ClassVar, Literal

from flows.actions.base import Status
from flows.actions.messages import WhatsApp
from flows.actions.messaging import MessageAction
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.rules import Channel


class SendWhatsAppData(Part):
    """The message and whether it is live."""

    message: WhatsApp | None = None
    status: Status = "draft"


class SendWhatsApp(MessageAction):
    """Send a WhatsApp message (semantics A.3, B.4, B.10)."""

    type: Literal["send-whatsapp"] = "send-whatsapp"
    data: SendWhatsAppData | None = None
    face = Face("WhatsApp", "chat", "message", "Send a WhatsApp message")
    channel: ClassVar[Channel] = "whatsapp"

    @property
    def message(self) -> WhatsApp | None:
        return self.data.message if self.data else None

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    def sentence(self, names: Names) -> str:
        message = self.message
        if message is None:
            return "No message yet"
        template = f"Template {message.vendor_id}" if message.vendor_id else "No template yet"
        return message.name or template
