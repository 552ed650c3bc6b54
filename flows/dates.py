"""Calendar days as columns: the dates of properties, and whether a date still is the same one."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Column, Ints, Value
from flows.moments import read

NO_DAY = np.iinfo(np.int64).min


def day_number(value: Value) -> int:
    """Days since 1970 of a written date, its time part ignored; NO_DAY if it is none."""
    found = read(value)
    return found.day if found else NO_DAY


def days(column: Column) -> Ints:
    """The day of every row, NO_DAY where it has none."""
    numbers: Ints = column.map(day_number, np.int64).astype(np.int64, copy=False)
    return numbers


def _month_and_day(day: Ints) -> tuple[Ints, Ints, Ints]:
    dates = day.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    first = months.astype("datetime64[D]")
    length = (months + 1).astype("datetime64[D]") - first
    month = months.astype(np.int64) % 12
    return month, (dates - first).astype(np.int64), length.astype(np.int64)


def same_date(
    column: Column, target: Ints, recurrence: Literal["annually", "monthly", "weekly", "never"]
) -> Bools:
    """Where the property still names the target day, as the recurrence compares days.

    The 29th to 31st stand for the last day of a shorter month (semantics B.3).
    """
    own = days(column)
    known = own != NO_DAY
    own = np.where(known, own, target)
    if recurrence == "never":
        same: NDArray[np.bool_] = own == target
    elif recurrence == "weekly":
        same = (own - target) % 7 == 0
    else:
        own_month, own_day, _ = _month_and_day(own)
        month, day, length = _month_and_day(target)
        same = np.minimum(own_day, length - 1) == day
        if recurrence == "annually":
            same &= own_month == month
    return known & same
