"""A file as columns of text and values, whatever its format, with the rows that were refused."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.columns import Column, Times, Value
from storage.exchange.cells import compact, with_pool
from storage.exchange.given import Rejected
from storage.exchange.instants import many

Lines = Callable[[Sequence[int]], list[int]]
"""From rows to the lines of the file where they start, counted from 1."""


class Refusal(NamedTuple):
    """A line that never became a row."""

    line: int
    reason: str
    text: str


@dataclass(slots=True, eq=False)
class Sheet:
    """Rows of a file. `objects` holds the object columns asked for, exploded by key.

    A row is refused once, for the first reason found; its cells stay until `kept` leaves it out.
    """

    path: Path
    size: int
    columns: dict[str, Column]
    objects: dict[str, dict[str, Column]]
    lines: Lines
    outside: list[Refusal] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    only_text: bool = False
    """Cells have no types of their own, as in CSV."""

    def column(self, name: str) -> Column:
        """A column by its header; unset for all where the file has none."""
        return self.columns.get(name) or Column.unset(self.size)

    def refuse(self, rows: Iterable[int], reason: str) -> None:
        """These rows cannot be used; an earlier reason stays."""
        for row in rows:
            self.refused.setdefault(row, reason)

    def converted(self, name: str, change: Callable[[Value], Value]) -> Column:
        """A column by `change` over distinct values; its ValueError is the reason to refuse."""
        column = self.column(name)
        changed: list[Value] = []
        reasons: dict[int, str] = {}
        for code, value in enumerate(column.pool):
            try:
                changed.append(change(value))
            except ValueError as error:
                reasons[code] = str(error)
                changed.append(None)
        self._refuse_codes(column, reasons)
        same = all(map(operator.is_, changed, column.pool))
        return column if same else with_pool(column, changed)

    def times(self, name: str, column: Column, read: Callable[[str], int]) -> Times:
        """µs of each distinct text of the column; rows with a text that is no time are refused."""
        times, bad = many([str(value) for value in column.pool], read)
        self._refuse_codes(
            column,
            {
                code: f"`{name}` is no time: “{column.pool[code]}”."
                for code in np.flatnonzero(bad).tolist()
            },
        )
        return times

    def kept(self) -> NDArray[np.int64]:
        """The rows that were not refused, in order."""
        keep = np.ones(self.size, dtype=np.bool_)
        keep[list(self.refused)] = False
        return np.flatnonzero(keep)

    def rejected(self) -> tuple[Rejected, ...]:
        """Every refused row and line, in the order of the file."""
        rows = sorted(self.refused)
        found = [
            Refusal(line, self.refused[row], self._row_text(row))
            for row, line in zip(rows, self.lines(rows) if rows else [], strict=True)
        ]
        return tuple(
            Rejected(f"{self.path.name}:{line}", reason, text)
            for line, reason, text in sorted([*self.outside, *found])
        )

    def _refuse_codes(self, column: Column, reasons: dict[int, str]) -> None:
        if not reasons:
            return
        rows = np.flatnonzero(np.isin(column.codes, np.fromiter(reasons, dtype=np.int32)))
        for row in rows.tolist():
            self.refused.setdefault(row, reasons[int(column.codes[row])])

    def _row_text(self, row: int) -> str:
        written: dict[str, object] = _present(self.columns, row)
        for name, inner in self.objects.items():
            if held := _present(inner, row):
                written[name] = held
        return compact(written)


def _present(columns: dict[str, Column], row: int) -> dict[str, object]:
    return {
        name: column.pool[column.codes[row]]
        for name, column in columns.items()
        if column.codes[row] >= 0
    }
