"""Sorting by person, time and tie is what a plain stable sort gives, by whichever way it goes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.order import by_row, in_order

rows = st.integers(0, 3) | st.sampled_from([65_535, 65_536, 131_072, 2**31 - 1])
times = st.integers(-3, 3) | st.sampled_from([-(2**61), -(2**36), 2**36, 2**61])
entries = st.lists(st.tuples(rows, times, st.integers(0, 3)), max_size=30)


@given(st.lists(rows, max_size=40), st.sampled_from([np.int32, np.int64]))
def test_rows_come_in_ascending_order_equal_ones_as_they_were(
    given_rows: list[int], kind: type[np.integer]
) -> None:
    order = by_row(np.array(given_rows, dtype=kind)).tolist()
    assert order == sorted(range(len(given_rows)), key=lambda place: given_rows[place])


@given(entries)
def test_entries_come_by_row_time_and_tie_equal_ones_as_they_were(
    given_entries: list[tuple[int, int, int]],
) -> None:
    columns = np.array(given_entries, dtype=np.int64).reshape(-1, 3).T
    order = in_order(columns[0], columns[1], columns[2]).tolist()
    assert order == sorted(range(len(given_entries)), key=lambda place: given_entries[place])


@given(entries)
def test_what_is_in_order_by_time_needs_the_rows_alone(
    given_entries: list[tuple[int, int, int]],
) -> None:
    arrived = sorted(given_entries, key=lambda entry: entry[1:])
    columns = np.array(arrived, dtype=np.int64).reshape(-1, 3).T
    order = in_order(columns[0], columns[1], columns[2])
    assert order.tolist() == by_row(columns[0]).tolist()
