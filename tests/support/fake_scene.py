"""A small scene out of plain values, to ask conditions about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, NEVER, Bools, Column, Floats, Ints, Times, Value
from flows.decisions import Decision
from flows.document import Flow
from flows.rules import Channel, Rules
from flows.scene import GOOD_ADDRESS, NEVER_SUBSCRIBED, Consent, EventTest, ObjectTest, Window

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def at(text: str) -> int:
    """µs since 1970 of an ISO time, in UTC unless it says otherwise."""
    time = datetime.fromisoformat(text)
    return ((time if time.tzinfo else time.replace(tzinfo=UTC)) - EPOCH) // timedelta(
        microseconds=1
    )


def times(*texts: str) -> Times:
    """One time a row."""
    return np.array([at(text) for text in texts], dtype=np.int64)


@dataclass
class Happened:
    """One event of one row."""

    row: int
    metric: str
    at: int
    value: float = float("nan")
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass
class FakeScene:
    """People as rows; what is not given is unset, never or empty."""

    now: Times
    entered_at: Times
    properties: dict[str, Sequence[Value]] = field(default_factory=dict)
    event: dict[str, Sequence[Value]] = field(default_factory=dict)
    events: Sequence[Happened] = ()
    groups: dict[str, Times] = field(default_factory=dict)
    consents: dict[Channel, Consent] = field(default_factory=dict)
    sent: dict[Channel, Times] = field(default_factory=dict)
    entered_before: Times | None = None
    chances: dict[tuple[str, bool], Sequence[float]] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    flow: Flow = field(default_factory=Flow)
    objects: dict[str, Sequence[Sequence[dict[str, Value]]]] = field(default_factory=dict)
    """By object type, per row its objects."""
    object: dict[str, Sequence[Value]] = field(default_factory=dict)
    """By property, per row that of the object that started the run."""
    memory: dict[str, Sequence[int]] = field(default_factory=dict)
    stock: Times | None = None
    wanted: Sequence[bool] = ()
    items: Sequence[str] = ()
    decisions: Sequence[Decision] = ()

    def __len__(self) -> int:
        return len(self.now)

    @property
    def visit(self) -> Ints:
        return np.ones(len(self), dtype=np.int64)

    @property
    def target_day(self) -> Ints:
        return np.zeros(len(self), dtype=np.int64)

    def column(self, name: str) -> Column:
        values = self.properties.get(name)
        return Column.of(values) if values else Column.unset(len(self))

    def event_column(self, name: str) -> Column:
        values = self.event.get(name)
        return Column.of(values) if values else Column.unset(len(self))

    def _matching(
        self, metric: str, window: Window, where: Sequence[EventTest]
    ) -> list[list[Happened]]:
        def passes(event: Happened) -> bool:
            return all(
                test.accepts(
                    Column.of([event.properties.get(test.property)]), np.array([event.at])
                )[0]
                for test in where
            )

        return [
            [
                event
                for event in self.events
                if event.row == row
                and event.metric == metric
                and window.after[row] < event.at <= window.until[row]
                and passes(event)
            ]
            for row in range(len(self))
        ]

    def count(self, metric: str, window: Window, where: Sequence[EventTest] = ()) -> Ints:
        found = self._matching(metric, window, where)
        return np.array([len(events) for events in found], dtype=np.int64)

    def total(self, metric: str, window: Window, where: Sequence[EventTest] = ()) -> Floats:
        found = self._matching(metric, window, where)
        return np.array([sum(event.value for event in events) for events in found], dtype=float)

    def joined(self, group: str) -> Times:
        return self.groups.get(group, np.full(len(self), NEVER, dtype=np.int64))

    def consent(self, channel: Channel) -> Consent:
        size = len(self)
        return self.consents.get(channel) or Consent(
            np.full(size, NEVER_SUBSCRIBED, dtype=np.int8),
            np.full(size, NEVER, dtype=np.int64),
            np.zeros(size, dtype=np.bool_),
        )

    def address(self, channel: Channel) -> NDArray[np.int8]:
        return np.full(len(self), GOOD_ADDRESS, dtype=np.int8)

    def last_sent(self, channel: Channel) -> Times:
        return self.sent.get(channel, np.full(len(self), LONG_AGO, dtype=np.int64))

    def smart_until(self, channel: Channel) -> Times:
        return np.full(len(self), LONG_AGO, dtype=np.int64)

    def last_entered(self) -> Times:
        if self.entered_before is not None:
            return self.entered_before
        return np.full(len(self), LONG_AGO, dtype=np.int64)

    def zone(self, timezone: str) -> Column:
        return Column.of(["UTC"] * len(self))

    def object_count(self, object_type: str, where: Sequence[ObjectTest] = ()) -> Ints:
        held = self.objects.get(object_type, [()] * len(self))
        counts = [
            sum(_object_passes(one, now, where) for one in own)
            for own, now in zip(held, self.now, strict=True)
        ]
        return np.array(counts, dtype=np.int64)

    def object_column(self, name: str) -> Column:
        values = self.object.get(name)
        return Column.of(values) if values else Column.unset(len(self))

    def remembered(self, action: str) -> NDArray[np.int16]:
        return np.array(self.memory.get(action, [-1] * len(self)), dtype=np.int16)

    def restocked(self) -> Times:
        return self.now if self.stock is None else self.stock

    def still_wanted(self) -> Bools:
        return np.array(self.wanted or [True] * len(self), dtype=np.bool_)

    def available(self, items: Column) -> Bools:
        return items.test(lambda value: value in self.items)

    def chance(self, purpose: str, *, per_visit: bool = True) -> Floats:
        return np.array(self.chances[purpose, per_visit], dtype=float)


def _object_passes(held: dict[str, Value], now: int, where: Sequence[ObjectTest]) -> bool:
    return all(
        test.accepts(Column.of([held.get(test.property)]), np.array([now]))[0] for test in where
    )


def scene(now: str = "2026-03-10T12:00:00", *, size: int = 1, **given: object) -> FakeScene:
    """A scene of `size` rows that all stand at `now` and entered a week before it."""
    moment = np.full(size, at(now), dtype=np.int64)
    given.setdefault("entered_at", moment - 7 * 86_400_000_000)
    return FakeScene(now=moment, **given)  # type: ignore[arg-type]


def accepted(answers: Bools) -> list[bool]:
    """The answers as plain values."""
    return [bool(answer) for answer in answers]
