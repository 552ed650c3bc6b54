"""Send an email."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, LinkedAction, Status
from flows.actions.messages import Email
from flows.part import Part


class SendEmailData(Part):
    """The message and whether it is live."""

    message: Email | None = None
    status: Status = "draft"


class SendEmail(LinkedAction):
    """Send an email (semantics A.3, B.4)."""

    type: Literal["send-email"] = "send-email"
    data: SendEmailData | None = None
    face = Face("Email", "mail", "message", "Send an email")
