"""Flows that shops run read without a remainder and go out as they came in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from real_flows import real_flows

from flows.conditions import CONDITIONS, Filter, OpaqueCondition
from flows.conditions.base import Condition, Names
from flows.document import Flow
from flows.filters import OpaqueFilter


def document(path: Path) -> dict[str, Any]:
    written = json.loads(path.read_text("utf-8"))
    return {"name": written["name"], **written["definition"]}


def parts(value: object) -> Iterator[BaseModel]:
    """Every part of a flow, whatever holds it."""
    if isinstance(value, BaseModel):
        yield value
        for _, inner in value:
            yield from parts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from parts(inner)


@real_flows
def test_a_shops_flow_goes_out_as_it_came_in(file: Path) -> None:
    assert Flow.model_validate(document(file)).to_json() == document(file)


@real_flows
def test_every_condition_of_a_shops_flow_is_understood(file: Path) -> None:
    found = list(parts(Flow.model_validate(document(file))))
    unread = [part for part in found if isinstance(part, OpaqueCondition | OpaqueFilter)]
    read = {part.type for part in found if isinstance(part, Condition)}
    filters = [part for part in found if isinstance(part, Filter)]
    assert (unread, read - CONDITIONS.keys()) == ([], set())
    assert [problem for part in filters for problem in part.problems("$")] == []
    assert all(part.sentence(Names()) for part in filters)
