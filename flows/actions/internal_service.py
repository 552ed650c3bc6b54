"""Let a service of the account run: reports, events of its own."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from flows.actions import gate, reasons
from flows.actions.base import LinkedAction, Status, Step, passing
from flows.actions.telling import why_done
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.scene import Scene


class ScheduleReport(Part):
    """A report is written."""

    service_method_type: Literal["schedule-report"] = "schedule-report"
    report_id: str


class ScheduleBuiltReport(Part):
    """A report of the report builder is written."""

    service_method_type: Literal["schedule-report-builder-report"] = (
        "schedule-report-builder-report"
    )
    report_id: str


class TrackEvent(Part):
    """An event is kept for another company, not for the person."""

    service_method_type: Literal["track-event"] = "track-event"
    event_key: str | None = None
    event_payload: dict[str, Any] | None = None
    tracking_company_id: str | None = None


class UnknownService(Part):
    """A service that the definition does not tell."""

    service_method_type: Literal["unknown"] = "unknown"


Service = Annotated[
    ScheduleReport | ScheduleBuiltReport | TrackEvent | UnknownService,
    Field(discriminator="service_method_type"),
]


class InternalServiceData(Part):
    """The service and whether it is live."""

    service_configuration: Service | None = None
    status: Status = "draft"


class InternalService(LinkedAction):
    """Let a service of the account run, which does nothing for the person (semantics A.3)."""

    type: Literal["internal-service"] = "internal-service"
    data: InternalServiceData | None = None
    face = Face("Internal service", "settings_suggest", "data", "Run a service of the account")

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    @property
    def service(self) -> Service | None:
        """What runs; None while nothing is chosen."""
        return self.data.service_configuration if self.data else None

    def sentence(self, names: Names) -> str:
        match self.service:
            case ScheduleReport(report_id=report) | ScheduleBuiltReport(report_id=report):
                return f"Write report {names(report)}"
            case TrackEvent(event_key=key):
                return f"Record {key}" if key else "Record an event"
            case UnknownService():
                return "A service of the account"
            case _:
                return "No service chosen yet"

    def advance(self, scene: Scene) -> Step:
        aside = gate.set_aside(self.status, scene.rules, configured=self.service is not None)
        if aside:
            return gate.noted(scene, aside)
        step = passing(scene, note=gate.refusals(scene), notes=reasons.NOTES)
        return gate.leaving_on_moved_date(scene, step)

    def explain(self, scene: Scene, names: Names) -> str:
        done = "The service runs; for the person nothing changes."
        return why_done(scene, self.advance(scene), names, done=done)
