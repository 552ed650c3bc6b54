"""Events out of CSV, JSON Lines or Parquet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.columns import UNSET, Bools, Column, Floats, Rows, Times, Value
from flows.people import Events, Profiles
from storage.exchange.cells import BOOLEANS, compacted, is_number, number, typed, with_pool
from storage.exchange.given import GivenEvents
from storage.exchange.instants import iso, lenient
from storage.exchange.members import rows_of
from storage.exchange.reading import read_sheet
from storage.exchange.sheet import Sheet

FIXED = frozenset(
    {"profile", "metric", "time", "value", "unique_id", "properties", "recorded", "backfill"}
)
VALUE = "$value"
"""The property that is the value of an event which has no `value` of its own."""


def read_events(
    path: Path, profiles: Profiles, names: Mapping[str, str] | None = None
) -> GivenEvents:
    """The events of a file by metric; `names` gives canonical names of metric ids.

    A row of an unknown profile is refused. The same profile, metric and `unique_id` twice is one
    event: the first. Columns beside the fixed ones are properties, typed as in people's files.
    `recorded` is when an event became known, `backfill` that it starts no flow (semantics B.1).
    """
    sheet = read_sheet(path, required=["profile", "metric", "time"], objects=["properties"])
    rows = rows_of(sheet, profiles)
    metric = sheet.converted("metric", lambda value: _name(value, names or {}))
    sheet.refuse(np.flatnonzero(metric.codes == UNSET).tolist(), "The row has no metric.")
    times = _times(sheet)
    recorded, silent = _recorded(sheet, times), _silent(sheet)
    amounts = sheet.converted("value", _amount)
    kept = _first_only(sheet, rows, metric)
    properties = _properties(sheet, kept)
    values = _values(amounts, properties)
    order = kept[np.lexsort((times[kept], rows[kept]))]
    whole = Events("", rows, times, values, properties, recorded, silent)
    events = {
        str(name): _chosen(str(name), whole, order[metric.codes[order] == code])
        for code, name in enumerate(metric.pool)
    }
    return GivenEvents({m: e for m, e in events.items() if len(e)}, sheet.rejected())


def _name(value: Value, names: Mapping[str, str]) -> Value:
    written = str(value)
    return names.get(written, written) or None


def _times(sheet: Sheet) -> Times:
    column = sheet.column("time")
    sheet.refuse(np.flatnonzero(column.codes == UNSET).tolist(), "The row has no time.")
    return np.append(sheet.times("time", column, _reader(sheet)), 0)[column.codes]


def _reader(sheet: Sheet) -> Callable[[str], int]:
    """Text files know more ways to write a time than the API does (semantics C)."""
    return lenient if sheet.only_text else iso


def _recorded(sheet: Sheet, times: Times) -> Times | None:
    """When each became known: never before it happened; None where the file does not say."""
    if "recorded" not in sheet.columns:
        return None
    column = sheet.converted("recorded", lambda value: None if value == "" else value)
    known = np.append(sheet.times("recorded", column, _reader(sheet)), 0)[column.codes]
    return np.where(column.is_set(), np.maximum(known, times), times)


def _silent(sheet: Sheet) -> Bools | None:
    if "backfill" not in sheet.columns:
        return None
    return sheet.converted("backfill", _flag).test(lambda value: value is True)


def _flag(value: Value) -> Value:
    written = str(value).strip().lower()
    if written and written not in BOOLEANS:
        raise ValueError(f"`backfill` is “{value}”, not true or false.")
    return BOOLEANS.get(written)


def _properties(sheet: Sheet, kept: NDArray[np.int64]) -> dict[str, Column]:
    """Other columns, then keys of `properties`; where a row has both, the column holds."""
    properties: dict[str, Column] = {}
    for name, column in sheet.columns.items():
        if name not in FIXED:
            only = _only(column, kept)
            properties[name] = typed(only) if sheet.only_text else only
    for name, inner in sheet.objects.get("properties", {}).items():
        only = _only(inner, kept)
        outer = properties.get(name)
        if outer is not None:
            rows = np.flatnonzero(outer.is_set())
            only = only.put(rows, outer.take(rows))
        properties[name] = only
    return properties


def _only(column: Column, kept: NDArray[np.int64]) -> Column:
    """The column, unset but for these rows."""
    codes = np.full(len(column), UNSET, dtype=np.int32)
    codes[kept] = column.codes[kept]
    return compacted(Column(codes, column.pool))


def _values(amounts: Column, properties: dict[str, Column]) -> Floats:
    """The value of each row, NaN for none; `$value` is taken out of the properties."""
    values = _floats(amounts)
    other = properties.pop(VALUE, None)
    if other is None:
        return values
    spoken = _floats(with_pool(other, [v if _is_number(v) else None for v in other.pool]))
    return np.where(np.isnan(values), spoken, values)


def _floats(column: Column) -> Floats:
    return np.array([*column.pool, np.nan], dtype=np.float64)[column.codes]


def _amount(value: Value) -> Value:
    if value == "" or _is_number(value):
        return None if value == "" else float(str(value))
    if isinstance(value, str) and is_number(value):
        return float(number(value))
    raise ValueError(f"`value` is no number: “{value}”.")


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _first_only(sheet: Sheet, rows: Rows, metric: Column) -> NDArray[np.int64]:
    """The rows kept, without those whose profile, metric and `unique_id` came before."""
    kept = sheet.kept()
    unique = sheet.converted("unique_id", lambda value: None if value == "" else str(value))
    named: Bools = unique.is_set()[kept]
    marked = kept[named]
    keys = rows[marked].astype(np.int64) * len(metric.pool) + metric.codes[marked]
    keys = keys * max(len(unique.pool), 1) + unique.codes[marked]
    first = np.unique(keys, return_index=True)[1]
    return np.sort(np.concatenate([kept[~named], marked[first]]))


def _chosen(metric: str, whole: Events, order: NDArray[np.int64]) -> Events:
    """The events at these rows, with the properties that any of them has."""
    taken = {name: column.take(order) for name, column in whole.properties.items()}
    late, silent = whole.recorded, whole.silent
    late = None if late is None else late[order]
    silent = None if silent is None else silent[order]
    return Events(
        metric,
        whole.rows[order],
        whole.times[order],
        whole.values[order],
        {name: compacted(column) for name, column in taken.items() if column.is_set().any()},
        late if late is not None and (late != whole.times[order]).any() else None,
        silent if silent is not None and silent.any() else None,
    )
