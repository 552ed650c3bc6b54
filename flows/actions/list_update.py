"""Add the person to a list, or take them off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions import gate, reasons
from flows.actions.base import Change, LinkedAction, Status, Step, passing
from flows.actions.telling import why_done
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow


class ListUpdateData(Part):
    """The list, and what to do: true adds, false removes (semantics A.3)."""

    name: str = ""
    list_id: str | None = None
    on_execution: bool | None = None
    status: Status = "draft"


class ListUpdate(LinkedAction):
    """Add the person to a list, or take them off (semantics A.3, B.1)."""

    type: Literal["list-update"] = "list-update"
    data: ListUpdateData
    face = Face("Update list", "playlist_add_check", "data", "Add to a list or take off it")

    @property
    def _configured(self) -> bool:
        return bool(self.data.list_id) and self.data.on_execution is not None

    @property
    def _kind(self) -> Literal["list-add", "list-remove"]:
        return "list-add" if self.data.on_execution else "list-remove"

    @property
    def status(self) -> Status:
        return self.data.status

    def sentence(self, names: Names) -> str:
        if not self._configured:
            return self.data.name or "No list chosen yet"
        verb = "Add to" if self.data.on_execution else "Remove from"
        return f"{verb} {names(self.data.list_id or '')}"

    def advance(self, scene: Scene) -> Step:
        aside = gate.set_aside(self.status, scene.rules, configured=self._configured)
        if aside:
            return gate.noted(scene, aside)
        refused = gate.refusals(scene)
        change = Change(self._kind, self.data.list_id or "", refused < 0)
        step = passing(scene, note=refused, notes=reasons.NOTES, changes=(change,))
        return gate.leaving_on_moved_date(scene, step)

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        return why_done(scene, step, names, done=f"{self.sentence(names)}.")

    def needs(self) -> Iterator[Need]:
        if self.data.list_id:
            yield Need(kind="list", name=self.data.list_id)

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not self.data.list_id:
            yield Problem(
                code="R07",
                severity="error",
                where=f"{where}.data.list_id",
                text="The step does not say which list, so everybody is skipped as Unconfigured.",
                fix="Choose a list.",
            )
        if self.data.on_execution is None:
            yield Problem(
                code="R07",
                severity="error",
                where=f"{where}.data.on_execution",
                text="The step does not say whether to add or remove, so it does neither.",
                fix="Choose whether people are added to the list or taken off it.",
            )
