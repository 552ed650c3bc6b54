"""`python -m tests.benchmarks`: every measurement, as a table and into docs/measurements.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.benchmarks import (
    bench_growth,
    bench_help,
    bench_insert,
    bench_million,
    bench_processes,
    bench_real_flows,
    bench_simpy,
    page,
)
from tests.benchmarks.machine import described
from tests.benchmarks.measurement import Measurement

BENCHES: dict[str, Callable[..., Measurement]] = {
    "simpy": bench_simpy.measure,
    "simpy-files": bench_simpy.measure_files,
    "million-time": bench_million.measure_time,
    "million-memory": bench_million.measure_memory,
    "growth": bench_growth.measure,
    "processes": bench_processes.measure,
    "real-flows": bench_real_flows.measure,
    "canvas-insert": bench_insert.measure,
    "help": bench_help.measure,
}


def main() -> None:
    """Measure, print, write. A missed figure is said and is no failure of the command."""
    asked = _asked()
    sys.stdout.write(f"{described()}\n\n")
    measured: list[Measurement] = []
    for name in asked.only or BENCHES:
        one = BENCHES[name](quick=asked.quick)
        what, figure, wanted, verdict, ratio, note = one.cells()
        sys.stdout.write(f"{what:<16}{figure:>18}   {wanted:<20} {verdict:<8}{ratio}\n")
        sys.stdout.write(f"{'':<16}{note}\n")
        sys.stdout.flush()
        measured.append(one)
    missed = [one.name for one in measured if one.verdict == "missed"]
    sys.stdout.write(f"\nMissed: {', '.join(missed) or 'none'}\n")
    if not asked.quick:
        page.write(measured, list(BENCHES))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHES, help="one of them; repeatable")
    parser.add_argument(
        "--quick", action="store_true", help="fewer people: a trial, which is not written down"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
