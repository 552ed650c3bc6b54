"""Columns hold values as codes and lose none of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flows.columns import Column, Value

scalars = st.one_of(
    st.booleans(), st.integers(-3, 3), st.sampled_from([0.0, 1.0, 2.5]), st.text(max_size=2)
)
values: st.SearchStrategy[Value] = st.none() | scalars | st.lists(scalars, max_size=2).map(tuple)


def exactly(some: list[Value]) -> list[str]:
    """Values with their types: 1, 1.0 and True are not the same."""
    return [repr(value) for value in some]


@given(st.lists(values, max_size=12))
def test_a_column_gives_back_what_it_was_made_of(given_values: list[Value]) -> None:
    assert exactly(Column.of(given_values).values()) == exactly(given_values)


@given(st.lists(values, min_size=1, max_size=8), st.data())
def test_writing_over_rows_changes_those_rows_alone(held: list[Value], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(held) - 1), unique=True))
    new = data.draw(st.lists(values, min_size=len(rows), max_size=len(rows)))
    written = Column.of(held).put(np.array(rows, dtype=np.int64), Column.of(new)).values()
    expected = list(held)
    for row, value in zip(rows, new, strict=True):
        expected[row] = value
    assert exactly(written) == exactly(expected)


@given(st.lists(values, max_size=12))
def test_a_test_is_asked_for_every_value_and_for_none(given_values: list[Value]) -> None:
    answers = Column.of(given_values).test(lambda value: value is None or value == 1)
    assert answers.tolist() == [value is None or value == 1 for value in given_values]
