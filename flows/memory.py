"""Answers about distinct values, remembered while the same pool is asked again.

Flow filters are asked before every action, of the same people: a pool's values are then judged
once, not once a wave.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from flows.columns import Column, Value

T = TypeVar("T")
_FEW = 4
"""A pool this many times longer than the column is not judged whole."""


class _SamePool:
    """A pool as a key: equal to itself alone, for comparing values would cost more than asking."""

    __slots__ = ("values",)

    def __init__(self, values: tuple[Value, ...]) -> None:
        self.values = values

    def __hash__(self) -> int:
        return id(self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SamePool) and self.values is other.values


@lru_cache(maxsize=16)
def _answers(
    function: Callable[[Value], object], pool: _SamePool, kind: np.dtype[Any]
) -> NDArray[Any]:
    return np.array([function(value) for value in (*pool.values, None)], dtype=kind)


def ask(
    column: Column, function: Callable[[Value], object], kind: type[np.generic]
) -> NDArray[Any]:
    """`function` over every row as an array of `kind`; a pure function, asked once a value."""
    if len(column.pool) > _FEW * len(column):
        return column.map(function, kind)
    return _answers(function, _SamePool(column.pool), np.dtype(kind))[column.codes]


@lru_cache(maxsize=16)
def _floats(pool: _SamePool) -> NDArray[np.float64] | None:
    """The pool as numbers where it holds plain floats alone."""
    return np.array(pool.values) if set(map(type, pool.values)) == {float} else None


@lru_cache(maxsize=16)
def _held(
    holds: Callable[[NDArray[np.float64]], NDArray[np.bool_]], pool: _SamePool
) -> NDArray[np.bool_] | None:
    numbers = _floats(pool)
    return None if numbers is None else np.append(holds(numbers), False)


def ask_floats(
    column: Column, holds: Callable[[NDArray[np.float64]], NDArray[np.bool_]]
) -> NDArray[np.bool_] | None:
    """`holds` over every row, all values of the pool at once; None where not all are floats."""
    answers = _held(holds, _SamePool(column.pool))
    return None if answers is None else answers[column.codes]


@lru_cache(maxsize=16)
def _made(make: Callable[..., object], pool: _SamePool, *more: Hashable) -> Any:
    return make(pool.values, *more)


def once(pool: tuple[Value, ...], make: Callable[..., T], *more: Hashable) -> T:
    """What a pure function makes of a pool; made once while the same pool is asked again."""
    made: T = _made(make, _SamePool(pool), *more)
    return made
