"""CSV with a header: read at once by Arrow, or record by record where a record is out of shape."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.csv as arrow_csv

from storage.errors import FileError
from storage.exchange.arrow_columns import column_of, exploded
from storage.exchange.sheet import Refusal, Sheet

LARGEST_CELL = 64 * 1024 * 1024


class Record(NamedTuple):
    """One record: its first and last line, its cells, and the text as it stands in the file."""

    line: int
    last: int
    cells: list[str]
    text: str

    def refusal(self, size: int) -> Refusal:
        """Why the record cannot be used where the header has `size` cells."""
        span = f" (up to line {self.last})" if self.last > self.line else ""
        reason = f"The row{span} has {len(self.cells)} cells, the header has {size}."
        return Refusal(self.line, reason, self.text.rstrip("\r\n"))


def read_csv(path: Path, objects: Sequence[str]) -> Sheet:
    """The file as a sheet of text; a record of the wrong length is refused alone."""
    header = _header(path)
    table, outside = _at_once(path, header), list[Refusal]()
    if table is None:
        table, outside = _one_by_one(path, header)

    def lines(rows: Sequence[int]) -> list[int]:
        starts = [one.line for one in _records(path) if len(one.cells) == len(header)]
        return [starts[row + 1] for row in rows]

    sheet = Sheet(path, table.num_rows, {}, {}, lines, outside, only_text=True)
    for name, cells in zip(header, table.columns, strict=True):
        if name in objects:
            sheet.objects[name] = exploded(sheet, name, cells)
        elif name:
            sheet.columns[name] = column_of(sheet, name, cells)
    return sheet


def _header(path: Path) -> list[str]:
    for record in _records(path):
        for name in record.cells:
            if name and record.cells.count(name) > 1:
                raise FileError(path, f"The column “{name}” stands here twice.", record.line)
        return record.cells
    raise FileError(path, "The file has no header and no rows.")


def _at_once(path: Path, header: list[str]) -> pa.Table | None:
    names = [str(place) for place in range(len(header))]
    if _odd_quotes(path):
        return None
    try:
        return arrow_csv.read_csv(
            path,
            read_options=arrow_csv.ReadOptions(
                column_names=names, skip_rows_after_names=1, block_size=16 * 1024 * 1024
            ),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None


def _odd_quotes(path: Path) -> bool:
    """Whether a quote may stay open, which Arrow would not say."""
    with path.open("rb") as file:
        return sum(block.count(b'"') for block in iter(lambda: file.read(1 << 24), b"")) % 2 == 1


def _one_by_one(path: Path, header: list[str]) -> tuple[pa.Table, list[Refusal]]:
    records = _records(path)
    next(records)
    rows, outside = list[list[str]](), list[Refusal]()
    for record in records:
        if len(record.cells) == len(header):
            rows.append(record.cells)
        else:
            outside.append(record.refusal(len(header)))
    columns = zip(*rows, strict=True) if rows else ([] for _ in header)
    arrays = [
        pa.chunked_array([pa.array([cell or None for cell in cells], pa.large_string())])
        for cells in columns
    ]
    return pa.table(arrays, names=[str(place) for place in range(len(header))]), outside


def _records(path: Path) -> Iterator[Record]:
    """Every record that is not blank, the header first; FileError where a quote stays open."""
    csv.field_size_limit(LARGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        taken: list[str] = []
        start, text = 1, ""
        for cells in csv.reader(_noted(file, taken)):
            text = "".join(taken)
            if cells:
                yield Record(start, start + len(taken) - 1, cells, text)
            start += len(taken)
            taken.clear()
    if _stays_open(text):
        raise FileError(path, "A quote opens here and is never closed.", start - text.count("\n"))


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _stays_open(text: str) -> bool:
    try:
        list(csv.reader(text.splitlines(keepends=True), strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
