"""The examples of the reference run: people enter by each trigger, and pass each action."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from example_flows import flow_of

from flows.reference.by_example import examples
from simulator.rehearse import rehearse
from simulator.report import FlowReport
from simulator.scenario import Scenario
from simulator.synthetic.for_run import audience_for

START = datetime(2026, 1, 5, tzinfo=UTC)


def report(tmp_path: Path, **example: Any) -> FlowReport:
    """What a hundred people do in four months of a flow around an example."""
    flow = flow_of(**example)
    setting = Scenario(start=START, days=120, profiles=100, seed=3)
    summary = rehearse([flow], audience_for([flow], setting), setting, tmp_path)
    (found,) = summary.flows
    return found


@pytest.mark.parametrize("key", examples("actions"))
def test_people_pass_an_action(key: str, tmp_path: Path) -> None:
    found = report(tmp_path, action=examples("actions")[key])
    assert found.enrolled > 0
    assert found.actions[key].arrived > 0
    left = sum(found.actions[key].left.values())
    assert found.actions["last"].arrived <= left <= found.actions[key].arrived


@pytest.mark.parametrize("key", examples("triggers"))
def test_people_enter_by_a_trigger(key: str, tmp_path: Path) -> None:
    found = report(tmp_path, trigger=examples("triggers")[key])
    assert found.enrolled > 0
    assert found.actions["send-email"].arrived == found.enrolled
