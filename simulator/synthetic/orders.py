"""Orders by BG/NBD (Fader, Hardie and Lee 2005) and their worth by gamma-gamma, over columns."""

from __future__ import annotations

import numpy as np

from flows.columns import Floats, Ints, Keys, Rows, Times
from flows.moments import DAY
from simulator import chance
from simulator.audience_settings import Buying
from simulator.catalogue import BASKETS, pick
from simulator.quantiles import beta, exponential, gamma
from simulator.spending import worths
from simulator.synthetic.streams import MILLISECOND, Crowd, Stream, by_day, event_keys

WEEK = 7 * DAY


def orders(crowd: Crowd, buying: Buying) -> Stream:
    """Every order of the window, with baskets and worth.

    A buyer's first order falls anywhere in the time we know them; then orders come at the
    person's own rate, and after each repeated order they may leave for good.
    """
    rows, times = _first(crowd, buying)
    weekly, leaving = _habits(crowd.keys[rows], buying)
    found_rows, found_times = [rows], [times]
    turn = 0
    while len(rows):
        turn += 1
        times = times + _gap(crowd.keys[rows], weekly, turn)
        inside = times < crowd.stop
        rows, times = rows[inside], times[inside]
        weekly, leaving = weekly[inside], leaving[inside]
        found_rows.append(rows)
        found_times.append(times)
        stays = _chance(crowd.keys[rows], "leaves", turn) >= leaving
        rows, times, weekly, leaving = rows[stays], times[stays], weekly[stays], leaving[stays]
    return _stream(crowd, buying, np.concatenate(found_rows), np.concatenate(found_times))


def _first(crowd: Crowd, buying: Buying) -> tuple[Rows, Times]:
    buys = chance.uniform(crowd.keys, chance.name_key("buyer")) < buying.buyers
    rows = np.flatnonzero(buys).astype(np.int32)
    opening = np.maximum(crowd.since[rows], crowd.first)
    room = np.maximum(crowd.stop - opening, 0)
    return rows, opening + _ticks(_chance(crowd.keys[rows], "first", 0) * room)


def _habits(keys: Keys, buying: Buying) -> tuple[Floats, Floats]:
    """Each buyer's orders a week, and the chance to leave after an order."""
    weekly = gamma(buying.r).at(_chance(keys, "rate", 0)) / buying.alpha
    return weekly, beta(buying.a, buying.b).at(_chance(keys, "loyalty", 0))


def _gap(keys: Keys, weekly: Floats, turn: int) -> Times:
    weeks = exponential().at(_chance(keys, "gap", turn)) / np.maximum(weekly, 1e-9)
    return _ticks(np.minimum(weeks, 10_000.0) * WEEK)


def _ticks(microseconds: Floats) -> Ints:
    return (microseconds / MILLISECOND).astype(np.int64) * MILLISECOND


def _chance(keys: Keys, purpose: str, turn: int) -> Floats:
    return chance.uniform(keys, chance.name_key("orders", purpose, turn))


def _stream(crowd: Crowd, buying: Buying, rows: Rows, times: Times) -> Stream:
    nothing = np.zeros(len(rows))
    timed = Stream(rows, by_day(times, rows, crowd), nothing, nothing.astype(np.int32)).sorted(
        crowd
    )
    return filled(timed, crowd, buying, "order")


def filled(stream: Stream, crowd: Crowd, buying: Buying, purpose: str) -> Stream:
    """The same events with a basket and a worth each."""
    keys = event_keys(crowd.keys, stream.rows, purpose)
    worth = worths(crowd.keys[stream.rows], keys, buying.spend, average=buying.aov)
    return Stream(stream.rows, stream.times, worth, pick(keys, "basket", BASKETS))
