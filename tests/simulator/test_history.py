"""The history answers as a plain list of events would, however its events came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.columns import LONG_AGO, NEVER, Bools, Column, Times, Value
from flows.scene import Window
from simulator.history import KeyRange, MetricHistory

BASE = 1_700_000_000_000_000
END = BASE + 5
PEOPLE = 2
MOST = 9e12


@dataclass(frozen=True)
class Event:
    row: int
    at: int
    cents: int | None
    kind: str | None


@dataclass
class Kinds:
    """A test on the property `kind`, which counts how often it is asked."""

    accepted: set[Value]
    property: str = "kind"
    asked: list[int] = field(default_factory=list)

    def accepts(self, column: Column, at: Times) -> Bools:
        self.asked.append(len(column))
        return column.test(lambda value: value in self.accepted)


def fill(history: MetricHistory, events: list[Event]) -> None:
    cents = [np.nan if e.cents is None else e.cents / 100 for e in events]
    history.add(
        np.array([e.row for e in events], dtype=np.int32),
        np.array([e.at for e in events], dtype=np.int64),
        np.array(cents, dtype=np.float64),
        {"kind": Column.of([e.kind for e in events])},
    )


def window(after: list[int], until: list[int]) -> Window:
    return Window(np.array(after, dtype=np.int64), np.array(until, dtype=np.int64))


def everything(size: int) -> Window:
    return window([LONG_AGO] * size, [NEVER] * size)


events = st.builds(
    Event,
    row=st.integers(0, PEOPLE - 1),
    at=st.integers(BASE, END),
    cents=st.none() | st.integers(-500, 100_000),
    kind=st.sampled_from([None, "a", "b"]),
)
moments = st.integers(BASE - 1, END + 1) | st.sampled_from([LONG_AGO, NEVER, 0])
questions = st.tuples(
    st.lists(st.integers(0, PEOPLE - 1), min_size=1, max_size=PEOPLE, unique=True),
    st.lists(moments, min_size=PEOPLE, max_size=PEOPLE),
    st.lists(moments, min_size=PEOPLE, max_size=PEOPLE),
    st.sampled_from([None, frozenset({"a"}), frozenset({"a", None})]),
)
Question = tuple[list[int], list[int], list[int], frozenset[Value] | None]


@given(st.lists(st.lists(events, max_size=4) | questions, min_size=4, max_size=20))
def test_counts_and_sums_are_those_of_a_plain_list(told: list[list[Event] | Question]) -> None:
    """Batches of events and questions in any order; the same windows may be asked again."""
    history = MetricHistory(KeyRange.over(BASE, END), PEOPLE)
    tests = {kinds: Kinds(set(kinds)) for kinds in (frozenset({"a"}), frozenset({"a", None}))}
    known: list[Event] = []
    for one in told:
        if isinstance(one, list):
            fill(history, one)
            known += one
            continue
        rows, after, until, kinds = one
        asked = window(after[: len(rows)], until[: len(rows)])
        where = [tests[kinds]] if kinds else []
        found = [
            [
                event
                for event in known
                if event.row == row and first < event.at <= last
                if kinds is None or event.kind in kinds
            ]
            for row, first, last in zip(rows, after, until, strict=False)
        ]
        people = np.array(rows)
        assert history.count(people, asked, where).tolist() == [len(own) for own in found]
        sums = [float(sum(Decimal(e.cents or 0) for e in own) / 100) for own in found]
        assert history.total(people, asked, where).tolist() == sums


@given(st.lists(st.lists(events, max_size=6), max_size=8))
def test_every_event_keeps_its_number_and_its_properties(batches: list[list[Event]]) -> None:
    history = MetricHistory(KeyRange.over(BASE, END), PEOPLE)
    for batch in batches:
        fill(history, batch)
    known = [event for batch in batches for event in batch]
    numbers = np.arange(len(known))[::-1]
    assert history.size == len(known)
    assert history.property("kind", numbers).values() == [e.kind for e in reversed(known)]
    assert history.property("$value", numbers).values() == [
        None if e.cents is None else e.cents / 100 for e in reversed(known)
    ]
    assert history.property("unheard of", numbers).values() == [None] * len(known)


def test_a_sum_is_exact_whatever_the_crowd_spends() -> None:
    """Running sums of floating numbers would give one person the rounding of all the others."""
    history = MetricHistory(KeyRange.over(BASE, END), 1001)
    crowd = [Event(row, BASE + 1, 99_999_99 + row, None) for row in range(1000)]
    fill(history, [*crowd, Event(1000, BASE + 1, 3333, None), Event(1000, BASE + 2, 6667, None)])
    assert history.total(np.array([1000]), everything(1), []).tolist() == [100.0]


def test_values_beyond_all_reason_do_not_harm_those_of_others() -> None:
    history = MetricHistory(KeyRange.over(BASE, END), 2)
    rows, times = np.array([0, 1]), np.full(2, BASE + 1)
    history.add(rows, times, np.array([np.inf, 5.0]), {})
    assert history.total(np.array([0, 1]), everything(2), []).tolist() == [MOST, 5.0]


def test_a_filter_is_asked_once_of_events_that_lie_still() -> None:
    history = MetricHistory(KeyRange.over(BASE, END), PEOPLE)
    fill(history, [Event(0, BASE + 1, None, "a"), Event(1, BASE + 2, None, "b")])
    kinds = Kinds({"a"})
    for _ in range(3):
        assert history.count(np.array([0, 1]), everything(2), [kinds]).tolist() == [1, 0]
    assert kinds.asked == [2]


def test_a_time_that_was_empty_may_fill_or_be_asked_otherwise() -> None:
    history = MetricHistory(KeyRange.over(BASE, END), PEOPLE)

    def found(after: int, until: int, *where: Kinds) -> int:
        asked = window([BASE + after], [BASE + until])
        return int(history.count(np.array([0]), asked, where)[0])

    fill(history, [Event(0, BASE + 1, None, "b"), Event(0, BASE + 5, None, "b")])
    assert (found(1, 2), found(0, 2)) == (0, 1)
    assert (found(0, 2, Kinds({"a"})), found(0, 2)) == (0, 1)
    assert (found(2, 4), found(2, 5)) == (0, 1)
    fill(history, [Event(0, BASE + 3, None, "b")])
    assert (found(2, 4), found(3, 4), found(2, 4)) == (1, 0, 1)


def test_two_filters_must_both_accept() -> None:
    history = MetricHistory(KeyRange.over(BASE, END), PEOPLE)
    fill(history, [Event(0, BASE + i, None, kind) for i, kind in enumerate("abc")])
    both = [Kinds({"a", "b"}), Kinds({"b", "c"})]
    assert history.count(np.array([0]), everything(1), both).tolist() == [1]


def test_names_are_those_of_all_batches() -> None:
    history = MetricHistory(KeyRange.over(BASE, END), PEOPLE)
    one, two = np.zeros(1, dtype=np.int32), np.full(1, BASE)
    for name in ("size", "colour", "size"):
        history.add(one, two, np.zeros(1), {name: Column.of(["x"])})
    assert sorted(history.names()) == ["colour", "size"]
    assert history.property("colour", np.arange(3)).values() == [None, "x", None]


@pytest.mark.parametrize("days", [1, 30, 400, 4000])
def test_keys_order_people_then_times_and_give_both_back(days: int) -> None:
    end = BASE + days * 86_400_000_000
    span = KeyRange.over(BASE, end)
    last = span.rows - 1
    rows, times = np.array([0, 0, 1, last, last]), np.array([BASE, end, BASE, BASE, end])
    keys = span.keys(rows, times)
    assert (np.diff(keys.astype(object)) > 0).all()
    assert span.rows_of(keys).tolist() == rows.tolist()
    assert span.times(keys).tolist() == times.tolist()
    assert span.rows >= 30_000
