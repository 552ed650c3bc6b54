"""What starts a flow: the base of all triggers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from flows.conditions.base import Names, Need
from flows.face import Face
from flows.part import Part
from flows.problem import Problem


class Trigger(Part):
    """The base of all triggers; `type` tells them apart."""

    type: str
    face: ClassVar[Face] = Face("Trigger", "bolt", "other", "What starts the flow")
    known: ClassVar[bool] = True
    reentry_always: ClassVar[bool] = True
    """Whether people may come again when the flow says nothing about it (semantics B.1)."""

    def sentence(self, names: Names) -> str:
        """The trigger in words, as in “Someone joins Newsletter”."""
        return self.face.help

    def needs(self) -> Iterator[Need]:
        """What the trigger reads."""
        yield from ()

    def problems(self, where: str) -> Iterator[Problem]:
        """What is wrong with the trigger by itself; `where` is its JSON path."""
        held = (self.model_extra or {}).get("trigger_filter")
        if held and held != {"condition_groups": []}:
            yield Problem(
                code="R26",
                severity="hint",
                where=f"{where}.trigger_filter",
                text="This trigger takes no filter, so the one here is kept and asks nothing.",
                fix="Ask at the flow's filter or at a trigger split instead.",
            )
