"""Sorting people and moments, by radix where that is possible."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.columns import Ints, Times

_HALF = 16


def by_row(rows: NDArray[np.generic]) -> NDArray[np.intp]:
    """The stable order of small non-negative numbers, sixteen bits at a time."""
    plain = rows.astype(np.int64, copy=False)
    order = np.argsort((plain & 0xFFFF).astype(np.uint16), kind="stable")
    high = plain >> _HALF
    if len(plain) and int(high.max()):
        order = order[np.argsort(high[order].astype(np.uint16), kind="stable")]
    return order


def in_order(rows: NDArray[np.generic], times: Times, ties: Ints) -> NDArray[np.intp]:
    """The stable order by row, then time, then tie; quick where rows arrive nearly so."""
    order = by_row(rows)
    r, t, v = rows[order].astype(np.int64), times[order], ties[order]
    same = r[1:] == r[:-1]
    later = (t[1:] > t[:-1]) | ((t[1:] == t[:-1]) & (v[1:] >= v[:-1]))
    if bool((later | ~same).all()):
        return order
    return _exact_order(rows, times, ties)


def _exact_order(rows: NDArray[np.generic], times: Times, ties: Ints) -> NDArray[np.intp]:
    """By one sortable number where row and time fit into it, which beats three sorts."""
    first = int(times.min())
    bits = (int(times.max()) - first).bit_length()
    if int(rows.astype(np.int64).max()).bit_length() + bits > 63:
        return np.lexsort((ties, times, rows))
    by_tie = np.argsort(ties, kind="stable")
    key = (rows.astype(np.int64) << bits) | (times - first)
    order: NDArray[np.intp] = by_tie[np.argsort(key[by_tie], kind="stable")]
    return order
