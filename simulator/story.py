"""One person out of a run, told again: what happened, when, and why.

The person is run alone over the same flows: by the law of the crowd that gives what it gave among
all the others, and this time every answer is asked for its reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.columns import NEVER, Value
from flows.people import Population
from simulator.about import items_by_time
from simulator.behaviour import SimulatedWorld
from simulator.catalogue.for_run import shop_for
from simulator.contexts import MessageContext
from simulator.engine import Engine
from simulator.errors import UnknownPersonError
from simulator.goods.queue import queued
from simulator.journal import CATALOGUE, GIVEN, LEFT, OFFERED, ORIGINS
from simulator.plan import Plan, flow_key
from simulator.rehearse import read_run
from simulator.source import Source
from simulator.teller import Line, Teller, when

BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Story:
    """One person's run, in order of time."""

    profile_id: str
    profile: dict[str, Value]
    """The properties the person came with."""
    lines: tuple[Line, ...]
    messages: tuple[MessageContext, ...]


def tell(out: Path, source: Source, profile_id: str) -> Story:
    """The story of one person of the run in `out`, over the same people.

    NotARunError or UnknownPersonError where there is none.
    """
    plan = read_run(out).plan()
    flows, scenario = plan.flows, plan.scenario
    row = _row_of(out, source, profile_id)
    population = queued(source, plan).shard(row, row + 1)
    world = None
    if scenario.behaviour:
        shop = shop_for(flows, scenario)
        world = SimulatedWorld(scenario.behaviour, scenario.seed, flows, 1, shop=shop)
    teller = Teller(plan)
    engine = Engine(plan, population, world, teller)
    while engine.wave():
        pass
    facts = {name: column.values()[0] for name, column in population.profiles.properties.items()}
    held: dict[str, Value] = {k: value for k, value in facts.items() if value is not None}
    said = {metric: items_by_time(events) for metric, events in population.events.items()}
    said |= dict.fromkeys(OFFERED.values(), teller.changed)
    lines = [*teller.lines, *_events(engine, said), *_endings(engine)]
    lines.sort(key=lambda line: (line.at, line.order))
    return Story(profile_id, held, tuple(lines), tuple(teller.messages))


def contexts(out: Path, source: Source, profile_id: str) -> tuple[MessageContext, ...]:
    """Every message that the run sent to this person, in order, with what it needs."""
    return tell(out, source, profile_id).messages


def look_up(out: Path, source: Source, profile_id: str) -> Population:
    """One person of the run as they began it; UnknownPersonError where there is none such."""
    row = _row_of(out, source, profile_id)
    return source.shard(row, row + 1)


def _row_of(out: Path, source: Source, profile_id: str) -> int:
    path = out / "profiles.parquet"
    if path.exists():
        ids = pq.read_table(path, columns=["profile"]).column("profile")
        row = pc.index(ids, profile_id).as_py()
        if row >= 0:
            return int(row)
        raise UnknownPersonError(profile_id)
    for start in range(0, len(source), BATCH):
        stop = min(start + BATCH, len(source))
        found = np.flatnonzero(source.shard(start, stop).profiles.ids == profile_id)
        if len(found):
            return start + int(found[0])
    raise UnknownPersonError(profile_id)


def _events(engine: Engine, said: Mapping[str, Mapping[int, str]]) -> list[Line]:
    """What the person did or got inside the run; `said` is what that was about, by its time."""
    log, journal = engine.journal.events, engine.journal
    lines = []
    for metric, at, value, origin in zip(
        log.column("metric").tolist(),
        log.column("at").tolist(),
        log.column("value").tolist(),
        log.column("origin").tolist(),
        strict=True,
    ):
        name = journal.word(metric)
        about = said.get(name, {}).get(at, "")
        amount = "" if np.isnan(value) else f" ({value:,.2f})"
        lines.append(
            Line(
                at=when(at),
                kind="event",
                flow="",
                flow_id="",
                action_id=None,
                title=f"{name}: {about}{amount}" if about else f"{name}{amount}",
                why=_ORIGIN[ORIGINS[origin]],
                order=0 if origin in (GIVEN, CATALOGUE) else 6,
            )
        )
    return lines


_ORIGIN = {
    "given": "In the person's own history.",
    "behaviour": "An answer to a message, by the assumed behaviour.",
    "flow": "A message of a flow arrived.",
    "catalogue": "An item that the person cares for has changed.",
}


_ENDED = {"removed": "The split they waited at was deleted, with no delay before it."}


def _endings(engine: Engine) -> list[Line]:
    held, plan = engine.journal.enrolments, engine.plan
    lines = []
    for i in range(held.size):
        flow = plan.flows[int(held.flow[i])]
        left_at = int(held.left_at[i])
        if left_at == NEVER:
            lines.append(_still_waiting(plan, flow.name, flow_key(flow)))
            continue
        because = LEFT[int(held.because[i])]
        lines.append(
            Line(
                at=when(left_at),
                kind="left",
                flow=flow.name,
                flow_id=flow_key(flow),
                action_id=None,
                title=f"Left {flow.name}",
                why=_ENDED.get(because, because.capitalize() + "."),
                order=9,
            )
        )
    return lines


def _still_waiting(plan: Plan, name: str, key: str) -> Line:
    end = datetime.fromtimestamp(plan.end / 1e6, UTC)
    return Line(
        at=end,
        kind="waited",
        flow=name,
        flow_id=key,
        action_id=None,
        title=f"Still in {name} when the rehearsal ends",
        why="The next step is due after the last day.",
        order=9,
    )
