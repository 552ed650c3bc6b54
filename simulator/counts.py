"""Counts that a run keeps as it goes, added up over shards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from flows.actions.reasons import NOTES, SENT
from simulator.deciding.words import decision_reports
from simulator.plan import Place, Plan
from simulator.report import ActionReport, ChannelReport, FlowReport, Progress, Summary


@dataclass(slots=True)
class Tally:
    """One action's counts."""

    arrived: int = 0
    waiting: int = 0
    left: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    variations: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    revenue: float = 0.0

    def add(self, other: Tally) -> None:
        """Take another shard's counts in."""
        self.arrived += other.arrived
        self.waiting += other.waiting
        self.sent += other.sent
        self.revenue += other.revenue
        for name in ("left", "skipped", "variations", "answers"):
            getattr(self, name).update(getattr(other, name))


@dataclass(slots=True)
class FlowTally:
    """One flow's counts."""

    enrolled: int = 0
    added: int = 0
    waiting: int = 0
    left: Counter[str] = field(default_factory=Counter)
    turned_away: Counter[str] = field(default_factory=Counter)

    def add(self, other: FlowTally) -> None:
        """Take another shard's counts in."""
        self.enrolled += other.enrolled
        self.added += other.added
        self.waiting += other.waiting
        self.left.update(other.left)
        self.turned_away.update(other.turned_away)


class Counts:
    """All counts of a run or of one shard of it."""

    def __init__(self, plan: Plan) -> None:
        self.actions = [Tally() for _ in plan.places]
        self.flows = [FlowTally() for _ in plan.flows]
        self.channels: dict[str, Tally] = {}
        self.events: Counter[str] = Counter()
        self.orders, self.revenue = 0, 0.0
        self.profiles = self.steps = 0

    def add(self, other: Counts) -> None:
        """Take another shard's counts in."""
        for mine, theirs in zip(self.actions, other.actions, strict=True):
            mine.add(theirs)
        for flow, theirs_flow in zip(self.flows, other.flows, strict=True):
            flow.add(theirs_flow)
        for channel, tally in other.channels.items():
            self.channels.setdefault(channel, Tally()).add(tally)
        self.events.update(other.events)
        self.orders += other.orders
        self.revenue += other.revenue
        self.profiles += other.profiles
        self.steps += other.steps

    def count_sends(self, place: Place, channel: str, reasons: NDArray[np.int8]) -> None:
        """Messages sent and skipped at one action, by reason."""
        numbers = np.bincount(reasons[reasons >= SENT] - SENT)
        whole = self.channels.setdefault(channel, Tally())
        for code, number in enumerate(numbers.tolist(), start=SENT):
            for tally in (self.actions[place.number], whole) if number else ():
                if code == SENT:
                    tally.sent += number
                else:
                    tally.skipped[NOTES[code]] += number


def progress(plan: Plan, done: list[Counts], share: float) -> Progress:
    """Where a run stands, from the counts of its shards so far."""
    arrived: list[dict[str, int]] = [{} for _ in plan.flows]
    left: list[dict[str, dict[str, int]]] = [{} for _ in plan.flows]
    for place in plan.places:
        key = place.action.key
        ways = Counter(left[place.flow].get(key, {}))
        for counts in done:
            ways.update(counts.actions[place.number].left)
        came = sum(counts.actions[place.number].arrived for counts in done)
        arrived[place.flow][key] = arrived[place.flow].get(key, 0) + came
        left[place.flow][key] = dict(ways)
    return Progress(
        share=share,
        steps=sum(counts.steps for counts in done),
        arrived=tuple(arrived),
        left=tuple(left),
        sent=sum(tally.sent for counts in done for tally in counts.actions),
    )


def _action_report(place: Place, tally: Tally) -> ActionReport:
    return ActionReport(
        type=place.action.type,
        arrived=tally.arrived,
        left=_sorted(tally.left),
        waiting=tally.waiting,
        sent=tally.sent,
        skipped=_sorted(tally.skipped),
        opened=tally.answers["opened"],
        clicked=tally.answers["clicked"],
        orders=tally.answers["orders"],
        revenue=round(tally.revenue, 2),
        unsubscribed=tally.answers["unsubscribed"],
        variations=_sorted(tally.variations),
    )


def _action_reports(plan: Plan, counts: Counts, flow: int) -> dict[str, ActionReport]:
    """By action of one flow; what its versions counted of one action is one report."""
    tallies: dict[str, tuple[Place, Tally]] = {}
    for place in plan.places:
        if place.flow == flow:
            tally = tallies.get(place.action.key, (place, Tally()))[1]
            tally.add(counts.actions[place.number])
            tallies[place.action.key] = place, tally
    return {key: _action_report(place, tally) for key, (place, tally) in tallies.items()}


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))


def flow_reports(plan: Plan, counts: Counts, prints: list[str]) -> tuple[FlowReport, ...]:
    """The counts of every flow as a report, `prints` being the flows' fingerprints."""
    reports = []
    for i, (flow, tally) in enumerate(zip(plan.flows, counts.flows, strict=True)):
        reports.append(
            FlowReport(
                id=flow.key,
                name=flow.name,
                fingerprint=prints[i],
                enrolled=tally.enrolled,
                added=tally.added,
                finished=tally.left["finished"],
                waiting=tally.waiting,
                left=_sorted(tally.left),
                turned_away=_sorted(tally.turned_away),
                actions=_action_reports(plan, counts, i),
            )
        )
    return tuple(reports)


def summarize(plan: Plan, counts: Counts, prints: list[str], version: str) -> Summary:
    """The whole run as a report, without its timings."""
    tallies = counts.actions
    return Summary(
        version=version,
        seed=plan.scenario.seed,
        start=plan.scenario.start.isoformat(),
        days=plan.scenario.days,
        profiles=counts.profiles,
        flows=flow_reports(plan, counts, prints),
        channels={
            channel: ChannelReport(sent=tally.sent, skipped=_sorted(tally.skipped))
            for channel, tally in sorted(counts.channels.items())
        },
        events=_sorted(counts.events),
        orders=counts.orders,
        revenue=round(counts.revenue, 2),
        orders_after_click=sum(tally.answers["orders"] for tally in tallies),
        revenue_after_click=round(sum(tally.revenue for tally in tallies), 2),
        steps=counts.steps,
        decisions=decision_reports(plan),
    )
