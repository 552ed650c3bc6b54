"""Tests whose winner is chosen in the middle of a run: what counts for each version, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.actions.ab_test import AbTest, AutomaticWinner
from flows.actions.experimenting import ExperimentAction
from flows.columns import NEVER, Ints, Times
from flows.decisions import Decision, contest
from flows.metrics import PLACED_ORDER
from flows.moments import instant
from flows.rules import Certainty
from simulator.deciding.certainty import certain
from simulator.deciding.spans import midnights
from simulator.plan import Place, Plan
from simulator.world import Response, SentBatch

_OPENED = ("Opened Email", "Opened Push", "Opened WhatsApp")
_CLICKED = ("Clicked Email", "Clicked SMS", "Clicked Push", "Clicked WhatsApp")
_OUTCOMES: dict[str, tuple[str, ...]] = {
    "unique-opens": _OPENED,
    "open-rate": _OPENED,
    "unique-placed-orders": (PLACED_ORDER,),
}
"""Metrics that count by the measure of a test; clicks where it has another one or none."""


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """One test: when it is looked at, and what is counted for its versions."""

    name: str
    versions: tuple[str, ...]
    counts: tuple[str, ...]
    """Metrics of which the first event after a message is its outcome."""
    looks: Times
    """Moments, ascending; at `end` the best version wins, before it only a certain one."""
    end: int | None


def contests(plan: Plan) -> dict[str, Contest]:
    """By name the tests that a run may decide; a decided one is not asked about again.

    Of a test that is edited in the run the last form says how it is decided.
    """
    decided = {one.name for one in plan.decisions if one.kind == "winner"}
    found = (_contest(plan, place) for place in plan.places)
    return {held.name: held for held in found if held and held.name not in decided}


def _name(plan: Plan, place: Place) -> str:
    return contest(plan.flows[place.flow].key, place.action.key)


def _contest(plan: Plan, place: Place) -> Contest | None:
    action = place.action
    if not isinstance(action, AbTest) or not action.running:
        return None
    experiment = action.experiment
    settings = experiment.automatic_winner_selection_settings if experiment else None
    if experiment is None or settings is None or not settings.enabled:
        return None
    end = _end(settings)
    looks = _looks(plan, end, daily=settings.automatic_end_statistical_certainty)
    if not len(looks):
        return None
    counted = _OUTCOMES.get(experiment.winner_metric or "", _CLICKED)
    return Contest(_name(plan, place), action.names_of_variations(), counted, looks, end)


def _end(settings: AutomaticWinner) -> int | None:
    at = instant(settings.automatic_end_date)
    return None if at == NEVER else at


def _looks(plan: Plan, end: int | None, *, daily: bool) -> Times:
    """Every midnight of the account up to the end, and the end; what is past counts as now."""
    last = plan.end if end is None else min(end, plan.end)
    days = midnights(plan) if daily else np.zeros(0, dtype=np.int64)
    ends = [] if end is None or end >= plan.end else [max(end, plan.start)]
    looks: Times = np.unique(np.append(days[days < last], np.array(ends, dtype=np.int64)))
    return looks


@dataclass(slots=True, eq=False)
class Tally:
    """Messages and outcomes of a test, by version and by the look that sees them first."""

    recipients: Ints
    outcomes: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Ballot:
    """For one place: the test, and which of its versions each of the step's is, then -1."""

    name: str
    version: NDArray[np.int64]


def _same(contest: Contest, place: Place) -> NDArray[np.int64]:
    """Versions of the step as versions of the test, by their names."""
    action = place.action
    own = action.names_of_variations() if isinstance(action, ExperimentAction) else ()
    known = {name: i for i, name in enumerate(contest.versions)}
    return np.array([*(known.get(name, -1) for name in own), -1], dtype=np.int64)


class Votes:
    """What one shard has to say about the tests of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.contests = contests(plan)
        self.tallies: dict[str, Tally] = {}
        for name, held in self.contests.items():
            shape = len(held.versions), len(held.looks)
            self.tallies[name] = Tally(np.zeros(shape, np.int64), np.zeros(shape, np.int64))
        self._by_place = {
            place.number: _Ballot(name, _same(self.contests[name], place))
            for place in plan.places
            if (name := _name(plan, place)) in self.contests
        }

    def __len__(self) -> int:
        return len(self.contests)

    def take(self, place: Place, sent: SentBatch, answers: list[Response]) -> None:
        """Messages that went out, with what people did."""
        ballot = self._by_place.get(place.number)
        if ballot is None:
            return
        contest, tally = self.contests[ballot.name], self.tallies[ballot.name]
        version = ballot.version[sent.variation]
        _count(tally.recipients, contest, version, sent.at)
        cause, at = _first(answers, contest)
        _count(tally.outcomes, contest, version[cause], at)

    def add(self, others: dict[str, Tally]) -> None:
        """Take another shard's votes in."""
        for name, tally in self.tallies.items():
            tally.recipients += others[name].recipients
            tally.outcomes += others[name].outcomes

    def decided(self, rule: Certainty) -> list[Decision]:
        """The tests that are won, each at the first look that says so."""
        return [one for held in self.contests.values() if (one := self._winner(held, rule))]

    def _winner(self, contest: Contest, rule: Certainty) -> Decision | None:
        tally = self.tallies[contest.name]
        recipients = np.cumsum(tally.recipients, axis=1)
        outcomes = np.cumsum(tally.outcomes, axis=1)
        for i, at in enumerate(contest.looks.tolist()):
            if contest.end is not None and at >= contest.end:
                rates = outcomes[:, i] / np.maximum(recipients[:, i], 1)
                best: int | None = int(np.argmax(rates))
            else:
                best = certain(outcomes[:, i], recipients[:, i], rule)
            if best is not None:
                choice = contest.versions[best]
                return Decision(kind="winner", name=contest.name, at=at, choice=choice)
        return None


def _first(answers: list[Response], contest: Contest) -> tuple[NDArray[np.intp], Times]:
    """The messages that had an outcome, each once, and when it first had one."""
    ours = [answer for answer in answers if answer.metric in contest.counts]
    none = np.zeros(0, dtype=np.int64)
    cause = np.concatenate([none, *(answer.cause for answer in ours)])
    at = np.concatenate([none, *(answer.at for answer in ours)])
    order = np.lexsort((at, cause))
    cause, at = cause[order], at[order]
    first = np.append(True, cause[1:] != cause[:-1])[: len(cause)]
    return cause[first], at[first]


def _count(table: Ints, contest: Contest, version: NDArray[np.integer], at: Times) -> None:
    """Add each to the first look behind its time; what no look sees counts for nothing."""
    look = np.searchsorted(contest.looks, at, side="right")
    seen = (look < len(contest.looks)) & (version >= 0)
    cells = version[seen].astype(np.int64) * table.shape[1] + look[seen]
    table += np.bincount(cells, minlength=table.size).reshape(table.shape)
