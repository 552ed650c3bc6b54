"""Quiet hours: by which clock the number of each is read, and when a message may go out (B.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from flows.columns import UNSET, Column, Times, Value
from flows.memory import once
from flows.phone_numbers import area_zones, country, eastern_zone, first_digits, is_texan
from flows.rules import QuietHours
from flows.scene import Scene
from flows.timing import known_zone, quiet_until
from flows.timing.week import Week, open_from

Law = Literal["usual", "France", "Texas"]
WEEKS: dict[Law, Week] = {
    "France": Week((*[(8, 22)] * 6, None), french_holidays=True),
    "Texas": Week((*[(11, 20)] * 6, (14, 20))),
}
"""Hours that a law opens, beside those that the account closes (semantics B.3)."""
LAWS: tuple[Law, ...] = ("usual", "France", "Texas")
_CLOCKS: dict[Law, str] = {"France": "Europe/Paris", "Texas": "America/New_York"}
_ROUNDS = 10
"""Two laws may send a message to and fro over some days that only one of them shuts."""

Bound = tuple[Law, str]
"""A law and the zone on whose clock it is read."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """What makes numbers differ: the account's choice, and its zone for areas unknown (E14)."""

    mode: str
    state_rules: bool
    account: str


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """One law over all first digits: the zone of each, unset where it is not bound."""

    law: Law
    zones: Column
    """A last one for what is no number."""


def quiet_terms(digits: str, terms: _Terms) -> tuple[Bound, ...]:
    """Everything that a number beginning so must wait for."""
    where = country(digits)
    if where == "FR":
        return (("France", _CLOCKS["France"]),)
    by_area = terms.mode == "area-code" and where in {"US", "CA"}
    east = eastern_zone(digits)
    zones = area_zones(digits) if by_area else (east,) if east else ()
    bounds: list[Bound] = [("usual", zone) for zone in zones or (terms.account,)]
    if is_texan(digits) and (terms.mode == "eastern" or terms.state_rules):
        bounds.append(("Texas", _CLOCKS["Texas"]))
    return tuple(bounds)


def _layers(pool: tuple[Value, ...], terms: _Terms) -> tuple[_Layer, ...]:
    """The laws over a pool of first digits, each with its first zones, its second ones, ..."""
    bound = [quiet_terms(str(digits), terms) for digits in pool]
    bound.append((("usual", terms.account),))
    layers: list[_Layer] = []
    for law in LAWS:
        zones = [[zone for own, zone in bounds if own == law] for bounds in bound]
        for turn in range(max(map(len, zones))):
            column = Column.of([own[turn] if len(own) > turn else None for own in zones])
            layers.append(_Layer(law, column))
    return tuple(layers)


def _terms(scene: Scene) -> _Terms:
    quiet, account = scene.rules.quiet_hours, scene.rules.account_timezone
    return _Terms(quiet.mode, quiet.state_rules, account if known_zone(account) else "UTC")


def quiet_end(scene: Scene) -> Times:
    """When each row may be texted: now, or as soon as no law that binds its number forbids it."""
    digits = first_digits(scene.column("phone_number"))
    layers = once(digits.pool, _layers, _terms(scene))
    until = scene.now
    for _ in range(_ROUNDS):
        before = until
        for layer in layers:
            until = _held(until, layer.law, layer.zones.take(digits.codes), scene.rules.quiet_hours)
        if len(layers) == 1 or until is before or np.array_equal(until, before):
            break
    return until


def _held(now: Times, law: Law, zone: Column, quiet: QuietHours) -> Times:
    """The later moment for the rows that the law binds, which have a zone; the others' own."""
    rows = np.flatnonzero(zone.codes != UNSET)
    if not len(rows):
        return now
    asked = zone.take(rows)
    week = WEEKS.get(law)
    bound = now[rows]
    later = open_from(bound, asked, week) if week else _usual(bound, asked, quiet)
    until = now.copy()
    until[rows] = later
    return until


def _usual(now: Times, zone: Column, quiet: QuietHours) -> Times:
    return quiet_until(now, zone, quiet.start, quiet.end)


def quiet_words(scene: Scene) -> str:
    """For a scene of one row: the hours that hold its messages back, and on which clock."""
    quiet = scene.rules.quiet_hours
    digits = first_digits(scene.column("phone_number")).values()[0]
    terms = _terms(scene)
    bounds = quiet_terms(str(digits), terms) if digits else (("usual", terms.account),)
    told = [
        f"{quiet.start} to {quiet.end} in {zone}" if law == "usual" else f"the law of {law}"
        for law, zone in bounds
    ]
    return " and ".join(told)
