"""A million people in three flows."""

from __future__ import annotations

from tests.benchmarks.commands import ROUNDS, THREE, three_flows
from tests.benchmarks.measurement import Measurement, Wanted

MILLION, FEW = 1_000_000, 100_000
FLOWS = ", ".join(THREE)


def measure_time(*, quick: bool = False) -> Measurement:
    """From calling the command to its end."""
    people = FEW if quick else MILLION
    took = three_flows(people)
    return Measurement(
        name="million-time",
        figure=took.seconds,
        wanted=Wanted(20),
        unit="s",
        note=f"{people:,} people, {FLOWS}; 90 days, 2 processes, all tables; "
        f"the quickest of {ROUNDS}, {took.processor:.1f} s of processor time",
    )


def measure_memory(*, quick: bool = False) -> Measurement:
    """The most that all processes of the same command hold at once."""
    took = three_flows(FEW if quick else MILLION)
    return Measurement(
        name="million-memory",
        figure=took.peak / 1e9,
        wanted=Wanted(3),
        unit="GB",
        note="the same runs: resident memory summed over the processes, shared pages in each",
    )
