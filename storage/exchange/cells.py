"""Single cells: plain values out of JSON, and what a cell of text stands for."""

from __future__ import annotations

import json
import math
import re
from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from flows.columns import UNSET, Column, Value

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,3})?")
MOST_DIGITS = 15
"""A longer number is an identifier: it stays text, since a float could not hold it."""
BOOLEANS = {"true": True, "false": False}


def plain(value: Any) -> Value:
    """A JSON value as a property: lists of scalars become tuples, deeper values JSON text."""
    if type(value) is str:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        if all(item is None or isinstance(item, str | int | float) for item in value):
            return tuple(value)
        return compact(value)
    return compact(value) if isinstance(value, dict) else value


def compact(value: Any) -> str:
    """JSON text without spaces; what JSON does not know is written as text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def identity(value: Value) -> Hashable:
    """Equal for equal values of equal types: 1, 1.0 and true stay apart, in lists too."""
    if type(value) is str:
        return value
    if isinstance(value, tuple):
        return (tuple, tuple(map(type, value)), value)
    return (type(value), value)


class Gatherer:
    """Collects values row by row into columns by name; rows come in ascending order."""

    def __init__(self) -> None:
        self._held: dict[str, _Gathered] = {}

    def put(self, row: int, name: str, value: Value) -> None:
        """A value of one row; None leaves the row unset."""
        if value is None:
            return
        held = self._held.get(name)
        if held is None:
            held = self._held[name] = _Gathered(array("i"), array("i"), {}, [])
        rows, codes, seen, pool = held
        code = seen.setdefault(value if type(value) is str else identity(value), len(pool))
        if code == len(pool):
            pool.append(value)
        rows.append(row)
        codes.append(code)

    def columns(self, size: int) -> dict[str, Column]:
        """Every name with its column of `size` rows."""
        return {name: held.column(size) for name, held in self._held.items()}


class _Gathered(NamedTuple):
    """One column so far: rows with a value and their codes, and the pool by identity."""

    rows: array[int]
    codes: array[int]
    seen: dict[Hashable, int]
    pool: list[Value]

    def column(self, size: int) -> Column:
        codes = np.full(size, UNSET, dtype=np.int32)
        codes[np.asarray(self.rows)] = np.asarray(self.codes)
        return Column(codes, tuple(self.pool))


def recode(column: Column, change: Callable[[Value], Value]) -> Column:
    """Each distinct value changed once; values that become equal share a code, None is unset."""
    return with_pool(column, map(change, column.pool))


def with_pool(column: Column, values: Iterable[Value]) -> Column:
    """The column with a new value for each of its pool, merged as in `recode`."""
    seen: dict[Hashable, int] = {}
    pool: list[Value] = []
    lookup = np.full(len(column.pool) + 1, UNSET, dtype=np.int32)
    for old, value in enumerate(values):
        if value is None:
            continue
        code = seen.setdefault(identity(value), len(pool))
        if code == len(pool):
            pool.append(value)
        lookup[old] = code
    return Column(lookup[column.codes], tuple(pool))


def compacted(column: Column) -> Column:
    """The same column with a pool of only those values that a row has."""
    lookup = np.full(len(column.pool) + 1, UNSET, dtype=np.int32)
    lookup[column.codes] = 0
    used = np.flatnonzero(lookup[:-1] == 0)
    if len(used) == len(column.pool):
        return column
    lookup[-1] = UNSET
    lookup[used] = np.arange(len(used), dtype=np.int32)
    return Column(lookup[column.codes], tuple(column.pool[code] for code in used.tolist()))


def typed(column: Column) -> Column:
    """A column of texts as numbers or booleans, if every text is one; else as it came."""
    texts = [str(value) for value in column.pool]
    if _all_numbers(texts):
        return recode(column, lambda text: number(str(text)))
    if texts and all(text.lower() in BOOLEANS for text in texts):
        return recode(column, lambda text: BOOLEANS[str(text).lower()])
    return column


def is_number(text: str) -> bool:
    """Whether a text has the shape of a number that a float can hold."""
    return NUMBER.fullmatch(text) is not None and math.isfinite(float(text))


def number(text: str) -> int | float:
    """The number that such a text stands for."""
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _all_numbers(texts: Sequence[str]) -> bool:
    return bool(texts) and all(
        is_number(text) and sum(map(str.isdigit, text)) <= MOST_DIGITS for text in texts
    )
