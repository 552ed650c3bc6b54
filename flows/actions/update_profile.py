"""Change properties of the person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from flows.actions import gate, reasons
from flows.actions.base import Change, LinkedAction, Status, Step, passing
from flows.actions.operations import AnyOperation
from flows.actions.telling import why_done
from flows.columns import Column
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow

LARGEST = 100_000
"""Bytes that all texts of one step may have together (semantics A.5)."""


class UpdateProfileData(Part):
    """The changes and whether they are live."""

    profile_operations: tuple[AnyOperation, ...]
    status: Status = "draft"


class UpdateProfile(LinkedAction):
    """Change properties of the person, in order (semantics A.5)."""

    type: Literal["update-profile"] = "update-profile"
    data: UpdateProfileData | None = None
    face = Face("Update profile", "edit_note", "data", "Set a property of the person")

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    @property
    def operations(self) -> tuple[AnyOperation, ...]:
        """The changes in their order."""
        return self.data.profile_operations if self.data else ()

    def sentence(self, names: Names) -> str:
        return "; ".join(one.sentence() for one in self.operations) or "No change yet"

    def advance(self, scene: Scene) -> Step:
        aside = gate.set_aside(self.status, scene.rules, configured=bool(self.operations))
        if aside:
            return gate.noted(scene, aside)
        refused = gate.refusals(scene)
        now: dict[str, Column] = {}
        for one in self.operations:
            now[one.name] = one.after(now.get(one.name) or scene.column(one.name), scene)
        changes = tuple(
            Change("property", name, refused < 0, values) for name, values in now.items()
        )
        step = passing(scene, note=refused, notes=reasons.NOTES, changes=changes)
        return gate.leaving_on_moved_date(scene, step)

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        return why_done(scene, step, names, done=f"{self.sentence(names)}.")

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        place = f"{where}.data.profile_operations"
        if not self.operations:
            yield Problem(
                code="R21",
                severity="error",
                where=place,
                text="The step changes nothing, so everybody is skipped as Unconfigured.",
                fix="Add a change, or remove the step.",
            )
        for i, one in enumerate(self.operations):
            if not one.name.strip():
                yield Problem(
                    code="R22",
                    severity="error",
                    where=f"{place}[{i}].property_key",
                    text=f"Change {i + 1} names no property.",
                    fix="Give the name of the property to change.",
                )
        if (size := sum(map(_size, self.operations))) > LARGEST:
            yield Problem(
                code="R23",
                severity="error",
                where=place,
                text=f"The texts of the step have {size} bytes together; {LARGEST} is the most.",
                fix="Shorten them, or part them over several steps.",
            )


def _size(one: AnyOperation) -> int:
    """Bytes of the texts of one change."""
    texts = (one.property_key, getattr(one, "property_value", None))
    return sum(len(text.encode()) for text in texts if isinstance(text, str))
