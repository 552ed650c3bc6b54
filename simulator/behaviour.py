"""The simulated world: people answer messages by keyed chance, as the behaviour file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from flows.columns import LONG_AGO, Bools, Column, Floats, Ints, Keys, Rows, Times
from flows.document import Flow
from flows.metrics import PLACED_ORDER
from flows.moments import DAY, HOUR
from simulator import chance
from simulator.behaviour_settings import Behaviour, Delay, Fatigue, TextRates
from simulator.catalogue import Shop, standing_shop
from simulator.kinds import message_kind
from simulator.quantiles import CELLS, Quantiles, lognormal, normal_scores
from simulator.spending import worths
from simulator.world import UNSUBSCRIBING, Response, SentBatch

__all__ = ["Behaviour", "SimulatedWorld", "message_kind"]

_TICKS = 3_600_000
_MOST_LEAN = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A batch of messages with what its answers are drawn by, a row each."""

    at: Times
    kind: str
    keys: Keys
    """Of the person, message and visit."""
    people: Keys
    """Of the person alone."""
    extra: Floats
    """Recent messages, each weighed by its age."""

    def share(self, purpose: str, rows: Ints | None = None) -> Floats:
        """A number in [0, 1) for each row, or for some."""
        keys = self.keys if rows is None else self.keys[rows]
        return chance.uniform(keys, _purpose(purpose))


class SimulatedWorld:
    """Answers messages for the people of one shard, whose batches come in order of time.

    An answer depends on the seed, the flow, the action, the person, the visit and on the messages
    that the same person had before; never on who else is in the batch.
    """

    def __init__(
        self,
        behaviour: Behaviour,
        seed: int,
        flows: Sequence[Flow],
        people: int,
        *,
        shop: Shop | None = None,
    ) -> None:
        """`people` is how many rows a batch may speak of; orders are of the shop's products."""
        self._behaviour = behaviour
        self._shop = shop or standing_shop()
        self._seed = seed
        self._flows = [(flow.key, message_kind(flow)) for flow in flows]
        self._salts: dict[tuple[int, str], np.uint64] = {}
        self._people = chance.name_key("person", seed)
        self._weariness = Weariness(behaviour.fatigue, people)

    def answer(self, sent: SentBatch) -> list[Response]:
        """Opens, clicks, orders and unsubscriptions; receiving the message is not among them."""
        asked = self._asked(sent)
        match sent.channel:
            case "email":
                return self._email(asked)
            case "sms":
                return self._text(asked, self._behaviour.sms_rates(asked.kind), "SMS")
            case "whatsapp":
                return self._text(asked, self._behaviour.whatsapp, "WhatsApp")
            case "push":
                return self._push(asked)
        return []

    def _asked(self, sent: SentBatch) -> _Asked:
        name, kind = self._flows[sent.flow]
        where = sent.flow, sent.action
        if where not in self._salts:
            self._salts[where] = chance.name_key("answer", self._seed, name, sent.action)
        keys = chance.mix(chance.mix(sent.keys ^ self._salts[where]) ^ sent.visit.astype(np.uint64))
        extra = self._weariness.add(sent.rows, sent.at)
        return _Asked(sent.at, kind, keys, sent.keys ^ self._people, extra)

    def _email(self, asked: _Asked) -> list[Response]:
        model, usual = self._behaviour, self._behaviour.default_email
        reading = model.reading_delay_h
        opens, clicks, orders = model.email_rates(asked.kind)
        likely = opens * self._weariness.opening(asked.extra)
        opens_at = asked.share("opens")
        opened = np.flatnonzero(opens_at < likely)
        when = asked.share("open delay", opened)
        at = asked.at[opened] + _ticks(_table(model.open_delay_h), when)
        machine = self._machine(asked, opens_at >= likely)
        lean = _lean(model.open_delay_h, model.click_delay_h).at(when)
        clicked = np.flatnonzero(asked.share("clicks", opened) < clicks * lean)
        click = _after(asked, opened[clicked], at[clicked], (reading, "reading"))
        leaves = np.minimum(usual.unsub * self._weariness.leaving(asked.extra[opened]), 1.0)
        left = np.flatnonzero(asked.share("leaves", opened) * likely[opened] < leaves)
        gone = _after(asked, opened[left], at[left], (reading, "leaving"))
        human = _plain("Opened Email", opened, at, {"machine_open": _all(len(opened), False)})
        return [
            human,
            machine,
            _plain("Clicked Email", opened[clicked], click),
            self._orders(asked, opened[clicked], click, orders),
            _plain(UNSUBSCRIBING["email"], opened[left], gone),
        ]

    def _machine(self, asked: _Asked, unopened: Bools) -> Response:
        """Opens by mail software, of messages that the person does not open: each counts once."""
        share = self._behaviour.default_email.machine_open
        rows = np.flatnonzero(unopened & (asked.share("machine") < share))
        at = _after(asked, rows, asked.at[rows], (self._behaviour.machine_open_delay_h, "fetch"))
        return _plain("Opened Email", rows, at, {"machine_open": _all(len(rows), True)})

    def _text(self, asked: _Asked, rates: TextRates, channel: str) -> list[Response]:
        delay = self._behaviour.sms_click_delay_h
        likely = rates.click * self._weariness.opening(asked.extra)
        clicked = np.flatnonzero(asked.share("clicks") < likely)
        click = _after(asked, clicked, asked.at[clicked], (delay, "click delay"))
        answers = [
            _plain(f"Clicked {channel}", clicked, click),
            self._orders(asked, clicked, click, _given(rates.order, rates.click)),
        ]
        metric = UNSUBSCRIBING.get(channel.lower())
        if metric:
            leaves = np.minimum(rates.unsub * self._weariness.leaving(asked.extra), 1.0)
            left = np.flatnonzero(asked.share("leaves") < leaves)
            gone = _after(asked, left, asked.at[left], (delay, "leaving"))
            answers.append(_plain(metric, left, gone))
        return answers

    def _push(self, asked: _Asked) -> list[Response]:
        rates, delay = self._behaviour.push, self._behaviour.push_open_delay_h
        likely = rates.open * self._weariness.opening(asked.extra)
        opened = np.flatnonzero(asked.share("opens") < likely)
        at = _after(asked, opened, asked.at[opened], (delay, "open delay"))
        bought = self._orders(asked, opened, at, _given(rates.order, rates.open))
        return [_plain("Opened Push", opened, at), bought]

    def _orders(self, asked: _Asked, rows: Ints, at: Times, share: float) -> Response:
        """Orders of those who clicked, with baskets and worth as everybody's orders have them."""
        model = self._behaviour
        bought = asked.share("orders", rows) < share
        rows = rows[bought]
        placed = _after(asked, rows, at[bought], (model.order_delay_h, "order delay"))
        keys = chance.mix(asked.keys[rows] ^ _purpose("order"))
        average = model.default_email.aov
        values = worths(asked.people[rows], keys, model.spend, average=average)
        columns = self._shop.order(self._shop.baskets(keys), placed, keys)
        return Response(PLACED_ORDER, rows, placed, values, columns)


