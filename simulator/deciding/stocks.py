"""What a crowd can use up: the messages of the plan in a month, the codes of a coupon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.actions.mishaps import LIMITED
from flows.actions.reasons import SENT
from flows.columns import NEVER, Bools, Floats, Ints, Times
from flows.coupons import coupons_of
from flows.decisions import COUPON, TURN, Decision
from simulator.chance import name_key, uniform
from simulator.deciding.spans import months
from simulator.journal import Journal
from simulator.people import People
from simulator.plan import Plan

_CHANNELS: dict[str, frozenset[str]] = {
    plan: frozenset(channel for channel, (used, _) in LIMITED.items() if used == plan)
    for plan, _ in LIMITED.values()
}
"""By plan the kinds of messages that count: an alert is an email, too (semantics B.11)."""


@dataclass(frozen=True, slots=True)
class Stock:
    """So many of something that messages use, from one moment up to another."""

    name: str
    start: int
    until: int
    size: int

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others: a plan begins anew each month."""
        return self.name, self.start


def stocks(plan: Plan) -> list[Stock]:
    """All that a run may use up; what is known to be used up is not asked about again."""
    rules = plan.scenario.rules
    found = [
        Stock(name, start, until, size)
        for name, size in (("email", rules.limits.email), ("sms", rules.limits.sms))
        if size is not None
        for start, until in months(plan)
    ]
    found += [
        Stock(COUPON + name, plan.start, NEVER, coupon.codes)
        for name, coupon in (rules.coupons or {}).items()
        if coupon.kind == "uploaded" and coupon.codes is not None
    ]
    return [stock for stock in found if not _is_decided(stock, plan)]


def _is_decided(stock: Stock, plan: Plan) -> bool:
    return any(
        one.kind == "spent" and one.name == stock.name and one.until == stock.until
        for one in plan.decisions
    )


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Messages that used something, in order of time, then of the chance of their turn."""

    at: Times
    turn: Floats

    def first(self, number: int) -> Asked:
        """The earliest of them in order."""
        order = np.lexsort((self.turn, self.at))[:number]
        return Asked(self.at[order], self.turn[order])


class Uses:
    """What one shard used of the stocks of a plan: of each as many as can matter."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.stocks = stocks(plan)
        nothing = Asked(np.zeros(0, dtype=np.int64), np.zeros(0))
        self.asked: dict[tuple[str, int], Asked] = {one.key: nothing for one in self.stocks}

    def __len__(self) -> int:
        return len(self.stocks)

    def take(self, journal: Journal, people: People) -> None:
        """Count what a whole shard sent."""
        if not self.stocks:
            return
        log = journal.sends
        went = np.flatnonzero(log.column("reason") == SENT)
        at = log.column("at")[went].astype(np.int64)
        place = log.column("place")[went].astype(np.int64)
        turn = _Turns(self._plan, people, log.column("row")[went], log.column("visit")[went])
        for stock in self.stocks:
            mine = (at >= stock.start) & (at < stock.until) & self._uses(stock, journal, went)
            rows = np.flatnonzero(mine)
            if len(rows) > stock.size + 1:
                kth = np.partition(at[rows], stock.size)[stock.size]
                rows = rows[at[rows] <= kth]
            held = Asked(at[rows], turn.of(rows, place[rows]))
            self.asked[stock.key] = held.first(stock.size + 1)

    def _uses(self, stock: Stock, journal: Journal, went: NDArray[np.intp]) -> Bools:
        if stock.name in _CHANNELS:
            words = journal.words.codes
            codes = [words[channel] for channel in _CHANNELS[stock.name] if channel in words]
            used: Bools = np.isin(journal.sends.column("channel")[went], codes)
            return used
        return _coupon_used(self._plan, journal, went, stock.name.removeprefix(COUPON))

    def add(self, others: dict[tuple[str, int], Asked]) -> None:
        """Take another shard's uses in."""
        for stock in self.stocks:
            mine, more = self.asked[stock.key], others[stock.key]
            both = Asked(np.append(mine.at, more.at), np.append(mine.turn, more.turn))
            self.asked[stock.key] = both.first(stock.size + 1)

    def decided(self) -> list[Decision]:
        """What is used up while somebody still asks for more."""
        return [one for stock in self.stocks if (one := self._spent(stock))]

    def _spent(self, stock: Stock) -> Decision | None:
        if stock.size <= 0:
            return _spent(stock, max(stock.start, self._plan.start))
        held = self.asked[stock.key]
        if len(held.at) <= stock.size:
            return None
        last = int(held.at[stock.size - 1])
        shared = int(held.at[stock.size]) == last
        return _spent(stock, last + 1, float(held.turn[stock.size]) if shared else 1.0)


def _spent(stock: Stock, at: int, turn: float = 1.0) -> Decision:
    return Decision(kind="spent", name=stock.name, at=at, until=stock.until, turn=turn)


class _Turns:
    """The chance of each message's turn, as steps draw it in the run."""

    def __init__(
        self, plan: Plan, people: People, rows: NDArray[np.generic], visits: NDArray[np.generic]
    ) -> None:
        self._plan, self._people = plan, people
        self._rows, self._visits = rows, visits

    def of(self, which: NDArray[np.intp], places: Ints) -> Floats:
        """Of these messages, which went out at these places."""
        turns = np.zeros(len(which))
        for number in np.unique(places).tolist():
            place = self._plan.places[number]
            flow = self._plan.flows[place.flow].key
            salt = name_key(self._plan.scenario.seed, flow, place.action.key, TURN)
            here = np.flatnonzero(places == number)
            keys = self._people.keys[self._rows[which[here]]]
            turns[here] = uniform(keys, salt, self._visits[which[here]].astype(np.uint64))
        return turns


def _coupon_used(plan: Plan, journal: Journal, went: NDArray[np.intp], name: str) -> Bools:
    """Which messages bear a code of the coupon: a version of a test by its own template."""
    place = journal.sends.column("place")[went]
    version = journal.sends.column("variation")[went]
    used = np.zeros(len(went), dtype=np.bool_)
    for here in plan.places:
        for word, coupons in coupons_of(plan.document(here), here.action).items():
            if name in coupons:
                code = journal.words.codes.get(word, -2) if word else -1
                used |= (place == here.number) & ((version == code) | (not word))
    return used
