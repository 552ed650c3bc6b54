"""The made-up people that suit a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.document import Flow
from flows.moments import micros
from flows.needs import all_needs
from flows.postal import place
from simulator.audience import SyntheticAudience
from simulator.catalogue.for_run import moving_catalogue
from simulator.plan import names_of
from simulator.scenario import Scenario
from simulator.synthetic.wanted import gather
from simulator.synthetic.whereabouts import Centre


def audience_for(flows: Sequence[Flow], scenario: Scenario) -> SyntheticAudience:
    """People who bring what these flows name, as many as the scenario asks for."""
    versions = (*flows, *(edit.flow for edit in scenario.edits))
    needs, names = all_needs(versions), names_of(versions, scenario)
    return SyntheticAudience(
        seed=scenario.seed,
        size=scenario.profiles,
        start=micros(scenario.start),
        days=scenario.days,
        settings=scenario.audience,
        needs=needs,
        names=names,
        catalogue=moving_catalogue(flows, scenario),
        centres=tuple(_centres(gather(needs, names).distances, scenario)),
    )


def _centres(distances: dict[str, float], scenario: Scenario) -> Iterator[Centre]:
    """The places that distances are measured from, as far as anybody knows where they lie."""
    for name, span in distances.items():
        found = place(name, scenario.rules.postal_codes)
        if found:
            yield Centre(name.partition("/")[0], *found, span)
