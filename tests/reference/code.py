"""Code steps, for which a flow says what they give (semantics B.11, E21)."""

from __future__ import annotations

from typing import Any

from tests.reference.asking import Asking
from tests.reference.conditions import passes
from tests.reference.flow import Flow


def ran(flow: Flow, action: dict[str, Any], asking: Asking) -> dict[str, Any]:
    """The outputs that the step gives to this run."""
    stub = flow.stubs.get(action["id"]) or {}
    fixed = stub.get("outputs") or {}
    for i, one in enumerate(stub.get("cases") or []):
        if passes(one["when"], asking.at_place(f"case-{i}:")):
            return fixed | one["outputs"]
    return dict(fixed)


def outputs_of(flow: Flow, given: dict[str, dict[str, Any]], number: int) -> dict[str, Any]:
    """What a condition finds under a number, out of what each code step gave to the run."""
    claims = {name: stub.get("output_config_id") for name, stub in flow.stubs.items()}
    named = [name for name in claims if claims[name] == number]
    if not named:
        named = [name for name in claims if claims[name] is None]
    came = [name for name in flow.actions if name in named and name in given]
    return given[came[-1]] if came else {}
