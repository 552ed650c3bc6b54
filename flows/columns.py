"""Named arrays of equal length: a value per row, held as codes into a pool of distinct values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = NDArray[np.int32]
Codes: TypeAlias = NDArray[np.int32]
Floats: TypeAlias = NDArray[np.float64]
Times: TypeAlias = NDArray[np.int64]
"""Microseconds since 1970 in UTC."""
Keys: TypeAlias = NDArray[np.uint64]

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | tuple[Scalar | None, ...] | None
"""One property value; a list is a tuple; None stands for unset."""

NEVER: int = np.iinfo(np.int64).max
"""A time that does not come: not a member, no such date."""
LONG_AGO: int = np.iinfo(np.int64).min
"""A time before every time: not sent yet, not entered yet."""

Identity: TypeAlias = tuple[object, ...]

UNSET = -1


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """`codes[row]` points into `pool`; -1 is unset. Pools may mix types: nothing is coerced."""

    codes: Codes
    pool: tuple[Value, ...]

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, values: Iterable[Value]) -> Column:
        """A column from plain values, None for unset; equal values of one type share a code."""
        seen: dict[Identity, int] = {}
        pool: list[Value] = []
        codes = [UNSET if value is None else _place(value, seen, pool) for value in values]
        return cls(np.asarray(codes, dtype=np.int32), tuple(pool))

    @classmethod
    def unset(cls, size: int) -> Column:
        """A column in which no row has a value."""
        return cls(np.full(size, UNSET, dtype=np.int32), ())

    def take(self, rows: NDArray[np.integer]) -> Column:
        """The same column at these rows, in their order."""
        return Column(self.codes[rows], self.pool)

    def values(self) -> list[Value]:
        """Plain values, one a row."""
        pool = (*self.pool, None)
        return [pool[code] for code in self.codes.tolist()]

    def is_set(self) -> Bools:
        """Where the row has a value."""
        return self.codes >= 0

    def test(self, accepts: Callable[[Value], bool]) -> Bools:
        """`accepts` over every row, called once a distinct value; unset rows are given None."""
        return self.map(accepts, np.bool_).astype(np.bool_, copy=False)

    def map(
        self, function: Callable[[Value], object], kind: type[np.generic]
    ) -> NDArray[np.generic]:
        """`function` over every row, called once a distinct value, as an array of `kind`."""
        if len(self.pool) <= len(self.codes):
            answers = np.array([function(v) for v in (*self.pool, None)], dtype=kind)
            return answers[self.codes]
        used, where = np.unique(self.codes, return_inverse=True)
        pool = (*self.pool, None)
        return np.array([function(pool[code]) for code in used.tolist()], dtype=kind)[where]

    def put(self, rows: NDArray[np.integer], values: Column) -> Column:
        """A new column with `values` (one a row of `rows`) written over those rows."""
        pool = list(self.pool)
        known = {_identity(value): i for i, value in enumerate(pool)}
        codes = [_place(value, known, pool) for value in values.pool]
        lookup = np.asarray([*codes, UNSET], dtype=np.int32)
        merged = self.codes.copy()
        merged[rows] = lookup[values.codes]
        return Column(merged, tuple(pool))


def _identity(value: Value) -> Identity:
    """What tells values apart that Python calls equal: 1, 1.0 and True, alone or in a list."""
    if isinstance(value, tuple):
        return (value, *map(type, value))
    return (type(value), value)


def _place(value: Value, seen: dict[Identity, int], pool: list[Value]) -> int:
    """The code of a value, which joins the pool if it is new."""
    name = _identity(value)
    if name not in seen:
        seen[name] = len(pool)
        pool.append(value)
    return seen[name]
