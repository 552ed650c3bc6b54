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
    r, t, v = rows[order], times[order], ties[order]
    same = r[1:] == r[:-1]
    later = (t[1:] > t[:-1]) | ((t[1:] == t[:-1]) & (v[1:] >= v[:-1]))
    early = np.flatnonzero(same & ~later)
    if not len(early):
        return order
    mixed = np.zeros(int(r[-1]) + 1, dtype=np.bool_)
    mixed[r[early]] = True
    among = np.flatnonzero(mixed[r])
    own = order[among]
    order[among] = own[_exact_order(rows[own], times[own], ties[own])]
    return order


def _exact_order(rows: NDArray[np.generic], times: Times, ties: Ints) -> NDArray[np.intp]:
    """By one sortable number where row, time and tie fit into it, which beats three sorts."""
    first, low = int(times.min()), int(ties.min())
    time_bits = (int(times.max()) - first).bit_length()
    tie_bits = (int(ties.max()) - low).bit_length()
    if int(rows.astype(np.int64).max()).bit_length() + time_bits + tie_bits > 64:
        return np.lexsort((ties, times, rows))
    key = rows.astype(np.uint64) << np.uint64(time_bits)
    key |= (times - first).astype(np.uint64)
    key <<= np.uint64(tie_bits)
    key |= (ties - low).astype(np.uint64)
    order: NDArray[np.intp] = np.argsort(key, kind="stable")
    return order
