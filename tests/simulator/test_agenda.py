"""The agenda gives each person's next entry as a plain sorted list of everything would."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from flows.columns import NEVER
from simulator.agenda import EFFECT, ENTER, STEP, Agenda, entries, kind_of, rank

PEOPLE = 3
kinds = st.sampled_from([EFFECT, ENTER, STEP])
dues = st.integers(0, 5)


@dataclass
class Plain:
    """One entry; `number` goes along as its `ref`."""

    row: int
    due: int
    kind: int
    place: int
    number: int


class AgendaAgainstAList(RuleBasedStateMachine):
    """Adds, waves, withdrawals: the real agenda beside a list that is searched from end to end."""

    @initialize()
    def nothing_yet(self) -> None:
        self.agenda = Agenda()
        self.list: list[Plain] = []
        self.made = 0
        self.now = 0

    @rule(
        kind=kinds,
        place=st.integers(0, 2),
        rows=st.lists(st.integers(0, PEOPLE - 1), min_size=1, max_size=5),
        later=dues,
    )
    def add(self, kind: int, place: int, rows: list[int], later: int) -> None:
        numbers = list(range(self.made, self.made + len(rows)))
        self.made += len(rows)
        due = self.now + later
        self.list += [
            Plain(row, due, kind, place, number) for row, number in zip(rows, numbers, strict=True)
        ]
        dues_of = np.full(len(rows), due, dtype=np.int64)
        refs = np.array(numbers, dtype=np.int64)
        self.agenda.add(entries(kind, np.array(rows), dues_of, place, ref=refs))

    @rule(place=st.integers(0, 2), rows=st.sets(st.integers(0, PEOPLE - 1)))
    def withdraw(self, place: int, rows: set[int]) -> None:
        self.list = [
            one
            for one in self.list
            if not (one.kind == ENTER and one.place == place and one.row in rows)
        ]
        self.agenda.withdraw(np.array(sorted(rows), dtype=np.int64), place)

    @rule(data=st.data())
    def wave(self, data: st.DataObject) -> None:
        at = self.agenda.next_wave()
        held = self.agenda.all
        due = [self.earliest(row) for row in range(PEOPLE)]
        expected = [one for one in due if one]
        assert held.row[at].tolist() == [one.row for one in expected]
        assert held.ref[at].tolist() == [one.number for one in expected]
        assert held.due[at].tolist() == [one.due for one in expected]
        assert held.arrived[at].tolist() == [one.due for one in expected]
        assert self.agenda.free_until(held.row[at]).tolist() == [
            self.after(one) for one in expected
        ]
        for place, one in zip(at, expected, strict=True):
            if data.draw(st.booleans()):
                self.agenda.retire(np.array([place]))
                self.list.remove(one)
            else:
                one.due += 1 + data.draw(dues)
                held.due[place] = held.arrived[place] = one.due

    def earliest(self, row: int) -> Plain | None:
        own = [one for one in self.list if one.row == row]
        return min(own, key=lambda one: (one.due, one.kind, one.place, one.number), default=None)

    def after(self, taken: Plain) -> int:
        return min(
            (one.due for one in self.list if one.row == taken.row and one is not taken),
            default=NEVER,
        )

    @invariant()
    def nothing_is_lost(self) -> None:
        if self.list:
            self.now = max(0, min(one.due for one in self.list))


TestAgendaAgainstAList = AgendaAgainstAList.TestCase


@given(
    st.lists(st.tuples(kinds, st.integers(0, 10_000), st.integers(0, 100)), min_size=2, max_size=2)
)
def test_ranks_order_kind_then_visit_then_flow(pair: list[tuple[int, int, int]]) -> None:
    first, second = (int(rank(*one)) for one in pair)
    assert (first < second) == (pair[0] < pair[1])
    assert [int(kind_of(np.array([rank(*one)]))[0]) for one in pair] == [one[0] for one in pair]


def test_what_happens_comes_before_entries_and_these_before_steps() -> None:
    agenda = Agenda()
    due = np.zeros(1, dtype=np.int64)
    for kind in (STEP, ENTER, EFFECT):
        agenda.add(entries(kind, np.zeros(1, dtype=np.int64), due, 0, ref=kind))
    seen = []
    while len(at := agenda.next_wave()):
        seen += agenda.all.ref[at].tolist()
        agenda.retire(at)
    assert seen == [EFFECT, ENTER, STEP]


def test_an_agenda_without_entries_is_done() -> None:
    assert Agenda().next_wave().tolist() == []
