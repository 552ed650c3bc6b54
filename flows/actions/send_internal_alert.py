"""Send an email to people of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions import reasons
from flows.actions.base import LinkedAction, Status, Step
from flows.actions.messages import Alert
from flows.actions.sending import notify
from flows.actions.telling import why_done
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.rules import Rules
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow

MOST_RECIPIENTS = 5
"""Addresses that one alert goes to at most (semantics B.11)."""


class SendInternalAlertData(Part):
    """The email and whether it is live."""

    message: Alert
    status: Status = "draft"


class SendInternalAlert(LinkedAction):
    """Send an email to people of one's own who have agreed to get it (semantics A.4, B.11)."""

    type: Literal["send-internal-alert"] = "send-internal-alert"
    data: SendInternalAlertData | None = None
    face = Face("Internal alert", "campaign", "message", "Send an email to your own people")

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    @property
    def recipients(self) -> tuple[str, ...]:
        """Who it goes to, as written."""
        return self.data.message.to_emails if self.data else ()

    def confirmed(self, rules: Rules) -> tuple[str, ...]:
        """The recipients who have agreed to get alerts; letters may be small or capital."""
        if rules.confirmed_recipients is None:
            return self.recipients
        agreed = {address.strip().lower() for address in rules.confirmed_recipients}
        return tuple(one for one in self.recipients if one.strip().lower() in agreed)

    def sentence(self, names: Names) -> str:
        message = self.data.message if self.data else None
        to = ", ".join(self.recipients)
        said = (message and (message.subject_line or message.name)) or ""
        return " to ".join(part for part in (said, to) if part) or "No message yet"

    def advance(self, scene: Scene) -> Step:
        message = self.data.message if self.data and self.recipients else None
        return notify(scene, message, self.status, confirmed=bool(self.confirmed(scene.rules)))

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        code = -1 if step.note is None else int(step.note[0])
        if code == reasons.CODE[reasons.NO_CONFIRMED_RECIPIENTS]:
            return f"Nobody of {', '.join(self.recipients)} has agreed to get alerts."
        to = ", ".join(self.confirmed(scene.rules))
        return why_done(scene, step, names, done=f"The alert goes to {to}.")

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        place, count = f"{where}.data.message.to_emails", len(self.recipients)
        if not count:
            yield Problem(
                code="R24",
                severity="error",
                where=place,
                text="The alert goes to nobody, so everybody is skipped as Unconfigured.",
                fix="Give the address of somebody who shall get it.",
            )
        elif count > MOST_RECIPIENTS:
            yield Problem(
                code="R24",
                severity="error",
                where=place,
                text=f"The alert goes to {count} people; {MOST_RECIPIENTS} is the most.",
                fix="Take addresses away.",
            )
