"""How the prices and the stock of a catalogue's items run on, and what is sold out when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from flows.catalogue import Catalogue
from flows.columns import LONG_AGO, Bools, Codes, Floats, Ints, Times, Value
from flows.moments import micros
from simulator.catalogue.timeline import changed

MOST_SOLD_OUT = 1_000
"""Of so many items at most it is looked up when they are sold out."""


def price_steps(catalogue: Catalogue) -> dict[str, list[tuple[int, Value]]]:
    """By item, its price from each time on."""
    steps: dict[str, list[tuple[int, Value]]] = {
        item.id: [(LONG_AGO, item.price)] for item in catalogue.items
    }
    for change in sorted(catalogue.changes, key=lambda one: micros(one.at)):
        if change.price is not None and change.item in steps:
            changed(steps[change.item], micros(change.at), change.price)
    return steps


def stock_steps(catalogue: Catalogue) -> dict[str, list[tuple[int, Value]]]:
    """By item whose stock is counted, how many are left from each time on."""
    steps: dict[str, list[tuple[int, Value]]] = {
        item.id: [(LONG_AGO, item.inventory)] if item.inventory is not None else []
        for item in catalogue.items
    }
    for change in sorted(catalogue.changes, key=lambda one: micros(one.at)):
        if change.inventory is not None and change.item in steps:
            changed(steps[change.item], micros(change.at), change.inventory)
    return {key: held for key, held in steps.items() if held}


@dataclass(frozen=True, slots=True, eq=False)
class SoldOut:
    """Which entries are sold out between one moment and the next."""

    moments: Times
    starts: Ints
    """By span, where its entries begin; the first span ends with the first moment."""
    sizes: Ints
    entries: Codes

    @classmethod
    def of(cls, steps: Mapping[str, Sequence[tuple[int, Value]]], ids: Sequence[str]) -> SoldOut:
        """Of entries 0, 1, 2, ... with these ids; what is not counted is never sold out."""
        turns = sorted(turn for entry, key in enumerate(ids) for turn in _turns(entry, steps, key))
        known = set(list(dict.fromkeys(entry for _, entry, _ in turns))[:MOST_SOLD_OUT])
        out: set[int] = set()
        spans: dict[int, list[int]] = {LONG_AGO: []}
        for time, entry, gone in turns:
            if entry in known:
                (out.add if gone else out.discard)(entry)
                spans[time] = sorted(out)
        sizes = np.array([len(held) for held in spans.values()], dtype=np.int64)
        flat = np.array([entry for held in spans.values() for entry in held], dtype=np.int32)
        moments = np.array(list(spans)[1:], dtype=np.int64)
        return cls(moments, np.cumsum(sizes) - sizes, sizes, flat)

    def pick(self, times: Times, shares: Floats) -> tuple[Bools, Codes]:
        """Where something is sold out at the time, and there one such entry, each as likely."""
        span = np.searchsorted(self.moments, times, side="right")
        found = self.sizes[span] > 0
        place = self.starts[span] + (shares * self.sizes[span]).astype(np.int64)
        return found, self.entries[place[found]]


def _turns(
    entry: int, steps: Mapping[str, Sequence[tuple[int, Value]]], key: str
) -> list[tuple[int, int, bool]]:
    """When the entry is gone and when it is back."""
    found: list[tuple[int, int, bool]] = []
    gone = False
    for time, left in steps.get(key, ()):
        now = isinstance(left, int | float) and left <= 0
        if now != gone:
            found.append((time, entry, now))
            gone = now
    return found
