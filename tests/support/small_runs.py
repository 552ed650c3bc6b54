"""A few people, a flow, and what a run of it writes down, as plain values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from flows.columns import LONG_AGO, NEVER, Column, Value
from flows.document import Flow
from flows.people import Events, Population, Profiles, no_consent
from flows.rules import Rules
from flows.scene import SUBSCRIBED, Consent
from simulator.behaviour import SimulatedWorld
from simulator.engine import Engine
from simulator.plan import make_plan
from simulator.scenario import Scenario

Json = dict[str, Any]
START = datetime(2026, 1, 5, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def us(moment: datetime) -> int:
    """µs since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def at(text: str) -> datetime:
    """A moment in UTC out of `2026-01-05 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Person:
    """One person with what is given about them."""

    properties: dict[str, Value] | None = None
    joined: datetime | None = None
    did: Sequence[tuple[str, str] | tuple[str, str, float]] = ()
    """Metric and moment of each event, and its value if it has one."""
    email: str | None = "a@example.com"
    phone: str | None = "+447700900123"
    sms: int = SUBSCRIBED
    email_status: int = SUBSCRIBED
    suppressed: bool = False
    zone: str = "UTC"


def population(*people: Person, group: str = "news") -> Population:
    """These people, `p0`, `p1`, ...; who joined is in the list `group`."""
    size = len(people)
    names = {key for person in people for key in person.properties or {}}
    columns = {
        name: Column.of([(p.properties or {}).get(name) for p in people]) for name in sorted(names)
    }
    columns |= {
        "email": Column.of([p.email for p in people]),
        "phone_number": Column.of([p.phone for p in people]),
        "timezone": Column.of([p.zone for p in people]),
    }
    consent = no_consent(size)
    since = np.full(size, LONG_AGO, dtype=np.int64)
    suppressed = np.array([p.suppressed for p in people], dtype=np.bool_)
    consent["email"] = Consent(
        np.array([p.email_status for p in people], dtype=np.int8), since, suppressed
    )
    consent["sms"] = Consent(
        np.array([p.sms for p in people], dtype=np.int8), since, np.zeros(size, dtype=np.bool_)
    )
    joined = np.array([us(p.joined) if p.joined else NEVER for p in people], dtype=np.int64)
    ids = np.array([f"p{i}" for i in range(size)], dtype=object)
    profiles = Profiles(ids, columns, consent, {group: joined})
    return Population(profiles, _events(people))


def _events(people: Sequence[Person]) -> dict[str, Events]:
    done: dict[str, list[tuple[int, int, float]]] = {}
    for row, person in enumerate(people):
        for metric, moment, *value in person.did:
            worth = value[0] if value else math.nan
            done.setdefault(metric, []).append((row, us(at(moment)), worth))
    return {metric: _of_metric(metric, sorted(events)) for metric, events in done.items()}


def _of_metric(metric: str, events: list[tuple[int, int, float]]) -> Events:
    rows, times, values = zip(*events, strict=True)
    return Events(
        metric,
        np.array(rows, dtype=np.int32),
        np.array(times, dtype=np.int64),
        np.array(values, dtype=np.float64),
    )


def scenario(days: int = 30, **rules: Any) -> Scenario:
    """From 5 January 2026, without answers, the account in UTC."""
    held = Rules(**({"account_timezone": "UTC"} | rules))
    return Scenario(start=START, days=days, rules=held, behaviour=None)


def run(
    flows: Flow | Sequence[Flow], people: Population, setting: Scenario | None = None
) -> Engine:
    """The engine after the whole run."""
    several = [flows] if isinstance(flows, Flow) else list(flows)
    setting = setting or scenario()
    plan = make_plan(several, setting)
    world = None
    if setting.behaviour:
        size = len(people.profiles)
        world = SimulatedWorld(setting.behaviour, setting.seed, tuple(several), size)
    engine = Engine(plan, people, world)
    while engine.wave():
        pass
    return engine


def tables(engine: Engine) -> dict[str, list[Json]]:
    """What the run wrote, as rows."""
    made = engine.journal.tables(engine.people.ids)
    return {name: table.to_pylist() for name, table in made.items()}


def flow(*actions: Json, **head: Any) -> Flow:
    """A flow of steps in a chain, started by joining `news` unless `triggers` are given."""
    chained = [
        _linked(a, actions[i + 1] if i + 1 < len(actions) else None) for i, a in enumerate(actions)
    ]
    entry = actions[0]["id"] if actions else None
    document = {
        "id": "flow",
        "name": "Flow",
        "triggers": [{"type": "list", "id": "news"}],
        "entry_action_id": entry,
        "actions": chained,
    }
    return Flow.model_validate(document | head)


def _linked(action: Json, following: Json | None) -> Json:
    if "links" in action:
        return action
    return action | {"links": {"next": following["id"] if following else None}}


def email(name: str, **message: Any) -> Json:
    """An email step."""
    written = {"subject_line": name, "template_id": "T", "smart_sending_enabled": False} | message
    return {"id": name, "type": "send-email", "data": {"message": written, "status": "live"}}


def sms(name: str, **message: Any) -> Json:
    """A text message step."""
    written = {"body": name, "smart_sending_enabled": False} | message
    return {"id": name, "type": "send-sms", "data": {"message": written, "status": "live"}}


def wait(name: str, **data: Any) -> Json:
    """A delay; one day unless said otherwise."""
    return {"id": name, "type": "time-delay", "data": {"unit": "days", "value": 1} | data}


def on(metric: str, **more: Any) -> Json:
    """The head of a flow that the metric starts."""
    return {"triggers": [{"type": "metric", "id": metric} | more]}


def never_since_start(metric: str) -> Json:
    """The filter “did it zero times since starting this flow”."""
    return counted(metric, {"type": "date", "operator": "flow-start"})


def counted(metric: str, timeframe: Json, operator: str = "equals", value: int = 0) -> Json:
    """A filter on how often something was done."""
    condition = {
        "type": "profile-metric",
        "metric_id": metric,
        "measurement": "count",
        "measurement_filter": {"type": "numeric", "operator": operator, "value": value},
        "timeframe_filter": timeframe,
    }
    return {"condition_groups": [{"conditions": [condition]}]}
