"""Dates as people write them (semantics C), and answers that are remembered."""

import numpy as np
import pytest
from fake_scene import at
from hypothesis import given
from hypothesis import strategies as st

from flows.columns import NEVER, Column, Value
from flows.memory import ask
from flows.moments import instants, read


@pytest.mark.parametrize(
    ("written", "moment", "whole_day"),
    [
        ("2026-03-10", "2026-03-10T00:00:00+00:00", True),
        ("2026-03-10T08:30", "2026-03-10T08:30:00+00:00", False),
        ("2026-03-10T08:30:15.5Z", "2026-03-10T08:30:15.500000+00:00", False),
        ("2026-03-10 08:30:15+02:00", "2026-03-10T08:30:15+02:00", False),
        ("2026-03-10T00:00:00-05:00", "2026-03-10T00:00:00-05:00", True),
        ("03/10/2026", "2026-03-10T00:00:00+00:00", True),
        ("3/9/26", "2026-03-09T00:00:00+00:00", True),
        ("03/10/2026 08:30", "2026-03-10T08:30:00+00:00", False),
        ("0001-01-01T00:00+14:00", "0001-01-01T00:00:00+14:00", True),
    ],
)
def test_a_date_is_read_as_people_write_it(written: str, moment: str, whole_day: bool) -> None:
    found = read(written)
    assert found
    assert (found.at, found.whole_day) == (at(moment), whole_day)


def test_the_day_is_the_one_that_is_written_whatever_the_offset() -> None:
    days = [read(text) for text in ("2026-03-10T23:00-05:00", "2026-03-10")]
    assert [found.day for found in days if found] == [20522, 20522]


@pytest.mark.parametrize(
    "value",
    [None, 20260310, True, "", "soon", "10-03-2026", "2026-02-30", "13/13/2026", "20260310",
     "2026-W10-2", ("2026-03-10",), "2026-03-10T08:30" + "0" * 40],
)  # fmt: skip
def test_what_is_no_date_is_none(value: Value) -> None:
    assert read(value) is None
    assert instants(Column.of([value])).tolist() == [NEVER]


@given(st.lists(st.none() | st.integers(-3, 3) | st.booleans() | st.text(max_size=2), max_size=30))
def test_a_remembered_answer_is_that_of_asking_again(values: list[Value]) -> None:
    column = Column.of(values)
    rows = np.arange(len(values))[::3]
    for asked in (column, column.take(rows), column):
        assert ask(asked, repr, np.object_).tolist() == [repr(v) for v in asked.values()]
