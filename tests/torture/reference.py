"""Many more comparisons of the engine with the second interpreter than the suite makes."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor

from tests.reference.compare import differences
from tests.reference.generate import case

CASES, CROWD, PROCESSES = 2000, 50, 2
SHOWN = 20
"""Disagreements that are written out."""


def main(arguments: list[str]) -> tuple[bool, str]:
    """Whether the two agree, and the line for the page; how many cases is the only argument."""
    count = int(arguments[0]) if arguments else CASES
    started = time.monotonic()
    wrong: list[str] = []
    flows = 0
    with ProcessPoolExecutor(PROCESSES) as pool:
        for compared, found in pool.map(_compare, range(count), chunksize=10):
            flows += compared
            wrong += found[:1]
    sys.stdout.write("".join(f"{one}\n" for one in wrong[:SHOWN]))
    return not wrong, (
        f"the engine and a second interpreter, on {flows:,} generated flows in {count:,} runs of "
        f"{CROWD} people: {len(wrong):,} runs differ, "
        f"in {(time.monotonic() - started) / 60:.1f} minutes."
    )


def _compare(seed: int) -> tuple[int, list[str]]:
    """How many flows ran together, and where the two disagree."""
    made = case(seed, crowd=CROWD)
    return len(made.flows), [f"case {seed}, {one}" for one in differences(made)]
