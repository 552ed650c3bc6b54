"""Send a WhatsApp message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from flows.actions.base import Status
from flows.actions.messages import WhatsApp
from flows.actions.messaging import MessageAction
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.rules import Channel

if TYPE_CHECKING:
    from flows.document import Flow


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

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        yield from super().problems(flow, where)
        if self.message and not self.message.vendor_id:
            yield Problem(
                code="R25",
                severity="error",
                where=f"{where}.data.message.vendor_id",
                text="The message names no template, so everybody is skipped as Unconfigured.",
                fix="Give the id of the template that WhatsApp has approved.",
            )
