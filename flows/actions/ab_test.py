"""Send one of several versions of a message."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from flows.actions.base import Face, LinkedAction, Status
from flows.actions.send_email import SendEmail
from flows.actions.send_sms import SendSms
from flows.part import Part

Variation = Annotated[SendEmail | SendSms, Field(discriminator="type")]


class Experiment(Part):
    """The versions and their shares (semantics B.7, E6)."""

    id: str | None = None
    name: str | None = None
    variations: tuple[Variation, ...] = ()
    allocations: dict[str, Any] | None = None
    started: str | None = None
    winner_metric: str | None = None
    automatic_winner_selection_settings: dict[str, Any] | None = None


class AbTestData(Part):
    """The message in use when no test runs, and the test."""

    status: Status = "draft"
    experiment_status: Literal["draft", "live", "completed"] = "draft"
    main_action: Variation
    current_experiment: Experiment | None = None


class AbTest(LinkedAction):
    """Send one of several versions of a message (semantics B.7, E6, E9)."""

    type: Literal["ab-test"] = "ab-test"
    data: AbTestData
    face = Face("A/B test", "science", "message", "Try versions of a message")
