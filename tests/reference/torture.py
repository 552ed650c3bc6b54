"""Many more comparisons of the engine with the interpreter than the suite makes."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor

from tests.reference.compare import differences
from tests.reference.generate import case

FLOWS, CROWD = 2000, 50


def disagreements(seed: int) -> list[str]:
    """Where the two disagree on one case, in words."""
    return [f"case {seed}, {one}" for one in differences(case(seed, crowd=CROWD))]


def main(count: int = FLOWS) -> tuple[int, int]:
    """Compare so many cases; how many flows there were, and in how many cases the two differ."""
    flows = sum(len(case(seed, crowd=0).flows) for seed in range(count))
    wrong = 0
    with ProcessPoolExecutor(2) as pool:
        for found in pool.map(disagreements, range(count), chunksize=10):
            if found:
                wrong += 1
                sys.stdout.write("\n".join(found[:2]) + "\n")
    return flows, wrong
