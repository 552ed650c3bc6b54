"""Triggers by membership: joining a list, becoming a member of a segment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from flows.conditions.base import Names, Need
from flows.face import Face
from flows.problem import Problem
from flows.triggers.base import Trigger


class ListTrigger(Trigger):
    """The first joining of a list starts the flow (semantics B.1)."""

    type: Literal["list"] = "list"
    id: str | None = None
    face = Face("Joined a list", "playlist_add", "other", "Someone joins the list")
    reentry_always = False

    def sentence(self, names: Names) -> str:
        return f"Someone joins {names(self.id)}" if self.id else "Someone joins a list"

    def needs(self) -> Iterator[Need]:
        if self.id:
            yield Need(kind="list", name=self.id, trigger=True)

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.id:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.id",
                text="The trigger names no list, so nobody can enter.",
                fix="Choose the list whose joining starts the flow.",
            )
        yield from super().problems(where)


class SegmentTrigger(Trigger):
    """Becoming a member by a change of one's own data starts the flow (semantics B.1)."""

    type: Literal["segment"] = "segment"
    id: str | None = None
    face = Face("Entered a segment", "group_add", "other", "Someone enters the segment")
    reentry_always = False

    def sentence(self, names: Names) -> str:
        return f"Someone enters {names(self.id)}" if self.id else "Someone enters a segment"

    def needs(self) -> Iterator[Need]:
        if self.id:
            yield Need(kind="segment", name=self.id, trigger=True)

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.id:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.id",
                text="The trigger names no segment, so nobody can enter.",
                fix="Choose the segment whose joining starts the flow.",
            )
        yield from super().problems(where)
