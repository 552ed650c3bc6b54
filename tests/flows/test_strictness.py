"""Nothing is taken for something else in silence: a wrong value is told of, and comes back."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from example_flows import flow_of

from flows.checks import check
from flows.digits import write
from flows.klaviyo import to_klaviyo
from flows.loading import read
from flows.reference.by_example import examples

Path = tuple[str | int, ...]
_WRONG: dict[type, list[Any]] = {
    str: [5, True, [], {}],
    int: ["5", True, {}, []],
    float: ["5", True, {}],
    bool: ["true", 1, 0.0],
    list: ["x", {}, 5, True],
    dict: ["x", [], 5, True],
}
_ANYTHING = ("headers", "kv_pairs", "event_payload", "allocations", "message_hierarchy")
"""Keys below which the public definition allows values of any type, or another form."""


def _filtered(held: Any) -> dict[str, Any]:
    return {"condition_groups": [{"conditions": [held]}]}


def _documents() -> Iterator[tuple[str, dict[str, Any], Path]]:
    """A flow around each example, and where in it the example stands."""
    for key, action in examples("actions").items():
        yield key, flow_of(action=action).to_json(), ("actions", -2)
    for key, trigger in examples("triggers").items():
        yield key, flow_of(trigger=trigger).to_json(), ("triggers", 0)
    usual = flow_of().to_json()
    inside: Path = ("profile_filter", "condition_groups", 0, "conditions", 0)
    for family in ("conditions", "consent", "permissions"):
        for key, condition in examples(family).items():
            yield key, usual | {"profile_filter": _filtered(condition)}, inside
    for key, held in examples("filters").items():
        asked = {"type": "profile-property", "property": "x", "filter": held}
        yield key, usual | {"profile_filter": _filtered(asked)}, (*inside, "filter")
    for key, change in examples("operations").items():
        data = {"status": "live", "profile_operations": [change]}
        step = examples("actions")["update-profile"] | {"data": data}
        place: Path = ("actions", 0, "data", "profile_operations", 0)
        yield key, flow_of(action=step).to_json(), place


DOCUMENTS = list(_documents())


@pytest.mark.parametrize(
    ("document", "root"), [one[1:] for one in DOCUMENTS], ids=[one[0] for one in DOCUMENTS]
)
def test_a_value_of_a_wrong_type_is_told_of_and_comes_back(
    document: dict[str, Any], root: Path
) -> None:
    usual = _found(document)
    silent = []
    for place, value in _values(_at(document, root)):
        for wrong in _WRONG.get(type(value), []):
            changed = _with(document, (*root, *place), wrong)
            if _found(changed) <= usual:
                silent.append((place, wrong))
    assert silent == []


def _found(document: dict[str, Any]) -> set[tuple[str, str]]:
    """What is said of a document, which comes back as it was."""
    loaded = read(json.dumps(document))
    assert loaded.flow is not None
    assert write(loaded.flow.to_json()) == write(document)
    json.dumps(to_klaviyo(loaded.flow, "request"))
    return {(one.where, one.text) for one in (*loaded.problems, *check(loaded.flow))}


def _values(value: Any, place: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value inside with its place."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in inner:
        if key not in _ANYTHING:
            yield (*place, key), held
            if isinstance(held, dict | list):
                yield from _values(held, (*place, key))


def _at(value: Any, place: Path) -> Any:
    for key in place:
        value = value[key]
    return value


def _with(document: dict[str, Any], place: Path, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    _at(changed, place[:-1])[place[-1]] = value
    return changed
