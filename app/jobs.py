"""What goes to a worker process and what comes back; everything here can be pickled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from simulator.report import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One rehearsal to carry out: documents as JSON text, so that nothing else has to travel."""

    run_id: str
    flows: tuple[str, ...]
    scenario: str
    out: Path
    uploads: Path = Path()
    processes: int = 1


@dataclass(frozen=True, slots=True)
class Done:
    """The rehearsal ended; `summary` is the JSON text of simulator.report.Summary."""

    summary: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The rehearsal ended with an error, in words for a person."""

    text: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The rehearsal ended because it was asked to."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """The worker process ended in the middle of the rehearsal."""


Outcome: TypeAlias = Done | Failed | Cancelled | CutOff
Watch: TypeAlias = Callable[[Progress], None]
Perform: TypeAlias = Callable[[Job, Watch], str]
"""Carries a job out, tells how far it is, and returns the summary's JSON text."""
