"""What the gallery shows of each flow, computed once a revision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.thumbnail import thumbnail
from flows.conditions.base import Names
from flows.document import Flow
from storage.flow_store import FlowSummary


@dataclass(frozen=True, slots=True)
class FlowFace:
    """What can be told from the document alone."""

    trigger: str
    steps: int
    messages: int
    picture: str
    """An SVG whose colours are the page's."""


@dataclass(frozen=True, slots=True)
class FlowCard:
    """One flow of the gallery."""

    id: str
    name: str
    status: str
    edited: datetime
    face: FlowFace


class Gallery:
    """The cards of all flows; a flow is read again only when its revision has changed."""

    def __init__(self, load: Callable[[str], Flow]) -> None:
        self._load = load
        self._faces: dict[tuple[str, int], FlowFace] = {}

    def cards(self, stored: Iterable[FlowSummary]) -> list[FlowCard]:
        """The cards in the order of the store."""
        return [
            FlowCard(one.id, one.name, one.status, one.saved_at, self._face(one)) for one in stored
        ]

    def _face(self, one: FlowSummary) -> FlowFace:
        key = (one.id, one.revision)
        if key not in self._faces:
            self._faces = {k: face for k, face in self._faces.items() if k[0] != one.id}
            self._faces[key] = face_of(self._load(one.id))
        return self._faces[key]


def face_of(flow: Flow) -> FlowFace:
    """The flow's trigger in words, its size and its picture."""
    trigger = flow.trigger.sentence(Names(flow.names)) if flow.trigger else "No trigger yet"
    messages = sum(action.face.group == "message" for action in flow.actions)
    return FlowFace(trigger, len(flow.actions), messages, thumbnail(flow))
