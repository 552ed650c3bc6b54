"""How long the command line takes to say what it can do."""

from __future__ import annotations

from statistics import median

from tests.benchmarks.commands import rehearsal
from tests.benchmarks.measurement import Measurement, Wanted

ROUNDS = 5


def measure(*, quick: bool = False) -> Measurement:
    """The median of several calls, each a process of its own."""
    took = [rehearsal("--help") for _ in range(ROUNDS)]
    busy = median(one.processor for one in took)
    return Measurement(
        name="help",
        figure=median(one.seconds for one in took),
        wanted=Wanted(0.5),
        unit="s",
        note=f"median of {ROUNDS} calls of `rehearsal --help`; {busy:.2f} s of processor time",
    )
