"""The shop of a run: the scenario's catalogue, else the made-up one where a flow looks at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from flows.catalogue import Catalogue
from flows.conditions.base import Need
from flows.document import Flow
from flows.metrics import BACK_IN_STOCK
from flows.needs import all_needs
from simulator.catalogue.shop import Shop, shop_of
from simulator.catalogue.synthetic import synthetic_catalogue
from simulator.scenario import Scenario
from simulator.shop_settings import ShopSettings


def catalogue_of(scenario: Scenario) -> Catalogue:
    """What can be bought in this run: the scenario's own catalogue, else the made-up one."""
    given = scenario.catalogue
    if given is not None and given.items:
        return given
    start = scenario.start if scenario.start.tzinfo else scenario.start.replace(tzinfo=UTC)
    settings = scenario.audience.shop.model_dump_json()
    return _made_up(scenario.seed, start, scenario.days, settings)


@lru_cache(maxsize=4)
def _made_up(seed: int, start: datetime, days: int, settings: str) -> Catalogue:
    return synthetic_catalogue(seed, start, days, ShopSettings.model_validate_json(settings))


def is_asked(needs: Iterable[Need], names: Mapping[str, str]) -> bool:
    """Whether a flow looks at prices or stock, so that those of the made-up shop move."""
    return any(
        need.kind == "item"
        or (
            need.kind == "metric"
            and need.trigger
            and names.get(need.name, need.name) == BACK_IN_STOCK
        )
        for need in needs
    )


def moving_catalogue(flows: Sequence[Flow], scenario: Scenario) -> Catalogue | None:
    """The catalogue that events of these flows follow; None for the standing made-up shop."""
    given = scenario.catalogue is not None and bool(scenario.catalogue.items)
    names = {key: name for flow in flows for key, name in flow.names.items()} | scenario.names
    return catalogue_of(scenario) if given or is_asked(all_needs(flows), names) else None


def shop_for(flows: Sequence[Flow], scenario: Scenario) -> Shop | None:
    """The shop of that catalogue, made once."""
    catalogue = moving_catalogue(flows, scenario)
    return shop_of(catalogue) if catalogue else None
