"""People out of CSV, JSON Lines or Parquet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, NEVER, UNSET, Column, Times, Value
from flows.people import Profiles
from flows.rules import CHANNELS, Channel
from flows.scene import NEVER_SUBSCRIBED, STATUSES, Consent
from storage.exchange.cells import BOOLEANS, compact, compacted, typed, with_pool
from storage.exchange.given import Given
from storage.exchange.groups import groups, quiet_of
from storage.exchange.instants import lenient, texts_of
from storage.exchange.reading import read_sheet
from storage.exchange.reserved import converted, unfold
from storage.exchange.sheet import Sheet
from storage.exchange.standard import (
    GROUPS,
    LONG_AGO_TEXT,
    RESERVED,
    SUPPRESSED,
    TEXTS,
)
from storage.exchange.suppression import suppressed as blocked


def read_profiles(path: Path) -> Given:
    """The people of a file, in its order. A row that cannot be used is refused alone.

    In CSV, a custom column whose every cell is a number (no leading zeros, at most 15 digits) or
    true or false is read as such; one other cell makes the whole column text.
    """
    sheet = read_sheet(path, required=["id"], objects=["properties", *GROUPS])
    unfold(sheet)
    ids = _ids(sheet)
    standard = {name: sheet.converted(name, _text(name)) for name in TEXTS if name in sheet.columns}
    _known_zones(sheet, standard)
    created = _created(sheet, standard)
    consent = {channel: _consent(sheet, channel, created) for channel in CHANNELS}
    consent["email"], more = blocked(sheet, consent["email"], created, converted(sheet))
    lists, segments = (groups(sheet, kind) for kind in GROUPS)
    whole = Profiles(
        ids,
        standard | more,
        consent,
        {name: joined.times for name, joined in lists.items()},
        {name: joined.times for name, joined in segments.items()},
        quiet_of(lists, segments),
    )
    kept = sheet.kept()
    chosen = _chosen(whole, kept)
    chosen.properties |= _custom(sheet, kept, chosen.properties)
    return Given(chosen, sheet.rejected())


def _ids(sheet: Sheet) -> NDArray[np.object_]:
    column = sheet.converted("id", _identifier)
    sheet.refuse(np.flatnonzero(column.codes == UNSET).tolist(), "The row has no id.")
    first = np.full(len(column.pool) + 1, UNSET, dtype=np.int64)
    rows = np.arange(sheet.size)
    first[column.codes[::-1]] = rows[::-1]
    again = np.flatnonzero((column.codes >= 0) & (first[column.codes] != rows))
    if len(again):
        before = sheet.lines(first[column.codes[again]].tolist())
        for row, line in zip(again.tolist(), before, strict=True):
            identifier = column.pool[column.codes[row]]
            sheet.refuse([row], f"The id “{identifier}” was given before, in line {line}.")
    pool = np.array([*column.pool, ""], dtype=object)
    return pool[column.codes]


def _identifier(value: Value) -> Value:
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"`id` is no text: {compact(value)}.")


def _text(name: str) -> Callable[[Value], Value]:
    def text(value: Value) -> Value:
        if isinstance(value, str):
            return value or None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise ValueError(f"`{name}` is no text: {compact(value)}.")

    return text


def _known_zones(sheet: Sheet, standard: dict[str, Column]) -> None:
    column = standard.get("timezone")
    for code, zone in enumerate(column.pool if column else ()):
        if zone not in _zones():
            rows = np.flatnonzero(column.codes == code).tolist() if column else []
            sheet.refuse(rows, f"`timezone` is no IANA name: “{zone}”.")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _created(sheet: Sheet, standard: dict[str, Column]) -> Times:
    """When each profile was created, LONG_AGO where unknown; the property becomes ISO 8601."""
    column = standard.get("created")
    if column is None:
        return np.full(sheet.size, LONG_AGO, dtype=np.int64)
    times = sheet.times("created", column, lenient)
    standard["created"] = with_pool(column, texts_of(times).to_pylist())
    return np.append(times, LONG_AGO)[column.codes]


def _consent(sheet: Sheet, channel: Channel, created: Times) -> Consent:
    name = f"{channel}_consent"
    column = sheet.converted(name, _status(name))
    codes = np.array([*map(_code, column.pool), NEVER_SUBSCRIBED], dtype=np.int8)
    status = codes[column.codes]
    since = np.where(status == NEVER_SUBSCRIBED, NEVER, _since(sheet, channel, created))
    marked = sheet.converted(SUPPRESSED[channel], _flag(SUPPRESSED[channel]))
    return Consent(status, since, marked.test(lambda value: value is True))


def _since(sheet: Sheet, channel: Channel, created: Times) -> Times:
    name = f"{channel}_consent_since"
    if name not in sheet.columns:
        return created
    column = sheet.converted(name, _text(name))
    real = with_pool(column, [None if v == LONG_AGO_TEXT else v for v in column.pool])
    times = np.append(sheet.times(name, real, lenient), LONG_AGO)[real.codes]
    return np.where(column.is_set(), times, created)


def _status(name: str) -> Callable[[Value], Value]:
    def status(value: Value) -> Value:
        written = str(value).strip().lower().replace(" ", "_")
        if written and written not in STATUSES:
            raise ValueError(f"`{name}` is “{value}”, not one of {', '.join(STATUSES)}.")
        return written or None

    return status


def _code(status: Value) -> int:
    return STATUSES.index(str(status))


def _flag(name: str) -> Callable[[Value], Value]:
    def flag(value: Value) -> Value:
        written = str(value).strip().lower()
        if written and written not in BOOLEANS:
            raise ValueError(f"`{name}` is “{value}”, not true or false.")
        return BOOLEANS.get(written)

    return flag


def _chosen(whole: Profiles, kept: NDArray[np.int64]) -> Profiles:
    """Only the rows that were not refused."""

    def members(held: dict[str, Times]) -> dict[str, Times]:
        taken = {name: joined[kept] for name, joined in held.items()}
        return {name: joined for name, joined in taken.items() if np.any(joined != NEVER)}

    return Profiles(
        whole.ids[kept],
        {name: compacted(column.take(kept)) for name, column in whole.properties.items()},
        {
            channel: Consent(held.status[kept], held.since[kept], held.suppressed[kept])
            for channel, held in whole.consent.items()
        },
        members(whole.lists),
        members(whole.segments),
        {name: quiet[kept] for name, quiet in whole.quiet.items() if quiet[kept].any()},
    )


def _custom(
    sheet: Sheet, kept: NDArray[np.int64], standard: dict[str, Column]
) -> dict[str, Column]:
    """Custom columns, then keys of `properties`; where a row has both, the column holds."""
    custom: dict[str, Column] = {}
    for name, column in sheet.columns.items():
        if name not in RESERVED and name not in standard:
            chosen = compacted(column.take(kept))
            custom[name] = typed(chosen) if sheet.only_text else chosen
    for name, column in sheet.objects.get("properties", {}).items():
        inner = compacted(column.take(kept))
        outer = custom.get(name) or standard.get(name)
        if outer is not None:
            rows = np.flatnonzero(outer.is_set())
            inner = inner.put(rows, outer.take(rows))
        custom[name] = inner
    return custom
