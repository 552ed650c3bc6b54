"""The engine writes what a plain model writes that takes one person after the other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from app.commands.files import load_flow
from simulator.plan import make_plan
from simulator.rehearse import rehearse
from simulator.scenario import Scenario
from simulator.source import GivenAudience
from simulator.synthetic.for_run import audience_for
from tests.benchmarks.simpy_counts import counts, wanted_counts
from tests.benchmarks.simpy_peer import Model
from tests.benchmarks.simpy_people import events_within, people_of

SAMPLE = Path(__file__).parents[2] / "sample_flows" / "abandoned-checkout.json"
PEOPLE = 400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def in_order(rows: Any) -> list[tuple[str, ...]]:
    return sorted(tuple(str(_plain(value)) for value in row) for row in rows)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return round((value - EPOCH).total_seconds() * 1e6)
    return value


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_engine_writes_the_rows_of_a_simpy_model(tmp_path: Path, seed: int) -> None:
    flow = load_flow(SAMPLE)
    scenario = Scenario(profiles=PEOPLE, seed=seed, behaviour=None)
    population = audience_for([flow], scenario).shard(0, PEOPLE)
    plan = make_plan([flow], scenario)

    summary = rehearse([flow], GivenAudience(population), scenario, tmp_path)
    people = people_of(population, scenario.rules.account_timezone)
    given = events_within(population, people, plan.start, plan.end)
    logs = Model(flow, scenario.rules, plan.start, plan.end).simulate(given)

    assert counts(logs) == wanted_counts(summary)
    for name in ("enrolments", "steps", "sends", "events"):
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert in_order(getattr(logs, name)) == in_order(
            zip(*table.to_pydict().values(), strict=True)
        )
