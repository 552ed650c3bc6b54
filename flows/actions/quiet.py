"""Quiet hours: by which clock the number of each is read, and when a message may go out (B.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flows.columns import UNSET, Bools, Codes, Column, Times, Value
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


@dataclass(frozen=True, slots=True, eq=False)
class _Bonds:
    """All laws over a pool of first digits."""

    layers: tuple[_Layer, ...]
    several: Bools
    """Which of the digits more than one law binds, so that all must be asked again."""


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


def _bonds(pool: tuple[Value, ...], terms: _Terms) -> _Bonds:
    """The laws over a pool of first digits, each with its first zones, its second ones, ..."""
    bound = [quiet_terms(str(digits), terms) for digits in pool]
    bound.append((("usual", terms.account),))
    layers: list[_Layer] = []
    for law in LAWS:
        zones = [[zone for own, zone in bounds if own == law] for bounds in bound]
        for turn in range(max(map(len, zones))):
            column = Column.of([own[turn] if len(own) > turn else None for own in zones])
            layers.append(_Layer(law, column))
    return _Bonds(tuple(layers), np.array([len(bounds) > 1 for bounds in bound]))


def _terms(scene: Scene) -> _Terms:
    quiet, account = scene.rules.quiet_hours, scene.rules.account_timezone
    return _Terms(quiet.mode, quiet.state_rules, account if known_zone(account) else "UTC")


def quiet_end(scene: Scene, rows: NDArray[np.integer]) -> Times:
    """When these rows may be texted: now, or as soon as no law that binds the number forbids it."""
    if not len(rows):
        return scene.now[rows]
    digits = first_digits(scene.column("phone_number").take(rows))
    bonds = once(digits.pool, _bonds, _terms(scene))
    quiet, until = scene.rules.quiet_hours, scene.now[rows]
    asked = np.arange(len(rows))
    for _ in range(_ROUNDS):
        before = until[asked]
        until[asked] = _later(before, digits.codes[asked], bonds.layers, quiet)
        asked = asked[(until[asked] > before) & bonds.several[digits.codes[asked]]]
        if not len(asked):
            break
    return until


def _later(now: Times, digits: Codes, layers: tuple[_Layer, ...], quiet: QuietHours) -> Times:
    """The moments after each law has been asked once, one after the other."""
    until = now.copy()
    for layer in layers:
        zone = layer.zones.take(digits)
        rows = np.flatnonzero(zone.codes != UNSET)
        if len(rows):
            until[rows] = _open(until[rows], layer.law, zone.take(rows), quiet)
    return until


def _open(now: Times, law: Law, zone: Column, quiet: QuietHours) -> Times:
    week = WEEKS.get(law)
    return open_from(now, zone, week) if week else quiet_until(now, zone, quiet.start, quiet.end)


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
