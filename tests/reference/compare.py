"""Runs the engine and the interpreter over the same people, and says where they differ."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from flows.document import Flow
from flows.part import Part
from simulator.chance import name_key, profile_keys, uniform
from simulator.rehearse import rehearse
from simulator.scenario import Scenario
from simulator.source import GivenAudience
from storage.exchange import read_population
from tests.reference.asking import Chance
from tests.reference.generate import Case
from tests.reference.interpret import interpret
from tests.reference.log import Change

Rows = dict[str, list[tuple[Any, ...]]]
COLUMNS = {
    "enrolments": ("flow", "visit", "entered_at", "left_at", "left_because"),
    "steps": ("flow", "visit", "action", "arrived_at", "left_at", "way_out"),
    "sends": ("flow", "visit", "action", "channel", "variation", "at", "status", "reason"),
    "changes": ("at", "flow", "action", "property", "list", "value"),
}


@dataclass
class Difference:
    """One profile for whom the two say different things, by table."""

    profile: str
    table: str
    engine: list[tuple[Any, ...]]
    """Rows that the engine alone has."""
    reference: list[tuple[Any, ...]]

    def __str__(self) -> str:
        lines = [f"{self.profile} {self.table}"]
        lines += [f"  engine    {_shown(row)}" for row in self.engine]
        lines += [f"  reference {_shown(row)}" for row in self.reference]
        return "\n".join(lines)


def _shown(row: tuple[Any, ...]) -> str:
    return "  ".join(f"{v:%Y-%m-%d %H:%M:%S}" if hasattr(v, "minute") else str(v) for v in row)


def differences(case: Case) -> list[Difference]:
    """Where engine and interpreter disagree."""
    engine = engine_rows(case)
    found = []
    for profile in case.profiles:
        ours = reference_rows(case, profile)
        for table in COLUMNS:
            left, right = engine[profile["id"]].get(table, []), ours[table]
            if sorted(map(repr, left)) != sorted(map(repr, right)):
                found.append(
                    Difference(profile["id"], table, _less(left, right), _less(right, left))
                )
    return found


def _less(some: list[tuple[Any, ...]], others: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    rest = [repr(row) for row in others]
    kept = []
    for row in some:
        if repr(row) in rest:
            rest.remove(repr(row))
        else:
            kept.append(row)
    return kept


def reference_rows(case: Case, profile: dict[str, Any]) -> Rows:
    """What the interpreter says of a profile."""
    events = [one for one in case.events if one["profile"] == profile["id"]]
    objects = [one for one in case.objects if one["profile"] == profile["id"]]
    chance = chance_of(profile["id"], case)
    log = interpret(case.flows, profile, events, case.scenario, chance, objects=objects)
    return {
        "enrolments": [_row(one) for one in log.entries],
        "steps": [_row(one) for one in log.steps],
        "sends": [_row(one) for one in log.sends],
        "changes": [_change(one) for one in log.changes],
    }


def _change(one: Change) -> tuple[Any, ...]:
    value = one.value
    if value is not None and not isinstance(value, str):
        value = json.dumps(value)
    return (_plain(one.at), one.flow, one.action, one.property, one.list, value)


def _row(record: Any) -> tuple[Any, ...]:
    return tuple(_plain(value) for value in astuple(record))


def _plain(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def chance_of(profile: str, case: Case) -> Chance:
    """The engine's random numbers for one profile: all that the two share."""
    keys = profile_keys(np.array([profile], dtype=object))

    def chance(flow: str, action: str, purpose: str, visit: int | None) -> float:
        salt = name_key(case.scenario["seed"], flow, action, purpose)
        if visit is None:
            return float(uniform(keys, salt)[0])
        return float(uniform(keys, salt, np.array([visit], dtype=np.uint64))[0])

    return chance


def engine_rows(case: Case) -> dict[str, Rows]:
    """What the engine says, by profile and table."""
    flows = [_flow(one) for one in case.flows]
    scenario = Scenario(**case.scenario, behaviour=None)
    rows: dict[str, Rows] = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _write(home / "profiles.jsonl", case.profiles)
        _write(home / "events.jsonl", case.events)
        _write(home / "objects.jsonl", case.objects)
        population, rejected = read_population(
            home / "profiles.jsonl", home / "events.jsonl", objects=home / "objects.jsonl"
        )
        assert not rejected, rejected
        rehearse(flows, GivenAudience(population), scenario, home / "out")
        for table, columns in COLUMNS.items():
            for row in pq.read_table(home / "out" / f"{table}.parquet").to_pylist():
                rows[row["profile"]][table].append(tuple(_plain(row[name]) for name in columns))
    return rows


def _flow(document: dict[str, Any]) -> Flow:
    flow = Flow.model_validate(document)
    assert not (unread := [*_opaque(flow)]), unread
    return flow


def _opaque(value: object) -> Iterator[object]:
    """Parts that the engine keeps without knowing what they mean."""
    if "Opaque" in type(value).__name__:
        yield value
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _opaque(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _opaque(one)


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
