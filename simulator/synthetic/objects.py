"""Custom objects: what some people have one or a few of, as pets, vehicles, subscriptions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from flows.columns import Rows, Times
from flows.people import Objects
from simulator import chance
from simulator.synthetic.belonging import Run
from simulator.synthetic.persons import Persons, digits, number_width
from simulator.synthetic.streams import MILLISECOND, event_keys, places
from simulator.synthetic.values import Span, draw
from simulator.synthetic.wanted import Compared

MOST = 3
"""Objects of one type that a person has at most."""


def objects(
    persons: Persons, wanted: Mapping[str, Mapping[str, Compared]], run: Run, span: Span
) -> dict[str, Objects]:
    """The objects of each type with the properties that are asked for.

    Each belongs to its person from some time after we know them on, perhaps only in the run.
    """
    return {name: _of_type(persons, name, asked, (run, span)) for name, asked in wanted.items()}


def _of_type(
    persons: Persons, name: str, asked: Mapping[str, Compared], when: tuple[Run, Span]
) -> Objects:
    (run, span), settings = when, persons.settings
    rows = _rows(persons, name)
    keys = event_keys(persons.keys, rows, f"object {name}")
    columns = {
        one: draw(
            compared,
            chance.mix(keys ^ chance.name_key("object property", one)),
            settings.compared_of.get(f"{name}/{one}", settings.compared),
            span,
        )
        for one, compared in asked.items()
    }
    width = number_width(int(persons.index.max(initial=0)) + 1)
    numbers = np.strings.lstrip(digits(persons.index[rows] + 1, width), "0")
    turn = digits(places(rows).astype(np.int64) + 1, 1)
    ids = np.strings.add(np.strings.add(numbers, "-"), turn).astype(np.object_)
    since = _since(persons.since[rows], run, chance.uniform(keys, chance.name_key("since")))
    return Objects(name, rows, ids, since, columns)


def _rows(persons: Persons, name: str) -> Rows:
    owning = persons.settings.owning
    share = owning.owners_of.get(name, owning.owners)
    counts = (persons.draws("owns", name) < share).astype(np.int64)
    for turn in range(1, MOST):
        more = persons.draws("owns", name, str(turn)) < owning.another
        counts += more & (counts == turn)
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def _since(known: Times, run: Run, shares: np.ndarray) -> Times:
    room = np.maximum(run.stop - known, 0) // MILLISECOND
    when: Times = known + (shares * room).astype(np.int64) * MILLISECOND
    return when
