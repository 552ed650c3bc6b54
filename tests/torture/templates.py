"""Hostile templates: none reaches out, none takes 100 ms or 64 MB.

`python -m tests.torture templates` tries 30,000 of them; `--count`, `--first` and `--processes`
say how many, which, and on how many processes. Each is made by its number.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field

from tests.torture.template_grammar import FILTER_NAMES, template
from tests.torture.template_trial import Cost, Watch, attempt, trial

COUNT = int(os.environ.get("REHEARSAL_TEMPLATES", "30_000"))
CHUNK = 250
_WEIGHED = 16
"""One template in so many is weighed exactly, and each that takes its time."""
_SPACE = 2 * 2**30
_WATCHES: list[Watch] = []


@dataclass
class Tally:
    """What came of some templates."""

    tried: int = 0
    rendered: int = 0
    slowest: float = 0.0
    largest: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.tried += other.tried
        self.rendered += other.rendered
        self.slowest = max(self.slowest, other.slowest)
        self.largest = max(self.largest, other.largest)
        self.failures += other.failures

    def count(self, seed: int, cost: Cost) -> None:
        """Count one trial in."""
        self.tried += 1
        self.rendered += cost.rendered
        self.slowest = max(self.slowest, cost.seconds)
        self.largest = max(self.largest, cost.bytes)
        if cost.wrong:
            self.failures.append(f"{seed}: {cost.wrong}")

    def __str__(self) -> str:
        """The tally in a line."""
        return (
            f"{self.tried:,} hostile templates: {self.rendered:,} rendered, "
            f"{self.tried - self.rendered:,} refused, {len(self.failures):,} failures; "
            f"the slowest took {1000 * self.slowest:.0f} ms, the largest held "
            f"{self.largest / 2**20:.0f} MB"
        )


def prepare() -> None:
    """In a process of its own: bounds that the machine keeps, and a look-out."""
    resource.setrlimit(resource.RLIMIT_AS, (_SPACE, _SPACE))
    for name in FILTER_NAMES:
        attempt("{{ text|" + name + " }}")
        attempt("{{ text|" + name + ":1 }}")
    watch()


def watch() -> Watch:
    """The one look-out of this process."""
    if not _WATCHES:
        _WATCHES.append(Watch())
    return _WATCHES[0]


def chunk(first: int, stop: int) -> Tally:
    """Try the templates with these numbers."""
    tally = Tally()
    for seed in range(first, stop):
        tally.count(seed, trial(template(seed), watch(), weigh=seed % _WEIGHED == 0))
    return tally


def tried(first: int, count: int, processes: int) -> Tally:
    """Try many, in processes of their own."""
    tally = Tally()
    with ProcessPoolExecutor(processes, initializer=prepare) as pool:
        spans = list(_spans(first, first + count))
        for done in as_completed([pool.submit(chunk, *span) for span in spans]):
            tally.add(done.result())
            for failure in done.result().failures:
                sys.stderr.write(f"{failure}\n")
    return tally


def _spans(first: int, stop: int) -> Iterator[tuple[int, int]]:
    for start in range(first, stop, CHUNK):
        yield start, min(start + CHUNK, stop)


def main(arguments: list[str]) -> tuple[bool, str]:
    """Whether all went well, and a line for the page."""
    parser = argparse.ArgumentParser(prog="tests.torture templates")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(arguments)
    started = time.perf_counter()
    tally = tried(asked.first, asked.count, asked.processes)
    took = (time.perf_counter() - started) / 60
    return not tally.failures, f"{tally}; {took:.0f} minutes"
