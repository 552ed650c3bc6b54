"""Every figure a forecast rests on, in plain words, with its source; each can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from flows.conditions.base import Need
from simulator.assumed.audience import of_people
from simulator.assumed.behaviour import of_answers
from simulator.assumed.lines import Assumption, Figure, steps, told
from simulator.assumed.needs import of_needs
from simulator.assumed.traits import of_shop, of_traits
from simulator.catalogue.for_run import is_asked
from simulator.scenario import Scenario
from simulator.synthetic.wanted import gather

__all__ = ["Assumption", "AssumptionError", "assumptions", "with_assumption"]

_OPEN = (
    ("audience", "rates"),
    ("audience", "compared_of"),
    ("audience", "groups", "joined_before_of"),
    ("audience", "groups", "joins_during_of"),
    ("audience", "groups", "member_of"),
    ("audience", "owning", "owners_of"),
)
"""Where a key may name what has no figure of its own yet."""


class AssumptionError(ValueError):
    """A figure that cannot be: an unknown key, or a value that makes no sense."""

    def __init__(self, key: str, value: Figure, reason: str) -> None:
        super().__init__(f"{value} cannot stand for “{key}”: {reason}.")
        self.key, self.value = key, value


def assumptions(
    scenario: Scenario, needs: Iterable[Need], names: Mapping[str, str] | None = None
) -> tuple[Assumption, ...]:
    """What the run assumes: how people answer, who they are, and what flows ask of them.

    `names` are readable names by id, those of the scenario and the flows; without it only those
    of the scenario are known.
    """
    needs, known = tuple(needs), scenario.names if names is None else names
    figures = scenario.model_dump(mode="json")
    lines = [
        *(of_answers(scenario.behaviour) if scenario.behaviour else ()),
        *of_people(scenario.audience, needs, known),
        *of_needs(scenario.audience, needs, known),
        *of_traits(scenario.audience, gather(needs, known)),
        *(of_shop() if scenario.catalogue is None and is_asked(needs, known) else ()),
    ]
    return tuple(told(line, figures) for line in lines)


def with_assumption(scenario: Scenario, key: str, value: Figure) -> Scenario:
    """The scenario with one figure changed; AssumptionError where that cannot be."""
    path = steps(key)
    figures = scenario.model_dump(mode="json")
    _put(figures, path, key, value)
    try:
        return Scenario.model_validate(figures)
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise AssumptionError(key, value, reason[:1].lower() + reason[1:]) from error


def _put(figures: Any, path: tuple[str, ...], key: str, value: Figure) -> None:
    """Write one figure into the scenario's JSON, where one is or may be."""
    unknown = AssumptionError(key, value, "there is no such assumption")
    if path[0] not in {"audience", "behaviour"} or len(path) < 2:
        raise unknown
    for step in path[:-1]:
        figures = _inside(figures, step)
    if isinstance(figures, dict) and path[-1] not in figures and path[:-1] not in _OPEN:
        raise unknown
    if isinstance(figures, dict) and not isinstance(figures.get(path[-1]), dict | list):
        figures[path[-1]] = value
    elif isinstance(figures, list) and path[-1].isdigit() and int(path[-1]) < len(figures):
        figures[int(path[-1])] = value
    else:
        raise unknown


def _inside(figures: Any, step: str) -> Any:
    if isinstance(figures, list):
        return figures[int(step)] if step.isdigit() and int(step) < len(figures) else None
    return figures.get(step) if isinstance(figures, dict) else None
