"""Arrow's columns as ours: codes into a pool of plain values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from flows.columns import UNSET, Column
from storage.errors import FileError
from storage.exchange.cells import Gatherer, plain
from storage.exchange.instants import texts_of
from storage.exchange.objects import decoded, explode
from storage.exchange.sheet import Sheet

Cells: TypeAlias = "pa.ChunkedArray[Any]"


def column_of(sheet: Sheet, name: str, cells: Cells) -> Column:
    """One Arrow column as codes and pool; times become ISO text, NaN becomes unset."""
    kind = cells.type
    if types.is_dictionary(kind):
        return column_of(sheet, name, cells.cast(kind.value_type))
    if types.is_null(kind):
        return Column.unset(len(cells))
    if types.is_nested(kind):
        return _gathered(cells)
    encoded: Any = _simple(sheet, name, cells).dictionary_encode().unify_dictionaries()
    if encoded.num_chunks == 0:
        return Column.unset(0)
    indices = [
        chunk.indices.fill_null(UNSET).to_numpy(zero_copy_only=False) for chunk in encoded.chunks
    ]
    codes = np.concatenate(indices).astype(np.int32)
    pool = encoded.chunk(0).dictionary.to_numpy(zero_copy_only=False)
    return Column(codes, tuple(pool.tolist()))


def exploded(sheet: Sheet, name: str, cells: Cells) -> dict[str, Column]:
    """An object column by key: JSON text, a struct or a map; what is no object is refused."""
    column, gatherer = column_of(sheet, name, cells), Gatherer()
    held: list[Any] = list(column.pool)
    for row, code in enumerate(column.codes.tolist()):
        if code == UNSET:
            continue
        try:
            if isinstance(held[code], str):
                held[code] = decoded(held[code])
            explode(gatherer, row, name, held[code])
        except ValueError as error:
            sheet.refuse([row], _reason(name, error))
    return gatherer.columns(len(column))


def _reason(name: str, error: ValueError) -> str:
    text = str(error)
    return text if text.startswith("`") else f"`{name}` is no JSON: {text}."


def _simple(sheet: Sheet, name: str, cells: Cells) -> Cells:
    """The cells as text, numbers or booleans."""
    for fits, change in CHANGES:
        if fits(cells.type):
            return change(cells)
    raise FileError(
        sheet.path, f"The column “{name}” holds {cells.type}, which has no meaning here."
    )


def _gathered(cells: Cells) -> Column:
    gatherer = Gatherer()
    is_map = types.is_map(cells.type)
    for row, value in enumerate(cells.to_pylist()):
        gatherer.put(row, "", plain(dict(value) if is_map and value is not None else value))
    return gatherer.columns(len(cells)).get("") or Column.unset(len(cells))


def _times(cells: Cells) -> Cells:
    micros: Any = cells.cast(pa.timestamp("us", cells.type.tz), safe=False).cast(pa.int64())
    texts = texts_of(micros.fill_null(0).to_numpy())
    absent = cells.is_null().to_numpy()
    return pa.chunked_array([pa.array(texts.to_numpy(zero_copy_only=False), pa.string(), absent)])


def _floats(cells: Cells) -> Cells:
    wide: Any = cells.cast(pa.float64())
    finite: Cells = pc.if_else(pc.is_finite(wide), wide, pa.scalar(None, pa.float64()))
    return finite


def _as(kind: pa.DataType) -> Callable[[Cells], Cells]:
    return lambda cells: cells.cast(kind)


CHANGES: tuple[tuple[Callable[[pa.DataType], bool], Callable[[Cells], Cells]], ...] = (
    (types.is_boolean, _as(pa.bool_())),
    (types.is_unsigned_integer, _as(pa.uint64())),
    (types.is_integer, _as(pa.int64())),
    (types.is_floating, _floats),
    (types.is_decimal, _floats),
    (types.is_timestamp, _times),
    (types.is_date, _as(pa.string())),
    (types.is_time, _as(pa.string())),
    (types.is_string, _as(pa.large_string())),
    (types.is_large_string, _as(pa.large_string())),
    (types.is_string_view, _as(pa.large_string())),
)
