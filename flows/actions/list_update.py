"""Add the person to a list, or take them off."""

from __future__ import annotations

from typing import Literal

from flows.actions.base import Face, LinkedAction, Status
from flows.part import Part


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
