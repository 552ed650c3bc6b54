"""`rehearsal` as people call it: a process of its own, watched from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_flows"
THREE = ("welcome-series", "abandoned-checkout", "browse-abandonment")
"""The samples that measurements of several flows run together."""
ROUNDS = 3
LOOK_EVERY = 0.05
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Watched:
    """What a command took."""

    seconds: float
    processor: float
    """Seconds of processor time, of all its processes."""
    peak: int
    """Most bytes resident at once, summed over its processes; shared pages count in each."""
    output: str


def rehearsal(*arguments: str) -> Watched:
    """Run a command to its end; RuntimeError with what it said where it fails."""
    command = [sys.executable, "-m", "app", *arguments]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    peak = 0
    while True:
        peak = max(peak, sum(map(_resident, tree(process.pid))))
        found, status, used = os.wait4(process.pid, os.WNOHANG)
        if found:
            break
        time.sleep(LOOK_EVERY)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    output, errors = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {errors}")
    return Watched(seconds, used.ru_utime + used.ru_stime, peak, output)


def run(flows: Sequence[Path], out: Path, **options: object) -> Watched:
    """`rehearsal run` with options as the command line names them."""
    given = (text for name, value in options.items() for text in (f"--{name}", str(value)))
    return rehearsal("run", *map(str, flows), "--out", str(out), *given)


@cache
def three_flows(profiles: int) -> Watched:
    """The three samples together: default behaviour, 90 days, 2 processes, all tables.

    The quickest of some rounds, for what else runs on the machine only ever adds; with the
    highest peak of them all.
    """
    flows = [SAMPLES / f"{name}.json" for name in THREE]
    taken = []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as folder:
            taken.append(run(flows, Path(folder), profiles=profiles, days=90, processes=2))
    quickest = min(taken, key=lambda took: took.seconds)
    return replace(quickest, peak=max(took.peak for took in taken))


def tree(root: int) -> list[int]:
    """A process with all that come from it."""
    found = [root]
    for parent in found:
        with suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                found.extend(map(int, (task / "children").read_text("ascii").split()))
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
