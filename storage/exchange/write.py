"""People and events into files of the forms they are read from: what is read again is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from flows.columns import LONG_AGO, NEVER, UNSET, Bools, Column, Times, Value
from flows.people import Events, Objects, Population, Profiles
from flows.rules import CHANNELS, Channel
from flows.scene import NEVER_SUBSCRIBED, STATUSES, Consent
from storage.errors import FileError
from storage.exchange.cells import compact
from storage.exchange.instants import Texts, texts_of
from storage.exchange.replacing import replacing
from storage.exchange.reserved import is_reserved
from storage.exchange.standard import LONG_AGO_TEXT, SUPPRESSED, TEXTS

OBJECTS = ("lists", "segments", "properties")


def write_profiles(profiles: Profiles, path: Path) -> None:
    """People as CSV, JSON Lines or Parquet, by the ending; custom properties as one object."""
    columns: dict[str, pa.Array[Any]] = {"id": pa.array(profiles.ids, pa.string())}
    for name in TEXTS:
        if name in profiles.properties:
            columns[name] = _texts(profiles.properties[name], str)
    for channel in CHANNELS:
        columns |= _consent(channel, profiles.consent[channel])
    for kind, groups in (("lists", profiles.lists), ("segments", profiles.segments)):
        if groups:
            joined = {n: _joined(times, profiles.quiet.get(n)) for n, times in groups.items()}
            columns[kind] = _object(joined)
    reserved = {name for name in profiles.properties if is_reserved(name)}
    columns |= {name: _texts(profiles.properties[name], _plain) for name in sorted(reserved)}
    own = (item for item in profiles.properties.items() if item[0] not in {*TEXTS, *reserved})
    custom = {name: _texts(column, compact) for name, column in own}
    if custom:
        columns["properties"] = _object(custom)
    _write(pa.table(columns), path)


def write_events(population: Population, path: Path) -> None:
    """All events of these people, metric by metric, each with its properties as one object."""
    done = population.events.values()
    late = any(one.recorded is not None for one in done)
    silent = any(one.silent is not None for one in done)
    tables = [_events(one, population.profiles) for one in done]
    whole = pa.concat_tables([_EMPTY, *tables])
    for name, wanted, made in (("recorded", late, _recorded), ("backfill", silent, _silent)):
        if wanted:
            chunks = [made(one) for one in done]
            whole = whole.append_column(name, pa.chunked_array(chunks))
    _write(whole, path)


def write_objects(population: Population, path: Path) -> None:
    """All custom objects of these people, type by type, each with its properties as one object."""
    tables = [_objects(one, population.profiles) for one in population.objects.values()]
    _write(pa.concat_tables([_NOTHING, *tables]), path)


def _objects(held: Objects, profiles: Profiles) -> pa.Table:
    properties = {name: _texts(column, compact) for name, column in held.properties.items()}
    size = len(held)
    return pa.table(
        {
            "profile": pa.array(profiles.ids[held.rows], pa.string()),
            "object_type": pa.array([held.object_type] * size, pa.string()),
            "id": pa.array(held.ids, pa.string()),
            "since": _known(held.since),
            "properties": _object(properties) if properties else pa.nulls(size, pa.string()),
        },
        schema=_NOTHING.schema,
    )


_NOTHING = pa.table(
    {
        name: pa.array([], pa.string())
        for name in ("profile", "object_type", "id", "since", "properties")
    }
)


def _recorded(events: Events) -> Texts:
    return texts_of(events.times if events.recorded is None else events.recorded)


def _silent(events: Events) -> pa.Array[Any]:
    none = np.zeros(len(events), dtype=np.bool_)
    return pa.array(none if events.silent is None else events.silent)


def _plain(value: Value) -> str:
    """A value as a cell of its own: text stays as it is."""
    return value if isinstance(value, str) else compact(value)


def _events(events: Events, profiles: Profiles) -> pa.Table:
    properties = {name: _texts(column, compact) for name, column in events.properties.items()}
    size = len(events)
    return pa.table(
        {
            "profile": pa.array(profiles.ids[events.rows], pa.string()),
            "metric": pa.array([events.metric] * size, pa.string()),
            "time": texts_of(events.times),
            "value": pa.array(events.values, pa.float64(), mask=np.isnan(events.values)),
            "properties": _object(properties) if properties else pa.nulls(size, pa.string()),
        },
        schema=_EMPTY.schema,
    )


_EMPTY = pa.table(
    {
        name: pa.array([], pa.float64() if name == "value" else pa.string())
        for name in ("profile", "metric", "time", "value", "properties")
    }
)


def _texts(column: Column, write: Callable[[Value], str]) -> Texts:
    """Each row's value as a text, null where unset."""
    return _picked([write(value) for value in column.pool], column.codes)


