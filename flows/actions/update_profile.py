"""Change properties of the person."""

from __future__ import annotations

from typing import Literal

import numpy as np

from flows.actions import gate, reasons
from flows.actions.base import Change, LinkedAction, Status, Step, passing
from flows.actions.telling import why_done
from flows.columns import Column, Value
from flows.conditions.base import Names
from flows.face import Face
from flows.part import Part
from flows.scene import Scene
from flows.timing import local_days


class Operation(Part):
    """One change, in order (semantics A.5)."""

    operator: Literal["create", "update", "delete"]
    property_key: str
    property_type: Literal["string", "boolean", "numeric", "date", "list"] | None = None
    property_value: str | bool | int | float | None = None
    property_operation: Literal["add", "remove"] | None = None


class UpdateProfileData(Part):
    """The changes and whether they are live."""

    profile_operations: tuple[Operation, ...]
    status: Status = "draft"


class UpdateProfile(LinkedAction):
    """Change properties of the person (semantics A.5)."""

    type: Literal["update-profile"] = "update-profile"
    data: UpdateProfileData | None = None
    face = Face("Update profile", "edit_note", "data", "Set a property of the person")

    @property
    def status(self) -> Status:
        return self.data.status if self.data else "draft"

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The changes in their order."""
        return self.data.profile_operations if self.data else ()

    def sentence(self, names: Names) -> str:
        return "; ".join(map(_in_words, self.operations)) or "No change yet"

    def advance(self, scene: Scene) -> Step:
        aside = gate.set_aside(self.status, scene.rules, configured=bool(self.operations))
        if aside:
            return gate.noted(scene, aside)
        refused = gate.refusals(scene)
        now: dict[str, Column] = {}
        for operation in self.operations:
            name = property_name(operation.property_key)
            before = now.get(name) or scene.column(name)
            now[name] = _after(operation, before, scene)
        changes = tuple(
            Change("property", name, refused < 0, values) for name, values in now.items()
        )
        step = passing(scene, note=refused, notes=reasons.NOTES, changes=changes)
        return gate.leaving_on_moved_date(scene, step)

    def explain(self, scene: Scene, names: Names) -> str:
        step = self.advance(scene)
        return why_done(scene, step, names, done=f"{self.sentence(names)}.")


def property_name(key: str) -> str:
    """The plain name of a property: `properties['tier']` and `tier` are the same one."""
    if key.startswith("properties[") and key.endswith("]"):
        return key[len("properties[") : -1].strip("\"'")
    return key


def _in_words(operation: Operation) -> str:
    key = property_name(operation.property_key)
    if operation.operator == "delete":
        return f"Remove {key}"
    if operation.property_type == "list" and operation.property_operation == "remove":
        return f"Take {operation.property_value} out of {key}"
    if operation.property_type == "list":
        return f"Add {operation.property_value} to {key}"
    return f"Set {key} to {operation.property_value}"


def _after(operation: Operation, before: Column, scene: Scene) -> Column:
    """The property's values once the operation is done, for every row of the scene."""
    size = len(scene)
    if operation.operator == "delete":
        return Column.unset(size)
    if operation.property_type == "list":
        return _list_after(operation, before)
    if operation.property_type == "date" and operation.property_value == "today":
        days = local_days(scene.now, scene.zone("profile"))
        used, codes = np.unique(days, return_inverse=True)
        pool = tuple(str(day) for day in used.astype("datetime64[D]"))
        return Column(codes.astype(np.int32), pool)
    return Column.of([operation.property_value]).take(np.zeros(size, dtype=np.int64))


def _list_after(operation: Operation, before: Column) -> Column:
    item, removes = operation.property_value, operation.property_operation == "remove"

    def changed(value: Value) -> Value:
        if value is None:
            return None if removes else (item,)
        held = value if isinstance(value, tuple) else (value,)
        if removes:
            return tuple(one for one in held if one != item) if item in held else value
        return held if item in held else (*held, item)

    return Column.of(map(changed, (*before.pool, None))).take(before.codes)
