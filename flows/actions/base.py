"""What every action type has: ways out, a face, problems, and its meaning over columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Column, Times
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem
from flows.rules import Channel
from flows.scene import Scene

if TYPE_CHECKING:
    from flows.document import Flow

Status = Literal["draft", "manual", "live", "disabled"]
STAY = -1
"""The way of rows that remain at the action until `leave_at` and are then asked again."""
EXIT = -2
"""The way of rows that leave the flow here."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. `name` is what logs say (next, true, false, a branch id); None ends the flow."""

    name: str
    target: str | None
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Sends:
    """Messages of one step, a row each: `reason` indexes SKIP_REASONS, SENT or NOT_TRIED."""

    channel: Channel | Literal["webhook", "alert"]
    reason: NDArray[np.int8]
    transactional: Bools
    """Which of them, when sent, start no smart-sending window."""
    variation: NDArray[np.int16]
    """Index into `variations`, -1 for none."""
    variations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A change to the profiles of `rows` (a mask over the scene)."""

    kind: Literal["property", "list-add", "list-remove"]
    name: str
    rows: Bools
    values: Column | None = None
    """For a property: the new value for every row of the scene; unset deletes it."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What an action did to each row: its way out, when it leaves, and what went along."""

    way: NDArray[np.int16]
    leave_at: Times
    note: NDArray[np.int16] | None = None
    notes: tuple[str, ...] = ()
    """Reasons that `note` points into; -1 for none."""
    sends: Sends | None = None
    changes: tuple[Change, ...] = field(default=())
    remember: NDArray[np.int16] | None = None
    """What each run keeps of this step for later ones, as a number from 0; -1 for nothing."""


def passing(scene: Scene, **more: Any) -> Step:
    """Everybody takes the first way out, at once."""
    return Step(np.zeros(len(scene), dtype=np.int16), scene.now, **more)


class Links(Part):
    """Where a step with a single way out leads; null is the end."""

    next: str | None = None


class BooleanLinks(Part):
    """Where a split with YES and NO leads."""

    next_if_true: str | None = None
    next_if_false: str | None = None


def acting(*, as_live: bool) -> frozenset[str]:
    """Statuses in which a step does something, or puts it up for review (semantics B.2)."""
    return frozenset({"live", "manual", "draft"} if as_live else {"live", "manual"})


class Action(Part):
    """The base of all actions; `type` tells them apart."""

    type: str
    id: str | None = None
    temporary_id: str | None = None
    face: ClassVar[Face] = Face("Step", "help", "other", "")
    known: ClassVar[bool] = True

    @property
    def key(self) -> str:
        """The id that links name, permanent or temporary."""
        return self.id or self.temporary_id or ""

    @property
    def status(self) -> Status | None:
        """Whether the step is live; None for those that have no such switch (semantics A.1)."""
        return None

    def ways(self) -> tuple[Way, ...]:
        """The ways out, in the order in which they are drawn."""
        return ()

    def with_way(self, name: str, target: str | None) -> Action:
        """The same action with one way leading elsewhere."""
        raise KeyError(name)

    def sentence(self, names: Names) -> str:
        """One line for the card: what the step does, in words."""
        return self.face.help

    def advance(self, scene: Scene) -> Step:
        """The meaning over columns: pure, and for each row as if it were alone."""
        return passing(scene)

    def explain(self, scene: Scene, names: Names) -> str:
        """For a scene of one row: why `advance` decides as it does, with values."""
        return ""

    def needs(self) -> Iterator[Need]:
        """What the action reads or names."""
        yield from ()

    def problems(self, flow: Flow, where: str) -> Iterator[Problem]:
        """What is wrong with the action by itself; `where` is its JSON path."""
        yield from ()


class LinkedAction(Action):
    """An action with the one way out `next`."""

    links: Links | None = None

    def ways(self) -> tuple[Way, ...]:
        return (Way("next", self.links.next if self.links else None),)

    def with_way(self, name: str, target: str | None) -> Action:
        if name != "next":
            raise KeyError(name)
        links = self.links or Links()
        return self.model_copy(update={"links": links.model_copy(update={"next": target})})


class SplittingAction(Action):
    """An action with the ways `true` and `false`."""

    links: BooleanLinks | None = None

    def ways(self) -> tuple[Way, ...]:
        links = self.links or BooleanLinks()
        return (
            Way("true", links.next_if_true, "YES"),
            Way("false", links.next_if_false, "NO"),
        )

    def with_way(self, name: str, target: str | None) -> Action:
        field_name = {"true": "next_if_true", "false": "next_if_false"}[name]
        links = (self.links or BooleanLinks()).model_copy(update={field_name: target})
        return self.model_copy(update={"links": links})


class OpaqueAction(Action):
    """A type we do not know yet: kept as it came; people pass by the first link found."""

    known: ClassVar[bool] = False
    face = Face("Unknown step", "help_center", "other", "Kept as it is; people pass through.")

    @property
    def status(self) -> Status | None:
        data = (self.model_extra or {}).get("data")
        written = data.get("status") if isinstance(data, dict) else None
        return next((status for status in get_args(Status) if status == written), None)

    def _links(self) -> dict[str, Any]:
        links = (self.model_extra or {}).get("links")
        return links if isinstance(links, dict) else {}

    def _found(self) -> dict[str, tuple[str | None, str, int | None]]:
        """Each way's target, with its key and entry: older definitions list several under one."""
        found: dict[str, tuple[str | None, str, int | None]] = {}
        for key, held in self._links().items():
            name = key.removeprefix("next_if_")
            if held is None or isinstance(held, str):
                found.setdefault(name, (held, key, None))
            for i, target in enumerate(held if isinstance(held, list) else ()):
                if target is None or isinstance(target, str):
                    found.setdefault(f"{name}-{i + 1}", (target, key, i))
        return found or {"next": (None, "next", None)}

    def place_of(self, name: str) -> tuple[str | int, ...]:
        """Where in the step's JSON the link of this way stands."""
        _, key, entry = self._found()[name]
        return ("links", key) if entry is None else ("links", key, entry)

    def ways(self) -> tuple[Way, ...]:
        return tuple(Way(name, target) for name, (target, _, _) in self._found().items())

    def with_way(self, name: str, target: str | None) -> OpaqueAction:
        _, key, entry = self._found()[name]
        links = self._links()
        if entry is None:
            return self.model_copy(update={"links": links | {key: target}})
        listed = [target if i == entry else old for i, old in enumerate(links[key])]
        return self.model_copy(update={"links": links | {key: listed}})

    def advance(self, scene: Scene) -> Step:
        led = next((i for i, way in enumerate(self.ways()) if way.target), 0)
        return Step(np.full(len(scene), led, dtype=np.int16), scene.now)
