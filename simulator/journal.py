"""The five tables of a run, as one shard fills them."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from flows.actions.reasons import NOTES
from flows.columns import NEVER, Column, Floats, Ints, Rows, Times
from flows.triggers import CatalogueTrigger, ObjectDateTrigger
from simulator.logs import (
    ArrowArray,
    ArrowWords,
    Log,
    Words,
    amounts,
    fixed,
    moments,
    send_status,
)
from simulator.order import in_order
from simulator.plan import Plan

OFFERED = {"price-drop": "Price Drop", "low-inventory": "Low Inventory"}
"""The metric of the events that a change of the catalogue causes, by the trigger's type."""
LEFT = ("finished", "date changed", "removed")
FINISHED, DATE_CHANGED, REMOVED = 0, 1, 2
ORIGINS = ("given", "behaviour", "flow", "catalogue")
GIVEN, BEHAVIOUR, FLOW, CATALOGUE = 0, 1, 2, 3


class Enrolments:
    """Every run of every person, by number, with where it ended."""

    def __init__(self) -> None:
        self.size = 0
        self.row: Rows = np.zeros(0, dtype=np.int32)
        self.flow: NDArray[np.int16] = np.zeros(0, dtype=np.int16)
        self.visit: Ints = np.zeros(0, dtype=np.int64)
        self.entered: Times = np.zeros(0, dtype=np.int64)
        self.before: Times = np.zeros(0, dtype=np.int64)
        self.ref: Ints = np.zeros(0, dtype=np.int64)
        self.left_at: Times = np.zeros(0, dtype=np.int64)
        self.because: NDArray[np.int8] = np.zeros(0, dtype=np.int8)

    _names = ("row", "flow", "visit", "entered", "before", "ref", "left_at", "because")

    def add(self, size: int, **columns: NDArray[np.generic] | int) -> NDArray[np.int64]:
        """Open `size` runs; their numbers."""
        first, last = self.size, self.size + size
        if last > len(self.row):
            room = max(last, 2 * len(self.row), 1024)
            for name in self._names:
                old = getattr(self, name)
                grown = np.zeros(room, dtype=old.dtype)
                grown[: self.size] = old[: self.size]
                setattr(self, name, grown)
        for name, values in columns.items():
            getattr(self, name)[first:last] = values
        self.left_at[first:last] = NEVER
        self.because[first:last] = -1
        self.size = last
        return np.arange(first, last)

    def close(self, runs: NDArray[np.integer], at: Times, because: int | NDArray[np.int8]) -> None:
        """These runs are over."""
        self.left_at[runs] = at
        self.because[runs] = because


