"""Send one of several versions of a push notification or WhatsApp message."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from flows.actions.base import Status
from flows.actions.experimenting import Experiment, ExperimentAction, State
from flows.actions.send_mobile_push import SendMobilePush
from flows.actions.send_whatsapp import SendWhatsApp
from flows.face import Face
from flows.part import Part

Variation = Annotated[SendMobilePush | SendWhatsApp, Field(discriminator="type")]


class ContentVersions(Experiment):
    """The versions, their shares, and by what rate the winner is told (semantics B.7, E6)."""

    variations: tuple[Variation, ...]
    winner_metric: Literal["click-rate", "open-rate"] | None = None


class ContentExperimentData(Part):
    """The message in use when no test runs, and the test."""

    status: Status = "draft"
    experiment_status: State | None = None
    main_action: Variation
    current_experiment: ContentVersions | None = None


class ContentExperiment(ExperimentAction):
    """Send one of several versions of a push or WhatsApp message (semantics B.7, E6, E9)."""

    type: Literal["content-experiment"] = "content-experiment"
    data: ContentExperimentData
    face = Face("Content test", "biotech", "message", "Try versions of a push or WhatsApp message")

    @property
    def status(self) -> Status:
        return self.data.status

    @property
    def main(self) -> SendMobilePush | SendWhatsApp:
        return self.data.main_action

    @property
    def experiment(self) -> ContentVersions | None:
        return self.data.current_experiment

    @property
    def state(self) -> State | None:
        return self.data.experiment_status
