"""Every sample runs to the report beside it: whoever changes what a flow does sees it here.

`python -m tests.sample_flows.test_expected` writes the reports anew; read the difference before
you keep it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import sample_flows
from flows.document import Flow
from simulator.rehearse import RunOptions, rehearse
from simulator.scenario import Scenario
from simulator.synthetic.for_run import audience_for

FOLDER = Path(sample_flows.__file__).parent
PEOPLE, DAYS, SEED = 2_000, 120, 7
TIMINGS = ("seconds", "steps_per_second", "version")


def report(flow: Flow, folder: Path) -> dict[str, Any]:
    """What a run of the sample comes to, less what differs from machine to machine."""
    scenario = Scenario(profiles=PEOPLE, days=DAYS, seed=SEED)
    source = audience_for([flow], scenario)
    summary = rehearse([flow], source, scenario, folder, options=RunOptions(keep="summary"))
    return {k: v for k, v in summary.model_dump(mode="json").items() if k not in TIMINGS}


@pytest.mark.parametrize("flow", sample_flows.samples(), ids=lambda flow: flow.id)
def test_a_sample_comes_to_its_expected_report(flow: Flow, tmp_path: Path) -> None:
    expected = json.loads((FOLDER / f"{flow.id}.expected.json").read_text("utf-8"))
    assert report(flow, tmp_path) == expected


def write(folder: Path) -> None:
    """Write all reports anew."""
    for flow in sample_flows.samples():
        text = json.dumps(report(flow, folder / flow.id), indent=2) + "\n"
        (FOLDER / f"{flow.id}.expected.json").write_text(text, "utf-8")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        write(Path(made))
