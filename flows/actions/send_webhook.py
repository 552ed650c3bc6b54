"""Call a webhook."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, LinkedAction, Status
from flows.actions.messages import Webhook
from flows.part import Part


class SendWebhookData(Part):
    """The request and whether it is live."""

    message: Webhook
    status: Status = "draft"


class SendWebhook(LinkedAction):
    """Call a webhook (semantics B.11): the journey does not wait for the answer."""

    type: Literal["send-webhook"] = "send-webhook"
    data: SendWebhookData | None = None
    face = Face("Webhook", "webhook", "message", "Call another system")
