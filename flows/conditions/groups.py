"""The condition on membership of lists and segments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import StrictBool

from flows.columns import Bools
from flows.conditions.base import Answer, Condition, Names, Need
from flows.filters import DateFilter, ValueFilter
from flows.filters.allowed import FIXED_DATES, unusual
from flows.filters.base import nothing_compared
from flows.filters.words import joined, moment
from flows.flaws import unreadable
from flows.problem import Problem
from flows.scene import Scene


class GroupMembershipCondition(Condition):
    """In any of the groups, joined in the time asked; or in none of them (semantics A.6)."""

    type: Literal["profile-group-membership"]
    is_member: StrictBool
    group_ids: tuple[str, ...]
    timeframe_filter: ValueFilter | None = None
    label = "Member of a list or segment"

    def _joined(self, scene: Scene, group: str) -> Bools:
        at = scene.joined(group)
        member = at <= scene.now
        if self.is_member and isinstance(self.timeframe_filter, DateFilter):
            member &= self.timeframe_filter.holds_for_joining(at, scene.now)
        return member

    def test(self, scene: Scene) -> Bools:
        member = np.zeros(len(scene), dtype=np.bool_)
        for group in self.group_ids:
            member |= self._joined(scene, group)
        return member if self.is_member else ~member

    def sentence(self, names: Names) -> str:
        groups = joined([names(group) for group in self.group_ids], "or") or "no group"
        if not self.is_member:
            return f"is not in {groups}"
        when = self.timeframe_filter
        return f"is in {groups}" + (
            f", joined {when.timeframe()}" if isinstance(when, DateFilter) else ""
        )

    def explain(self, scene: Scene, names: Names) -> Answer:
        shown = []
        for group in self.group_ids:
            at = scene.joined(group)
            member = bool(at[0] <= scene.now[0])
            state = f"a member since {moment(int(at[0]))}" if member else "not a member"
            shown.append(f"{names(group)}: {state}")
        text = f"{'; '.join(shown) or 'no group'}; wanted: {self.sentence(names)}"
        return Answer(bool(self.test(scene)[0]), text)

    def needs(self) -> Iterator[Need]:
        for group in self.group_ids:
            yield Need(kind="group", name=group)

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.group_ids:
            yield nothing_compared(where, "group_ids")
        if self.timeframe_filter is not None:
            yield from self.timeframe_filter.problems(f"{where}.timeframe_filter")
            yield from unusual(self.timeframe_filter, FIXED_DATES, f"{where}.timeframe_filter")
            if not isinstance(self.timeframe_filter, DateFilter):
                text = "The time of joining is no time, so any time will do."
                yield unreadable(f"{where}.timeframe_filter", text)
