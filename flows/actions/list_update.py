"""Add the person to a list, or take them off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions import gate, reasons
from flows.actions.base import Change, LinkedAction, Status, Step, passing
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
    def status(self) -> Status:
        return self.data.status

    def sentence(self, names: Names) -> str:
        if not self.data.list_id or self.data.on_execution is None:
            return self.data.name or "No list chosen yet"
        verb = "Add to" if self.data.on_execution else "Remove from"
        return f"{verb} {names(self.data.list_id)}"

    def advance(self, scene: Scene) -> Step:
        aside = gate.passes_through(self.status, scene.rules)
        if not aside and (not self.data.list_id or self.data.on_execution is None):
            aside = reasons.UNCONFIGURED
        if aside or not self.data.list_id:
            return gate.noted(scene, aside or reasons.UNCONFIGURED)
        refused = gate.refusals(scene)
        kind: Literal["list-add", "list-remove"] = (
            "list-add" if self.data.on_execution else "list-remove"
        )
        change = Change(kind, self.data.list_id, refused < 0)
        step = passing(scene, note=refused, notes=reasons.NOTES, changes=(change,))
        return gate.leaving_on_moved_date(scene, step)

    def explain(self, scene: Scene, names: Names) -> str:
        code = int(gate.refusals(scene)[0])
        return f"{self.sentence(names)}." if code < 0 else reasons.NOTES[code]

    def needs(self) -> Iterator[Need]:
        if self.data.list_id:
            yield Need(kind="list", name=self.data.list_id)

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        if not self.data.list_id or self.data.on_execution is None:
            yield Problem(
                code="R07",
                severity="error",
                where=f"{where}.data.list_id",
                text="The step does not say which list, or whether to add or remove.",
                fix="Choose a list and what to do.",
            )
