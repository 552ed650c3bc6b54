"""Who comes to a flow by a change of the catalogue (semantics B.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from flows.columns import Codes, Ints, Times
from flows.moments import DAY
from flows.triggers.catalogue import (
    METRICS,
    CatalogueTrigger,
    LowInventoryTrigger,
    PriceDropTrigger,
)
from simulator.entry.comers import FAILS_TRIGGER_FILTER, Comers
from simulator.floor import Floor
from simulator.goods.doings import Doers
from simulator.goods.goods import Goods, Turn
from simulator.goods.interest import SHOP_METRICS, Offer
from simulator.goods.offered import OfferLog, properties
from simulator.goods.reading import mentions
from simulator.happened import Happened
from simulator.history import MetricHistory
from simulator.journal import CATALOGUE, OFFERED
from simulator.plan import Plan


@dataclass(slots=True, eq=False)
class _Flow:
    """A flow that the catalogue starts, with the changes inside the run that may start it."""

    number: int
    trigger: CatalogueTrigger
    items: Codes
    at: Times
    """The changes, in order of item, then time."""
    log: OfferLog
    posted: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Which people have been posted for which change, as sorted numbers."""

    def reached(self, who: Doers, times: Times, known: Times) -> tuple[NDArray[np.intp], Ints]:
        """Of people who showed interest: who, by place, may be reached by which changes."""
        first = self._behind(who.items, np.maximum(times, known) - 1)
        last = self._behind(who.items, times + self.trigger.timeframe_days * DAY - 1)
        sizes = np.maximum(last - first, 0)
        place = np.repeat(np.arange(len(times)), sizes)
        change = np.arange(len(place)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + first[place]
        return place, change.astype(np.int64)

    def _behind(self, items: Codes, times: Times) -> NDArray[np.intp]:
        """The place behind the last change of each item at or before the time."""
        moments = np.unique(self.at)
        width = len(moments) + 1
        keys = self.items.astype(np.int64) * width + np.searchsorted(moments, self.at, "right")
        asked = items.astype(np.int64) * width + np.searchsorted(moments, times, "right")
        return np.searchsorted(keys, asked, side="right")


class Offers:
    """Posts those who may care for a change, and tells of it whoever does when it comes."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._flows: dict[int, _Flow] = {}
        rules = floor.plan.scenario.rules
        for i, flow in enumerate(floor.plan.flows):
            trigger = flow.trigger
            if isinstance(trigger, CatalogueTrigger) and flow.acts(as_live=rules.as_live):
                log = OfferLog(MetricHistory(floor.stage.span, len(floor.people)))
                turns = _turns(trigger, floor.stage.goods, floor.plan)
                items = np.array([turn.item for turn in turns], dtype=np.int32)
                at = np.array([turn.at for turn in turns], dtype=np.int64)
                self._flows[i] = _Flow(i, trigger, items, at, log)
                floor.stage.offered[i] = log

    def take(self, what: Happened) -> None:
        """People did something; those who showed interest may be reached by what changes then."""
        if not self._flows or what.metric not in SHOP_METRICS:
            return
        stage = self._floor.stage
        said = mentions(stage.goods, what.properties, what.times)
        who = Doers(what.rows[said.events], said.items)
        times, known = what.times[said.events], what.known[said.events]
        stage.interest.take(what.metric, who, said, times)
        for held in self._flows.values():
            if what.metric in {METRICS[one] for one in held.trigger.audience}:
                place, change = held.reached(who, times, known)
                self._post(held, who.rows[place].astype(np.int64), change)

    def _post(self, held: _Flow, rows: Ints, changes: Ints) -> None:
        """Each of these comes when the change does, once."""
        width = max(len(held.at), 1)
        keys = np.setdiff1d(rows * width + changes, held.posted)
        if len(keys):
            held.posted = np.union1d(held.posted, keys)
            change = keys % width
            self._floor.post(held.number, keys // width, held.at[change], ref=change)

    def told(self, flow: int, at: NDArray[np.intp]) -> NDArray[np.intp]:
        """Of those who come by a change, whom it concerns: the event that starts a run happens.

        All others were not meant. Who comes to other flows comes as they came.
        """
        held = self._flows.get(flow)
        if held is None:
            return at
        agenda, stage = self._floor.agenda, self._floor.stage
        who = Comers.of(agenda.all, at)
        offer = Offer(Doers(who.rows, held.items[who.ref]), who.now)
        wanted = stage.interest.wanted(held.trigger, offer, who.now)
        agenda.retire(at[~wanted])
        at, who = at[wanted], who.take(wanted)
        if len(at):
            offer = Offer(Doers(who.rows, offer.who.items[wanted]), who.now)
            agenda.all.ref[at] = self._log(held, offer)
        return self._filtered(held, at)

    def _log(self, held: _Flow, offer: Offer) -> Ints:
        """The events happen; their numbers among those of the flow."""
        stage = self._floor.stage
        _, seen = stage.interest.seen(held.trigger, offer)
        told = properties(stage.goods, offer, seen)
        metric, nothing = OFFERED[held.trigger.type], np.full(len(offer), np.nan)
        what = Happened(metric, offer.who.rows, offer.at, nothing, told, CATALOGUE)
        self._floor.log(what)
        if metric in self._floor.plan.watched:
            stage.history(metric).add(what.rows, what.times, what.values, what.properties)
        return held.log.add(offer, told)

    def _filtered(self, held: _Flow, at: NDArray[np.intp]) -> NDArray[np.intp]:
        """Those whose event passes the trigger's filter; the others are turned away."""
        asked = held.trigger.trigger_filter
        if not asked or not len(at):
            return at
        who = Comers.of(self._floor.agenda.all, at)
        passed = asked.test(self._floor.comers(held.number, who.rows, who.now, who.ref))
        fails = who.take(~passed)
        self._floor.turn_away(held.number, FAILS_TRIGGER_FILTER, fails.rows, fails.now)
        self._floor.agenda.retire(at[~passed])
        return at[passed]


def _turns(trigger: CatalogueTrigger, goods: Goods, plan: Plan) -> list[Turn]:
    """The changes inside the run that may start a flow, in order of item and time."""
    found: list[Turn] = []
    if isinstance(trigger, PriceDropTrigger):
        found = list(goods.price_drops())
    elif isinstance(trigger, LowInventoryTrigger):
        by_variant = trigger.product_level == "variant"
        found = list(goods.shortages(trigger.inventory_count, variants=by_variant))
    inside = [turn for turn in found if plan.start <= turn.at < plan.end]
    return sorted(inside, key=lambda turn: (turn.item, turn.at))
