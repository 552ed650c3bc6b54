"""What the browser may say about the canvas, as tagged records; anything else is refused."""

from __future__ import annotations

import logging
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from flows.graph import Slot

log = logging.getLogger(__name__)
Id: TypeAlias = Annotated[str, Field(max_length=200)]


class Said(BaseModel):
    """The base of all messages; nothing unknown may come along."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Said):
    """A + on the canvas: behind one way out of a step, or at the entry (None)."""

    action_id: Id | None
    way: Id = "next"

    @property
    def slot(self) -> Slot:
        """The same place as the language names it."""
        return Slot(self.action_id, self.way)


class Ready(Said):
    """The page holds `revision` (-1: nothing) and asks for the whole picture."""

    type: Literal["ready"]
    revision: int


class Select(Said):
    """A card was chosen, or none."""

    type: Literal["select"]
    action_id: Id | None


class Inspect(Said):
    """The person wants to edit this card's fields."""

    type: Literal["inspect"]
    action_id: Id | None


class Insert(Said):
    """A new step of the type `action`."""

    type: Literal["insert"]
    action: Id
    slot: Place


class Move(Said):
    """A card was dropped on another +."""

    type: Literal["move"]
    action_id: Id
    slot: Place


class Remove(Said):
    """A step goes; of a split the branch `keep_way` stays, or none."""

    type: Literal["remove"]
    action_id: Id
    keep_way: Id | None = None


class Duplicate(Said):
    """A copy of the step, right behind it."""

    type: Literal["duplicate"]
    action_id: Id


class Copy(Said):
    """Keep the step for a later paste."""

    type: Literal["copy"]
    action_id: Id


class Paste(Said):
    """Put what was copied at a place, or behind the selection."""

    type: Literal["paste"]
    slot: Place | None = None


class Undo(Said):
    """Take the last edit back."""

    type: Literal["undo"]


class Redo(Said):
    """Do again what was taken back."""

    type: Literal["redo"]


Message: TypeAlias = (
    Ready | Select | Inspect | Insert | Move | Remove | Duplicate | Copy | Paste | Undo | Redo
)
LOOKING = (Ready, Select, Inspect)
"""What changes no flow, and may be said to a canvas that is only for reading."""
_ADAPTER: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


def read(raw: object) -> Message | None:
    """The message; None for what is no message, which is written to the log with the reason."""
    try:
        return _ADAPTER.validate_python(raw)
    except ValidationError as error:
        reasons = "; ".join(f"{_path(e['loc'])}: {e['msg']}" for e in error.errors())
        log.warning("The canvas said what nobody understands (%s): %.200r", reasons, raw)
        return None


def _path(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place) or "message"
