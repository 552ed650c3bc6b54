"""Conditions on what the flow itself did before: earlier entries, earlier messages."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np

from flows.columns import LONG_AGO, Bools, Times
from flows.conditions.base import Answer, Condition, Names
from flows.filters import DateFilter, ValueFilter
from flows.filters.allowed import not_asked_here
from flows.filters.dates import AlltimeFilter, RelativeDateFilter
from flows.filters.words import moment
from flows.flaws import unreadable
from flows.problem import Problem
from flows.rules import Channel
from flows.scene import Scene


class NotSinceCondition(Condition):
    """The base of conditions that hold where something has not happened in a span of time."""

    timeframe_filter: ValueFilter
    what: ClassVar[str] = ""
    happened: ClassVar[str] = ""

    @abstractmethod
    def last(self, scene: Scene) -> Times:
        """When it last happened; LONG_AGO for never."""

    def test(self, scene: Scene) -> Bools:
        if not isinstance(self.timeframe_filter, DateFilter):
            return np.ones(len(scene), dtype=np.bool_)
        return ~self.timeframe_filter.holds(self.last(scene), scene.now)

    def sentence(self, names: Names) -> str:
        when = self.timeframe_filter
        if isinstance(when, AlltimeFilter) or not isinstance(when, DateFilter):
            return f"was never {self.what}"
        return f"was not {self.what} {when.timeframe()}"

    def explain(self, scene: Scene, names: Names) -> Answer:
        last = int(self.last(scene)[0])
        found = "never" if last == LONG_AGO else f"last on {moment(last)}"
        text = f"{self.happened}: {found}; wanted: {self.sentence(names)}"
        return Answer(bool(self.test(scene)[0]), text)

    def problems(self, where: str) -> Iterator[Problem]:
        yield from self.timeframe_filter.problems(f"{where}.timeframe_filter")
        if not isinstance(self.timeframe_filter, DateFilter):
            text = "The timeframe is no time, so the condition holds for everybody."
            yield unreadable(f"{where}.timeframe_filter", text)
        elif not _is_usual(self.timeframe_filter):
            allowed = ("date (alltime)", "date (in-the-last)")
            what = f"“{self.timeframe_filter.timeframe()}”"
            yield not_asked_here(what, f"{where}.timeframe_filter", allowed)


def _is_usual(held: DateFilter) -> bool:
    last = isinstance(held, RelativeDateFilter) and held.operator == "in-the-last"
    return last or isinstance(held, AlltimeFilter)


class NotInFlowCondition(NotSinceCondition):
    """Not in this flow before, or not in the span: the older way to limit re-entry."""

    type: Literal["profile-not-in-flow"]
    label = "Not in this flow before"
    what = "in this flow"
    happened = "entered this flow before"

    def last(self, scene: Scene) -> Times:
        return scene.last_entered()


class _NotSentCondition(NotSinceCondition):
    channel: ClassVar[Channel]

    def last(self, scene: Scene) -> Times:
        return scene.last_sent(self.channel)


class NotSentEmailCondition(_NotSentCondition):
    """No email was handed over, ever or in the span."""

    type: Literal["profile-not-sent-email"]
    label = "Not sent an email"
    what = "sent an email"
    happened = "email sent"
    channel = "email"


class NotSentSmsCondition(_NotSentCondition):
    """No SMS was handed over, ever or in the span."""

    type: Literal["profile-not-sent-sms"]
    label = "Not sent an SMS"
    what = "sent an SMS"
    happened = "SMS sent"
    channel = "sms"


class NotSentPushCondition(_NotSentCondition):
    """No push notification was handed over, ever or in the span."""

    type: Literal["profile-not-sent-push"]
    label = "Not sent a push notification"
    what = "sent a push notification"
    happened = "push notification sent"
    channel = "push"
