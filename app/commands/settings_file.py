"""The scenario of `rehearsal run`: a file with any part of one, and options that win over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.commands.files import load_behaviour, read_part
from app.commands.refusals import UnusableError
from flows.catalogue import Catalogue
from simulator.scenario import Scenario
from storage.exchange import Rejected, read_catalogue
from storage.exchange.unknown import unknown_keys

MOST = 100_000_000
"""People of a run."""
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options say of the scenario; None where they say nothing."""

    scenario: Path | None = None
    catalogue: Path | None = None
    profiles: int | None = None
    start: datetime | None = None
    days: int | None = None
    seed: int | None = None
    behaviour: str | None = None
    as_live: bool | None = None


def scenario_of(asked: Asked) -> tuple[Scenario, tuple[Rejected, ...]]:
    """The scenario with what the options say, and rows of the catalogue that cannot be used."""
    base = load_scenario(asked.scenario) if asked.scenario else Scenario()
    catalogue, refused = _catalogue(asked, base)
    start = asked.start or base.start
    changes: dict[str, Any] = {
        "start": start if start.tzinfo else start.replace(tzinfo=UTC),
        "catalogue": catalogue,
    }
    for name in ("profiles", "days", "seed"):
        value = getattr(asked, name)
        changes |= {} if value is None else {name: value}
    if asked.behaviour is not None:
        changes["behaviour"] = load_behaviour(asked.behaviour)
    if asked.as_live is not None:
        changes["rules"] = base.rules.model_copy(update={"as_live": asked.as_live})
    return base.model_copy(update=changes), refused


def load_scenario(path: Path) -> Scenario:
    """The scenario of a file; UnusableError with the JSON path of the first thing wrong."""
    scenario = read_part(path, Scenario)
    for place in unknown_keys(scenario):
        raise UnusableError(f"{path}, {place}: nothing is known by this name.")
    for place, reason in _out_of_bounds(scenario):
        raise UnusableError(f"{path}, {place}: {reason}.")
    return scenario


def _out_of_bounds(scenario: Scenario) -> list[tuple[str, str]]:
    wrong = []
    if not 1 <= scenario.days <= MOST_DAYS:
        wrong.append(("$.days", f"{scenario.days} is not from 1 to {MOST_DAYS:,}"))
    if not 1 <= scenario.profiles <= MOST:
        wrong.append(("$.profiles", f"{scenario.profiles} is not from 1 to {MOST:,}"))
    zone = scenario.rules.account_timezone
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        wrong.append(("$.rules.account_timezone", f"“{zone}” is no time zone"))
    return wrong


def _catalogue(asked: Asked, base: Scenario) -> tuple[Catalogue | None, tuple[Rejected, ...]]:
    if asked.catalogue is None:
        return base.catalogue, ()
    given = read_catalogue(asked.catalogue)
    if not given.catalogue.items:
        first = next((f"; {one.where}: {one.reason}" for one in given.rejected), ".")
        raise UnusableError(f"{asked.catalogue}: there is no item in this catalogue{first}")
    return given.catalogue, given.rejected
