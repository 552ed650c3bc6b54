"""Parquet: typed columns, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from storage.errors import FileError
from storage.exchange.arrow_columns import column_of, exploded
from storage.exchange.sheet import Sheet


def read_parquet(path: Path, objects: Sequence[str]) -> Sheet:
    """The file as a sheet; rows count from 1 as lines do."""
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError):
        raise FileError(path, "The file is no Parquet file, or it is damaged.") from None
    sheet = Sheet(path, table.num_rows, {}, {}, lambda rows: [row + 1 for row in rows])
    for name, cells in zip(table.column_names, table.columns, strict=True):
        if name in objects:
            sheet.objects[name] = exploded(sheet, name, cells)
        else:
            sheet.columns[name] = column_of(sheet, name, cells)
    return sheet
