"""Events out of CSV, JSON Lines or Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.columns import UNSET, Bools, Column, Floats, Rows, Times, Value
from flows.people import Events, Population, Profiles
from storage.exchange.cells import compacted, is_number, number, typed, with_pool
from storage.exchange.given import GivenEvents, Rejected
from storage.exchange.instants import iso
from storage.exchange.profiles import read_profiles
from storage.exchange.reading import read_sheet
from storage.exchange.sheet import Sheet

FIXED = frozenset({"profile", "metric", "time", "value", "unique_id", "properties"})
VALUE = "$value"
"""The property that is the value of an event which has no `value` of its own."""


def read_events(
    path: Path, profiles: Profiles, names: Mapping[str, str] | None = None
) -> GivenEvents:
    """The events of a file by metric; `names` gives canonical names of metric ids.

    A row of an unknown profile is refused. The same profile, metric and `unique_id` twice is one
    event: the first. Columns beside the fixed ones are properties, typed as in people's files.
    """
    sheet = read_sheet(path, required=["profile", "metric", "time"], objects=["properties"])
    rows = _rows(sheet, profiles)
    metric = sheet.converted("metric", lambda value: _name(value, names or {}))
    sheet.refuse(np.flatnonzero(metric.codes == UNSET).tolist(), "The row has no metric.")
    times = _times(sheet)
    amounts = sheet.converted("value", _amount)
    kept = _first_only(sheet, rows, metric)
    properties = _properties(sheet, kept)
    values = _values(amounts, properties)
    order = kept[np.lexsort((times[kept], rows[kept]))]
    whole = Events("", rows, times, values, properties)
    events = {
        str(name): _chosen(str(name), whole, order[metric.codes[order] == code])
        for code, name in enumerate(metric.pool)
    }
    return GivenEvents({m: e for m, e in events.items() if len(e)}, sheet.rejected())


def read_population(
    people: Path, events: Path | None = None, names: Mapping[str, str] | None = None
) -> tuple[Population, tuple[Rejected, ...]]:
    """People and, if given, what they did; refused rows of both files."""
    given = read_profiles(people)
    if events is None:
        return Population(given.profiles), given.rejected
    done = read_events(events, given.profiles, names)
    return Population(given.profiles, done.events), given.rejected + done.rejected


def _rows(sheet: Sheet, profiles: Profiles) -> Rows:
    column = sheet.converted("profile", lambda value: None if value == "" else str(value))
    known = pa.array(profiles.ids, pa.large_string())
    found = pc.index_in(pa.array(column.pool, pa.large_string()), value_set=known)
    places = np.append(found.fill_null(UNSET).to_numpy(zero_copy_only=False), UNSET)
    rows = places[column.codes].astype(np.int32)
    sheet.refuse(np.flatnonzero(column.codes == UNSET).tolist(), "The row names no profile.")
    for row in np.flatnonzero((rows == UNSET) & column.is_set()).tolist():
        sheet.refuse([row], f"There is no profile “{column.pool[column.codes[row]]}”.")
    return rows


def _name(value: Value, names: Mapping[str, str]) -> Value:
    written = str(value)
    return names.get(written, written) or None


def _times(sheet: Sheet) -> Times:
    column = sheet.column("time")
    sheet.refuse(np.flatnonzero(column.codes == UNSET).tolist(), "The row has no time.")
    return np.append(sheet.times("time", column, iso), 0)[column.codes]


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
    return Events(
        metric,
        whole.rows[order],
        whole.times[order],
        whole.values[order],
        {name: compacted(column) for name, column in taken.items() if column.is_set().any()},
    )
