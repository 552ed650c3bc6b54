"""Send a text message."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, LinkedAction, Status
from flows.actions.messages import Sms
from flows.part import Part


class SendSmsData(Part):
    """The message and whether it is live."""

    message: Sms | None = None
    status: Status = "draft"


class SendSms(LinkedAction):
    """Send a text message (semantics A.3, B.3 quiet hours, B.4)."""

    type: Literal["send-sms"] = "send-sms"
    data: SendSmsData | None = None
    face = Face("SMS", "sms", "message", "Send a text message")
