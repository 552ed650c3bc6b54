"""Send one of several versions of an email or text message."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from flows.actions.base import Status
from flows.actions.experimenting import Experiment, ExperimentAction, State
from flows.actions.send_email import SendEmail
from flows.actions.send_sms import SendSms
from flows.face import Face
from flows.part import Part

Variation = Annotated[SendEmail | SendSms, Field(discriminator="type")]


class AutomaticWinner(Part):
    """How a test ends by itself: on a day, or as soon as the winner is certain (semantics B.7)."""

    enabled: StrictBool
    automatic_end_date: str | None = None
    automatic_end_statistical_certainty: StrictBool = False


class AbTestExperiment(Experiment):
    """The versions, their shares, and how the winner is found (semantics B.7, E6)."""

    variations: tuple[Variation, ...]
    winner_metric: (
        Literal["submission", "unique-clicks", "unique-opens", "unique-placed-orders"] | None
    ) = None
    automatic_winner_selection_settings: AutomaticWinner | None = None


class AbTestData(Part):
    """The message in use when no test runs, and the test."""

    status: Status = "draft"
    experiment_status: State = "draft"
    main_action: Variation
    current_experiment: AbTestExperiment | None = None


class AbTest(ExperimentAction):
    """Send one of several versions of a message (semantics B.7, E6, E9)."""

    type: Literal["ab-test"] = "ab-test"
    data: AbTestData
    face = Face("A/B test", "science", "message", "Try versions of a message")

    @property
    def status(self) -> Status:
        return self.data.status

    @property
    def main(self) -> SendEmail | SendSms:
        return self.data.main_action

    @property
    def experiment(self) -> AbTestExperiment | None:
        return self.data.current_experiment

    @property
    def state(self) -> State:
        return self.data.experiment_status
