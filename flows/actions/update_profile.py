"""Change properties of the person."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, LinkedAction, Status
from flows.part import Part


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