def _picked(words: Sequence[str], codes: NDArray[np.integer]) -> Texts:
    """The word of each code; null where the code is negative."""
    indices: Any = pa.array(codes, mask=codes < 0)
    return pa.array(words, pa.string()).take(indices)


def _object(parts: Mapping[str, Texts]) -> Texts:
    """A JSON object a row out of JSON texts by key; null where a row has none of them."""
    join: Any = pc.binary_join_element_wise
    pairs = [join(f",{compact(key)}", value, ":") for key, value in parts.items()]
    inner = join(*pairs, "", null_handling="replace", null_replacement="")
    whole = join("{", pc.utf8_slice_codeunits(inner, 1), "}", "")
    some: Texts = pc.if_else(pc.is_in(inner, pa.array([""])), None, whole)
    return some


def _joined(times: Times, quiet: Bools | None) -> Texts:
    """Times of joining as JSON: true where it was before every time, null for no member."""
    join: Any = pc.binary_join_element_wise
    quoted = join('"', _known(times), '"', "")
    before: Texts = pc.if_else(pa.array(times == LONG_AGO), "true", quoted)
    if quiet is None:
        return before
    silent: Texts = join('{"at":', before, ',"triggers":false}', "")
    return pc.if_else(pa.array(quiet), silent, before)


def _known(times: Times) -> Texts:
    """ISO 8601, null for times that are none."""
    none = (times == NEVER) | (times == LONG_AGO)
    known: Texts = pc.if_else(pa.array(none), None, texts_of(np.where(none, 0, times)))
    return known


def _consent(channel: Channel, held: Consent) -> dict[str, pa.Array[Any]]:
    """The columns of one channel; none where nobody ever subscribed and nobody is blocked."""
    columns: dict[str, pa.Array[Any]] = {}
    given = held.status != NEVER_SUBSCRIBED
    if given.any():
        columns[f"{channel}_consent"] = _picked(STATUSES, held.status)
        known = pc.if_else(pa.array(held.since == LONG_AGO), LONG_AGO_TEXT, _known(held.since))
        columns[f"{channel}_consent_since"] = pc.if_else(pa.array(given), known, None)
    if held.suppressed.any():
        columns[SUPPRESSED[channel]] = pa.array(held.suppressed)
    return columns


def _write(table: pa.Table, path: Path) -> None:
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise FileError(path, "The form of the file is unknown; use .csv, .jsonl or .parquet.")
    with replacing(path) as part:
        form(table, part)


def _write_csv(table: pa.Table, path: Path) -> None:
    arrow_csv.write_csv(table, path, arrow_csv.WriteOptions(quoting_style="all_valid"))


def _write_jsonl(table: pa.Table, path: Path) -> None:
    join: Any = pc.binary_join_element_wise
    with path.open("w", encoding="utf-8") as file:
        for batch in table.to_batches(max_chunksize=100_000):
            named = zip(batch.schema.names, batch.columns, strict=True)
            lines = join(_object({n: c if n in OBJECTS else _json(c) for n, c in named}), "\n", "")
            file.writelines(lines.to_numpy(zero_copy_only=False).tolist())


def _json(cells: pa.Array[Any]) -> Texts:
    """Each cell as JSON text."""
    encoded: Any = cells.dictionary_encode()
    codes = encoded.indices.fill_null(UNSET).to_numpy()
    return _picked([compact(value) for value in encoded.dictionary.to_pylist()], codes)


def _write_parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path)


FORMS: Mapping[str, Callable[[pa.Table, Path], None]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".ndjson": _write_jsonl,
    ".parquet": _write_parquet,
}
