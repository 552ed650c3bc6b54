"""How the time a person takes grows with how many there are."""

from __future__ import annotations

from tests.benchmarks.bench_million import MILLION
from tests.benchmarks.commands import three_flows
from tests.benchmarks.measurement import Measurement, Wanted

TENTH = MILLION // 10


def measure(*, quick: bool = False) -> Measurement:
    """Growth of the time a person from 100,000 to 1,000,000 people, start-up included.

    A run of 100,000 is one part and so one process: by the clock the larger run has an advantage
    that processor time does not give it. The figure is the worse of the two.
    """
    scale = 10 if quick else 1
    small, large = TENTH // scale, MILLION // scale
    few, many = three_flows(small), three_flows(large)
    by_clock = _growth(few.seconds / small, many.seconds / large)
    by_processor = _growth(few.processor / small, many.processor / large)
    return Measurement(
        name="growth",
        figure=max(by_clock, by_processor),
        wanted=Wanted(15),
        unit="%",
        note=f"{small:,} to {large:,} people: {by_clock:+.0f} % by the clock, "
        f"{by_processor:+.0f} % of processor time a person; the worse one counts",
    )


def _growth(before: float, after: float) -> float:
    return (after / before - 1) * 100
