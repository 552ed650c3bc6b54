"""The tables that a run wrote, and pages of its people out of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from storage.errors import FileError, MissingTableError

T = TypeVar("T")
Rows: TypeAlias = NDArray[np.int64]
Order = Literal[
    "", "profile", "first_name", "last_name", "email", "phone_number", "country", "timezone",
    "entered", "sent", "skipped", "orders", "revenue", "waiting",
]  # fmt: skip
SEARCHED = ("profile", "email", "phone_number", "first_name", "last_name")
KEPT_RUNS = 3
KEPT_QUERIES = 8


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of `total`."""

    rows: tuple[T, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person of a run and what came to them."""

    profile: str
    first_name: str | None
    last_name: str | None
    email: str | None
    phone_number: str | None
    country: str | None
    timezone: str | None
    entered: int
    sent: int
    skipped: int
    orders: int
    revenue: float
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleQuery:
    """Which people: every word of `search` in a name, id, email or phone number, in any case.

    `order` names a column; empty is the order of the run. Unset values come last.
    """

    search: str = ""
    order: Order = ""
    descending: bool = False
    offset: int = 0
    limit: int = 50


@dataclass(slots=True, eq=False)
class _People:
    """One run's people in memory, with the rows of the latest queries."""

    version: int
    table: pa.Table
    answers: OrderedDict[tuple[str, str, bool], Rows] = field(default_factory=OrderedDict)
    searched: Any = None
    """What a search looks through, a text a person."""


class RunTables:
    """Reads tables of runs; the people of the last few runs stay in memory. Safe from threads."""

    def __init__(self) -> None:
        self._people: OrderedDict[Path, _People] = OrderedDict()
        self._lock = threading.Lock()

    def people(self, folder: Path, query: PeopleQuery) -> Page[PersonRow]:
        """A page of `profiles.parquet`."""
        with self._lock:
            held = self._held(folder)
            rows = _answer(held, query)
        wanted = rows[query.offset : query.offset + query.limit]
        page = held.table.take(wanted).to_pylist()
        return Page(tuple(PersonRow(**row) for row in page), len(rows))

    def table(self, folder: Path, name: str, profile: str | None = None) -> pa.Table:
        """A whole table, or one person's rows of it."""
        only = None if profile is None else pc.field("profile") == pc.scalar(profile)
        return _read(folder, name, filters=only)

    def forget(self, folder: Path) -> None:
        """Let go of a run whose files are gone or will change."""
        with self._lock:
            self._people.pop(folder, None)

    def _held(self, folder: Path) -> _People:
        path = folder / "profiles.parquet"
        version = path.stat().st_mtime_ns if path.exists() else 0
        held = self._people.get(folder)
        if held is None or held.version != version:
            names = [one.name for one in fields(PersonRow)]
            held = self._people[folder] = _People(version, _read(folder, "profiles", columns=names))
        self._people.move_to_end(folder)
        if len(self._people) > KEPT_RUNS:
            self._people.popitem(last=False)
        return held


def _read(folder: Path, name: str, **options: Any) -> pa.Table:
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise MissingTableError(folder.name, name)
    try:
        return pq.read_table(path, **options)
    except (pa.ArrowInvalid, OSError) as error:
        raise FileError(path, "The table is damaged.") from error


def _answer(held: _People, query: PeopleQuery) -> Rows:
    """The rows that a query finds, in its order."""
    key = (query.search.lower(), query.order, query.descending)
    if key not in held.answers:
        rows = np.arange(held.table.num_rows)
        for word in key[0].split():
            rows = rows[_holds(held, word)[rows]]
        held.answers[key] = _ordered(held.table, rows, query)
    held.answers.move_to_end(key)
    if len(held.answers) > KEPT_QUERIES:
        held.answers.popitem(last=False)
    return held.answers[key]


def _holds(held: _People, word: str) -> NDArray[np.bool_]:
    if held.searched is None:
        joiner: Any = pc.binary_join_element_wise
        texts = [held.table.column(name).cast(pa.large_string()) for name in SEARCHED]
        joined = joiner(
            *texts, pa.scalar("\n", pa.large_string()), null_handling="replace", null_replacement=""
        )
        held.searched = pc.utf8_lower(joined)
    found: Any = pc.match_substring(held.searched, word)
    return np.asarray(found)


def _ordered(table: pa.Table, rows: Rows, query: PeopleQuery) -> Rows:
    if not query.order:
        return rows[::-1] if query.descending else rows
    column: Any = table.column(query.order)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    keys: Any = column.take(rows)
    keys = pc.utf8_lower(keys) if query.order not in _NUMBERS else keys
    direction: Literal["ascending", "descending"]
    direction = "descending" if query.descending else "ascending"
    order = pc.sort_indices(keys, sort_keys=[("", direction)])
    ordered: Rows = rows[np.asarray(order)]
    return ordered


_NUMBERS = frozenset({"entered", "sent", "skipped", "orders", "revenue", "waiting"})