class Journal:
    """The tables, filled as the run goes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.enrolments = Enrolments()
        self.steps = Log("row", "visit", "place", "arrived", "left", "way", "note")
        self.sends = Log("row", "visit", "place", "channel", "variation", "at", "reason")
        self.events = Log("row", "metric", "at", "value", "origin")
        self.changes = Log("row", "place", "at", "property", "list", "value")
        self.words = Words()
        """Ways out, variations, metrics, channels, names and values of changes."""

    def word(self, code: int) -> str:
        """The word of a code."""
        return self.words.list[code]

    def tables(self, ids: NDArray[np.object_]) -> dict[str, pa.Table]:
        """The tables in their documented order: by profile as given, then time, then visit."""
        people = pa.array(ids.tolist(), pa.string())
        return {
            "enrolments": self._enrolments(people),
            "steps": self._steps(people),
            "sends": self._sends(people),
            "events": self._events(people),
            "changes": self._changes(people),
        }

    def _flow_words(self) -> list[str]:
        return [flow.key for flow in self.plan.flows]

    def _flow_of(self, places: NDArray[np.generic]) -> ArrowWords:
        of_place = np.array([p.flow for p in self.plan.places], dtype=np.int32)
        return fixed(of_place[places], self._flow_words())

    def _action_of(self, places: NDArray[np.generic]) -> ArrowWords:
        keys = list(dict.fromkeys(p.action.key for p in self.plan.places))
        of_place = np.array([keys.index(p.action.key) for p in self.plan.places], dtype=np.int32)
        return fixed(of_place[places], keys)

    def _trigger_of(self, flows: NDArray[np.int32]) -> ArrowWords:
        """What started each run's flow; each word once, though several flows start by it."""
        named = [_trigger_name(self.plan, i) for i in range(len(self.plan.flows))]
        words = list(dict.fromkeys(named))
        of_flow = np.array([words.index(name) for name in named], dtype=np.int32)
        return fixed(of_flow[flows], words)

    def _enrolments(self, people: ArrowArray) -> pa.Table:
        held = self.enrolments
        columns = {name: getattr(held, name)[: held.size] for name in Enrolments._names}
        order = in_order(columns["row"], columns["entered"], columns["visit"].astype(np.int64))
        sorted_by = {name: column[order] for name, column in columns.items()}
        flows = sorted_by["flow"].astype(np.int32)
        return pa.table(
            {
                "profile": _people(people, sorted_by["row"]),
                "flow": fixed(flows, self._flow_words()),
                "visit": pa.array(sorted_by["visit"].astype(np.int32)),
                "entered_at": moments(sorted_by["entered"]),
                "left_at": moments(sorted_by["left_at"]),
                "left_because": fixed(sorted_by["because"], LEFT),
                "trigger": self._trigger_of(flows),
            }
        )

    def _steps(self, people: ArrowArray) -> pa.Table:
        log = self.steps
        rows, arrived = log.column("row"), log.column("arrived").astype(np.int64)
        visit = log.column("visit").astype(np.int64)
        order = in_order(rows, arrived, visit)
        place = log.column("place")[order]
        return pa.table(
            {
                "profile": _people(people, rows[order]),
                "flow": self._flow_of(place),
                "visit": pa.array(visit[order].astype(np.int32)),
                "action": self._action_of(place),
                "arrived_at": moments(arrived[order]),
                "left_at": moments(log.column("left").astype(np.int64)[order]),
                "way_out": self.words.array(log.column("way")[order]),
                "note": fixed(log.column("note")[order], NOTES),
            }
        )

    def _sends(self, people: ArrowArray) -> pa.Table:
        log = self.sends
        rows, at = log.column("row"), log.column("at").astype(np.int64)
        visit = log.column("visit").astype(np.int64)
        order = in_order(rows, at, visit)
        place = log.column("place")[order]
        status, reason = send_status(log.column("reason")[order])
        return pa.table(
            {
                "profile": _people(people, rows[order]),
                "flow": self._flow_of(place),
                "visit": pa.array(visit[order].astype(np.int32)),
                "action": self._action_of(place),
                "channel": self.words.array(log.column("channel")[order]),
                "variation": self.words.array(log.column("variation")[order]),
                "at": moments(at[order]),
                "status": status,
                "reason": reason,
            }
        )

    def _events(self, people: ArrowArray) -> pa.Table:
        log = self.events
        rows, at = log.column("row"), log.column("at").astype(np.int64)
        metric = log.column("metric")
        order = in_order(rows, at, self._alphabetical(metric))
        values: Floats = log.column("value").astype(np.float64)[order]
        return pa.table(
            {
                "profile": _people(people, rows[order]),
                "metric": self.words.array(metric[order]),
                "at": moments(at[order]),
                "value": amounts(values),
                "origin": fixed(log.column("origin")[order], ORIGINS),
            }
        )

    def _alphabetical(self, codes: NDArray[np.generic]) -> Ints:
        """Word codes ranked by the words, so that an order does not depend on who came first."""
        if not len(codes):
            return np.zeros(0, dtype=np.int64)
        places = np.argsort(np.argsort(np.array(self.words.list)))
        ranks: Ints = places.astype(np.int64)[codes.astype(np.int64)]
        return ranks

    def _changes(self, people: ArrowArray) -> pa.Table:
        log = self.changes
        rows, at = log.column("row"), log.column("at").astype(np.int64)
        order = in_order(rows, at, log.column("place").astype(np.int64))
        place = log.column("place")[order]
        return pa.table(
            {
                "profile": _people(people, rows[order]),
                "at": moments(at[order]),
                "flow": self._flow_of(place),
                "action": self._action_of(place),
                "property": self.words.array(log.column("property")[order]),
                "list": self.words.array(log.column("list")[order]),
                "value": self.words.array(log.column("value")[order]),
            }
        )

    def value_codes(self, column: Column) -> NDArray[np.int32]:
        """A column of values as words: text as it is, all else as JSON."""
        words = [v if isinstance(v, str) else json.dumps(v) for v in column.pool]
        lookup = np.array([*(self.words(word) for word in words), -1], dtype=np.int32)
        codes: NDArray[np.int32] = lookup[column.codes]
        return codes


def _people(people: ArrowArray, rows: NDArray[np.generic]) -> ArrowWords:
    indices: ArrowArray = pa.array(rows.astype(np.int32))
    return pa.DictionaryArray.from_arrays(indices, people)


def _trigger_name(plan: Plan, flow: int) -> str:
    """The metric, list, segment or date that starts the flow, or what of the catalogue does."""
    trigger = plan.flows[flow].trigger
    if isinstance(trigger, CatalogueTrigger):
        return OFFERED[trigger.type]
    if isinstance(trigger, ObjectDateTrigger):
        return plan.names.get(f"{trigger.object_type_id}/{trigger.date_name}", trigger.date_name)
    named = getattr(trigger, "id", None) or getattr(trigger, "date_profile_property", None) or ""
    return plan.metric(str(named))
