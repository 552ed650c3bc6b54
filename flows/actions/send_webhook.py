"""Call a webhook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions.base import LinkedAction, Status, Step
from flows.actions.messages import Webhook
from flows.actions.sending import call
from flows.actions.telling import why_done
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


class SendWebhookData(Part):
    """The request and whether it is live."""

    message: Webhook
    status: Status = "draft"


class SendWebhook(LinkedAction):
    """Call a webhook (semantics B.11): the journey does not wait for the answer."""

    type: Literal["send-webhook"] = "send-webhook"
    data: SendWebhookData | None = None
    face = Face("Webhook", "webhook", "message", "Call another system")

    @property
    def _url(self) -> str | None:
        return self.data.message.url if self.data else None

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    def sentence(self, names: Names) -> str:
        message = self.data.message if self.data else None
        return (message and (message.name or message.url)) or "No address yet"

    def advance(self, scene: Scene) -> Step:
        return call(scene, self.status, configured=bool(self._url))

    def explain(self, scene: Scene, names: Names) -> str:
        done = "The request goes out; nobody waits for the answer."
        return why_done(scene, self.advance(scene), names, done=done)

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not self._url:
            yield Problem(
                code="R03",
                severity="error",
                where=f"{where}.data.message.url",
                text="The webhook has no address, so everybody is skipped as Unconfigured.",
                fix="Enter the https address to call.",
            )
