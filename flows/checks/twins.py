"""Whether paths do the same, whatever the ids of their steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flows.document import Flow, canonical
from flows.graph import order

_OWN = frozenset({"id", "temporary_id", "branch_id", "links"})


def alike(marks: Mapping[str, str], ends: Iterable[str | None]) -> bool:
    """Whether the paths that start at these steps are the same, step by step."""
    return len({marks.get(end or "", "") for end in ends}) == 1


def marks_of(flow: Flow) -> dict[str, str]:
    """A mark for each step: equal ones do the same and lead to the same."""
    marks: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for action_id in reversed(order(flow)):
        action = flow.action(action_id)
        ends = [marks.get(way.target or "", "") for way in action.ways()]
        text = canonical([_without_ids(action.to_json()), ends])
        marks[action_id] = numbers.setdefault(text, str(len(numbers) + 1))
    return marks


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_ids(held) for key, held in value.items() if key not in _OWN}
    return [_without_ids(held) for held in value] if isinstance(value, list) else value
