"""A/B tests of two versions, and worlds in which people answer as they are told to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from small_runs import Person, at, email, flow, population, scenario, us
from small_steps import experiment

from flows.decisions import Decision
from flows.document import Flow
from flows.people import Population
from simulator.deciding import Settling
from simulator.engine import Engine
from simulator.plan import make_plan
from simulator.world import Response, SentBatch, World

DAY = 24 * 3600 * 1_000_000
END = {"automatic_end_date": "2026-01-10T12:00:00+00:00"}


class Obedient:
    """A world in which, of each version, so many of the first people click after an hour."""

    def __init__(self, clicks: dict[int, int], metric: str = "Clicked Email") -> None:
        self._clicks, self._metric = clicks, metric

    def answer(self, sent: SentBatch) -> list[Response]:
        """Two clicks of each who clicks, after one hour and after two."""
        limit = np.array([self._clicks.get(v, 0) for v in sent.variation.tolist()])
        cause = np.flatnonzero(sent.rows // 2 < limit)
        twice = np.repeat(cause, 2)
        at = sent.at[twice] + np.tile([DAY // 24, DAY // 12], len(cause))
        return [Response(self._metric, twice, at, np.full(len(twice), np.nan), {})]


def contest(**settings: Any) -> Flow:
    """A flow of one test of a and b, which are drawn by chance."""
    chosen = {"enabled": True, "automatic_end_statistical_certainty": False} | settings
    metric = chosen.pop("metric", "unique-clicks")
    held = experiment(
        "test",
        email("a"),
        email("b"),
        winner_metric=metric,
        automatic_winner_selection_settings=chosen,
    )
    return flow(held)


def joiners(number: int, first: str = "2026-01-05 00:00", apart_hours: int = 1) -> Population:
    """So many people who join one after the other."""
    begin = us(at(first))
    people = population(*(Person(joined=at(first)) for _ in range(number)))
    joined = begin + np.arange(number) * apart_hours * (DAY // 24)
    lists = {"news": joined.astype(np.int64)}
    return replace(people, profiles=replace(people.profiles, lists=lists))


def decided(held: Flow, people: Population, world: World, **rules: Any) -> Decision | None:
    """The first decision of a run in that world."""
    plan = make_plan([held], scenario(**rules))
    engine = Engine(plan, people, world)
    while engine.wave():
        pass
    settling = Settling(plan)
    settling.add(engine.settling.evidence(engine.journal, engine.people))
    return next(iter(settling.found()), None)


def won(choice: str, moment: str) -> Decision:
    """That a version wins then."""
    return Decision(kind="winner", name="flow/test", at=us(at(moment)), choice=choice)