class Weariness:
    """How many messages each person had lately: a count that halves every half-life."""

    def __init__(self, fatigue: Fatigue, people: int) -> None:
        self._fatigue = fatigue
        self._count = np.zeros(people)
        self._at = np.full(people, LONG_AGO, dtype=np.int64)

    def add(self, rows: Rows, at: Times) -> Floats:
        """What each had before this message; the message is counted. Rows are distinct."""
        before = self._at[rows]
        known = np.where(before == LONG_AGO, at, before)
        halves = (at - known) * (1 / (self._fatigue.half_life_days * DAY))
        recent: Floats = self._count[rows] * np.exp2(-halves)
        self._count[rows] = recent + 1.0
        self._at[rows] = at
        return recent

    def opening(self, extra: Floats) -> Floats:
        """By how much less people open."""
        return _power(self._fatigue.open_multiplier_per_extra_message, extra)

    def leaving(self, extra: Floats) -> Floats:
        """By how much more they unsubscribe."""
        return _power(self._fatigue.unsub_multiplier, extra)


def _power(base: float, exponent: Floats) -> Floats:
    powers: Floats = np.exp2(np.log2(base) * exponent)
    return powers


def _given(part: float, whole: float) -> float:
    """A share of all messages as a share of those answered."""
    return min(part / whole, 1.0) if whole > 0 else 0.0


@lru_cache(maxsize=256)
def _purpose(name: str) -> np.uint64:
    return chance.name_key("purpose", name)


def _table(delay: Delay) -> Quantiles:
    return lognormal(delay.median, delay.sigma)


def _ticks(hours: Quantiles, shares: Floats) -> Times:
    """Delays in microseconds, whole milliseconds."""
    delays: Times = (hours.at(shares) * _TICKS).astype(np.int64) * (HOUR // _TICKS)
    return delays


def _after(asked: _Asked, rows: Ints, at: Times, by: tuple[Delay, str]) -> Times:
    delay, purpose = by
    return at + _ticks(_table(delay), asked.share(purpose, rows))


def _plain(
    metric: str, cause: Ints, at: Times, properties: dict[str, Column] | None = None
) -> Response:
    return Response(metric, cause, at, np.full(len(cause), np.nan), properties or {})


def _all(size: int, value: bool) -> Column:
    return Column(np.zeros(size, dtype=np.int32), (value,))


def _lean(opens: Delay, clicks: Delay) -> Quantiles:
    """How much more likely each opener clicks than the average one, by the share of the delay.

    Those who open early click more: chosen so that clicks, counted from the sending, have the
    delay of `clicks` while opens keep theirs.
    """
    return _leaning(opens.median, opens.sigma, clicks.median, clicks.sigma)


@lru_cache(maxsize=16)
def _leaning(median: float, sigma: float, click_median: float, click_sigma: float) -> Quantiles:
    scores = normal_scores()
    if sigma == 0 or click_sigma == 0:
        return Quantiles(np.ones(CELLS + 1))
    among = (np.log(median / click_median) + sigma * scores) / click_sigma
    ratio = np.minimum(np.exp((scores**2 - among**2) / 2), _MOST_LEAN)
    return Quantiles(ratio / ((ratio[1:] + ratio[:-1]) / 2).mean())
