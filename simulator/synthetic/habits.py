"""What people do by themselves: a stream of events for every metric, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from flows.columns import NEVER, Times
from flows.metrics import (
    ACTIVE_ON_SITE,
    ADDED_TO_CART,
    BACK_IN_STOCK,
    PLACED_ORDER,
    STARTED_CHECKOUT,
    VIEWED_PRODUCT,
)
from flows.moments import DAY
from flows.rules import Channel
from flows.scene import Consent
from simulator import chance
from simulator.audience_settings import AudienceSettings, Buying
from simulator.catalogue import Shop, standing_shop
from simulator.quantiles import Quantiles, lognormal, poisson
from simulator.synthetic.belonging import Run
from simulator.synthetic.orders import filled, orders
from simulator.synthetic.streams import (
    MILLISECOND,
    MONTH,
    Crowd,
    Stream,
    activity_levels,
    arrivals,
    bare,
    daily,
    delays,
    event_keys,
    in_order,
    join,
    known_since,
    places,
    shifted,
)
from simulator.world import CONSENT_EVENTS

JOINED = "Subscribed to List"
ANSWERS = frozenset(
    {
        *("Received Email", "Opened Email", "Clicked Email", "Bounced Email"),
        *("Received SMS", "Clicked SMS", "Received Push", "Opened Push", "Marked Email as Spam"),
    }
)
"""What follows messages: by themselves only before the run; in the run the world gives them."""


@dataclass(slots=True, eq=False)
class Habits:
    """The streams of some people, each made once."""

    crowd: Crowd
    settings: AudienceSettings
    run: Run
    joined: dict[str, Times]
    """Joining times by list, of the lists that leave an event."""
    consents: dict[Channel, Consent]
    shop: Shop = field(default_factory=standing_shop)
    made: dict[str, Stream] = field(default_factory=dict)

    def like(self, metric: str) -> str:
        """The metric whose model this one follows."""
        return self.settings.same_as.get(metric, metric)

    def stream(self, metric: str) -> Stream:
        """The events of a metric, by its canonical name."""
        name = self.like(metric)
        if name not in self.made:
            self.made[name] = self._make(name)
        return self.made[name]

    def _make(self, name: str) -> Stream:
        if name in self.settings.rates:
            return self._steady(name, self.settings.rates[name])
        if name in self.settings.after_order:
            return self._after_order(name)
        if name in CONSENT_EVENTS:
            return self._consented(*CONSENT_EVENTS[name])
        own = OWN.get(name)
        return own(self) if own else self._steady(name, self.settings.rate)

    def _orders(self) -> Stream:
        return orders(self.crowd, self.settings.buying)

    def _checkouts(self) -> Stream:
        return self._before(PLACED_ORDER, STARTED_CHECKOUT, self._abandoned())

    def _carts(self) -> Stream:
        return self._before(STARTED_CHECKOUT, ADDED_TO_CART, self.settings.browsing.abandoned_carts)

    def _visits(self) -> Stream:
        """A visit before every filled cart, and visits that fill none."""
        carts = self.stream(ADDED_TO_CART)
        alone = arrivals(self.crowd, self.settings.browsing.sessions, ACTIVE_ON_SITE)
        ahead = carts.times - delays(carts, self.crowd, self._step(), ACTIVE_ON_SITE)
        rows = np.concatenate((carts.rows, alone.rows))
        times = np.concatenate((ahead, alone.times))
        return in_order(self.crowd, rows, times, self.crowd.stop)

    def _steady(self, name: str, rate: float) -> Stream:
        stream = arrivals(self.crowd, rate, name, self.run.start if name in ANSWERS else None)
        if name in {PLACED_ORDER, STARTED_CHECKOUT, ADDED_TO_CART}:
            return filled(stream, self.crowd, self.settings.buying, name)
        if name == BACK_IN_STOCK and self.shop.moving:
            return self._missed(stream)
        return self._shown(stream, name) if name in {VIEWED_PRODUCT, BACK_IN_STOCK} else stream

    def _before(self, name: str, purpose: str, alone: float) -> Stream:
        """What comes minutes before each event of another metric, and what leads to none."""
        buying, delay = self.settings.buying, self._step()
        ahead = shifted(self.stream(name), self.crowd, delay, purpose=purpose, sign=-1)
        more = filled(arrivals(self.crowd, alone, purpose), self.crowd, buying, purpose)
        return join(ahead, more, self.crowd)

    def _step(self) -> Quantiles:
        """Hours from one step on the site to the next."""
        step = self.settings.browsing.step_delay_h
        return lognormal(step.median, step.sigma)

    def _abandoned(self) -> float:
        buying = self.settings.buying
        history = (self.run.start - self.crowd.first) // DAY
        days = max((self.run.stop - self.run.start) // DAY, 1)
        ordered = orders_per_month(buying, self.settings.newcomers, history + days)
        return ordered * buying.abandonment / (1 - buying.abandonment)

    def _after_order(self, name: str) -> Stream:
        rule, ordered = self.settings.after_order[name], self.stream(PLACED_ORDER)
        drawn = chance.uniform(ordered.keys(self.crowd, f"{name} follows"))
        delay = lognormal(rule.delay_h.median, rule.delay_h.sigma)
        follows = ordered.where(drawn < rule.share)
        return shifted(follows, self.crowd, delay, purpose=name, sign=1)

    def _views(self) -> Stream:
        """Every visit shows some products, a minute or two apart."""
        visits = self.stream(ACTIVE_ON_SITE)
        keys = visits.keys(self.crowd, VIEWED_PRODUCT)
        more = poisson((self.settings.browsing.views_per_session - 1,))
        counts = 1 + more.at(chance.uniform(keys), np.zeros(len(visits), dtype=np.int64))
        visit = np.repeat(np.arange(len(visits), dtype=np.int32), counts)
        turn = places(visit)
        drawn = chance.uniform(keys[visit] ^ turn)
        pause = self.settings.browsing.minutes_per_view * 60_000
        paused = ((turn + drawn) * pause).astype(np.int64) * MILLISECOND
        rows, times = visits.rows[visit], visits.times[visit] + paused
        return self._shown(in_order(self.crowd, rows, times, self.crowd.stop), VIEWED_PRODUCT)

    def _shown(self, stream: Stream, purpose: str) -> Stream:
        """The same events with a product each, worth its price."""
        keys = event_keys(self.crowd.keys, stream.rows, purpose)
        shown = self.shop.viewed(keys)
        return Stream(stream.rows, stream.times, self.shop.prices(shown, stream.times), shown)

    def _missed(self, stream: Stream) -> Stream:
        """The events at times when something is sold out, each about one such form of a product."""
        keys = event_keys(self.crowd.keys, stream.rows, BACK_IN_STOCK)
        found, forms = self.shop.missed(keys, stream.times)
        rows, times = stream.rows[found], stream.times[found]
        return Stream(rows, times, self.shop.prices(self.shop.owner(forms), times), forms)

    def _joins(self) -> Stream:
        """An event per joining; the basket is the list's place among those named."""
        rows, times, lists = [], [], []
        for place, joined in enumerate(self.joined.values()):
            row = np.flatnonzero(joined != NEVER).astype(np.int32)
            rows.append(row)
            times.append(joined[row])
            lists.append(np.full(len(row), place, dtype=np.int32))
        if not rows:
            return bare(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64))
        row = np.concatenate(rows)
        worth = np.full(len(row), np.nan)
        return Stream(row, np.concatenate(times), worth, np.concatenate(lists)).sorted(self.crowd)

    def _consented(self, channel: Channel, status: int) -> Stream:
        held = self.consents[channel]
        rows = np.flatnonzero((held.status == status) & (held.since != NEVER)).astype(np.int32)
        return bare(rows, held.since[rows]).sorted(self.crowd)


OWN: dict[str, Callable[[Habits], Stream]] = {
    PLACED_ORDER: Habits._orders,
    STARTED_CHECKOUT: Habits._checkouts,
    ADDED_TO_CART: Habits._carts,
    ACTIVE_ON_SITE: Habits._visits,
    VIEWED_PRODUCT: Habits._views,
    JOINED: Habits._joins,
}


@lru_cache(maxsize=32)
def orders_per_month(buying: Buying, newcomers: float, days: int) -> float:
    """Mean orders in 30 days of knowing a person, over a fixed sample with these habits."""
    keys = chance.mix(np.arange(16_384, dtype=np.uint64) ^ chance.name_key("sample"))
    stop = days * DAY
    crowd = Crowd(
        keys, activity_levels(keys), known_since(keys, newcomers, 0, stop),
        np.zeros(len(keys), dtype=np.int64), daily((1.0,) * 24), 0, stop,
    )  # fmt: skip
    known = np.minimum(stop - crowd.since, stop).sum() / MONTH
    return float(len(orders(crowd, buying)) / known)
