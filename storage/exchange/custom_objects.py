"""Custom objects out of CSV, JSON Lines or Parquet: what people have one or a few of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, UNSET, Column, Times
from flows.people import Objects, Profiles
from storage.exchange.cells import compacted, typed
from storage.exchange.given import GivenObjects
from storage.exchange.instants import iso, lenient
from storage.exchange.members import rows_of
from storage.exchange.reading import read_sheet
from storage.exchange.sheet import Sheet

FIXED = frozenset({"profile", "object_type", "id", "since", "properties"})


def read_objects(
    path: Path, profiles: Profiles, names: Mapping[str, str] | None = None
) -> GivenObjects:
    """The objects of a file by type; `names` gives names of types and of their properties by id.

    An object is told by its type and id, and belongs to one profile; a second one is refused.
    Columns beside the fixed ones are properties, typed as in people's files.
    """
    known = names or {}
    sheet = read_sheet(path, required=["profile", "object_type", "id"], objects=["properties"])
    rows = rows_of(sheet, profiles)
    kinds, ids = _named(sheet, "object_type"), _named(sheet, "id")
    since = _since(sheet)
    _refuse_seconds(sheet, kinds, ids)
    kept = sheet.kept()
    properties = _properties(sheet, kept)
    order = kept[np.argsort(rows[kept], kind="stable")]
    pool = np.array([*ids.pool, ""], dtype=object)
    objects: dict[str, Objects] = {}
    for code, kind in enumerate(kinds.pool):
        at = order[kinds.codes[order] == code]
        if len(at):
            name = known.get(str(kind), str(kind))
            columns = _of_type(properties, at, str(kind), known)
            objects[name] = Objects(name, rows[at], pool[ids.codes[at]], since[at], columns)
    return GivenObjects(objects, sheet.rejected())


def _named(sheet: Sheet, name: str) -> Column:
    column = sheet.converted(name, lambda value: None if value == "" else str(value))
    missing = np.flatnonzero(column.codes == UNSET).tolist()
    sheet.refuse(missing, f"The row has no {name.replace('_', ' ')}.")
    return column


def _since(sheet: Sheet) -> Times:
    """From when each belongs to its person; LONG_AGO where nobody says."""
    column = sheet.converted("since", lambda value: None if value == "" else value)
    read = lenient if sheet.only_text else iso
    return np.append(sheet.times("since", column, read), LONG_AGO)[column.codes]


def _refuse_seconds(sheet: Sheet, kinds: Column, ids: Column) -> None:
    kept = sheet.kept()
    keys = kinds.codes[kept].astype(np.int64) * max(len(ids.pool), 1) + ids.codes[kept]
    _, first = np.unique(keys, return_index=True)
    for row in np.delete(kept, first).tolist():
        kind, identifier = kinds.pool[kinds.codes[row]], ids.pool[ids.codes[row]]
        sheet.refuse([row], f"The object “{identifier}” of type “{kind}” was given before.")


def _properties(sheet: Sheet, kept: NDArray[np.int64]) -> dict[str, Column]:
    """Other columns, then keys of `properties`; where a row has both, the column holds."""
    properties = {name: column for name, column in sheet.columns.items() if name not in FIXED}
    if sheet.only_text:
        for name, column in properties.items():
            codes = np.full(len(column), UNSET, dtype=np.int32)
            codes[kept] = column.codes[kept]
            properties[name] = typed(compacted(Column(codes, column.pool)))
    for name, inner in sheet.objects.get("properties", {}).items():
        outer = properties.get(name)
        rows = np.flatnonzero(outer.is_set()) if outer else np.zeros(0, dtype=np.int64)
        properties[name] = inner.put(rows, outer.take(rows)) if outer else inner
    return properties


def _of_type(
    properties: Mapping[str, Column], at: NDArray[np.int64], kind: str, names: Mapping[str, str]
) -> dict[str, Column]:
    """The properties that objects of the type have, by name where there is one."""
    taken = {name: compacted(column.take(at)) for name, column in properties.items()}
    return {
        names.get(f"{kind}/{name}", name): column
        for name, column in taken.items()
        if column.is_set().any()
    }
