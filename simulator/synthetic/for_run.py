"""The made-up people that suit a run."""

from __future__ import annotations

from collections.abc import Sequence

from flows.document import Flow
from flows.needs import all_needs
from simulator.audience import SyntheticAudience
from simulator.catalogue.for_run import moving_catalogue
from simulator.plan import microseconds, names_of
from simulator.scenario import Scenario


def audience_for(flows: Sequence[Flow], scenario: Scenario) -> SyntheticAudience:
    """People who bring what these flows name, as many as the scenario asks for."""
    return SyntheticAudience(
        seed=scenario.seed,
        size=scenario.profiles,
        start=microseconds(scenario.start),
        days=scenario.days,
        settings=scenario.audience,
        needs=all_needs(flows),
        names=names_of(flows, scenario),
        catalogue=moving_catalogue(flows, scenario),
    )
