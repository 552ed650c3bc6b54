"""What can go wrong with a run: each takes facts and writes its own sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class SimulatorError(Exception):
    """The root of what this package raises."""


class RunCancelledError(SimulatorError):
    """Raised by whoever watches a run, to stop it."""

    def __init__(self) -> None:
        super().__init__("The run was cancelled.")


class UnrunnableFlowError(SimulatorError):
    """A flow that can go round in circles for ever."""

    def __init__(self, flow: str, cycle: Sequence[str]) -> None:
        path = " → ".join(cycle)
        super().__init__(f"“{flow}” goes round in a circle, so it cannot be run: {path}.")


class TooManyStepsError(SimulatorError):
    """More steps than one run tells apart, those of every version of every flow together."""

    def __init__(self, steps: int, most: int) -> None:
        super().__init__(f"The run has {steps:,} steps; {most:,} is the most.")


class UneditableFlowError(SimulatorError):
    """An edit in the middle of a run that no flow of it allows."""

    def __init__(self, number: int, where: str, why: str) -> None:
        super().__init__(f"edits[{number}].{where}: {why}.")


class NoSpaceError(SimulatorError):
    """The folder of a run cannot take what the run writes."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"The run could not be written to {folder}: {reason}.")
        self.folder, self.reason = folder, reason

    def __reduce__(self) -> tuple[type[NoSpaceError], tuple[Path, str]]:
        """It comes back from other processes."""
        return NoSpaceError, (self.folder, self.reason)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """What the disk refuses while this is done is a NoSpaceError of the run's folder."""
    try:
        yield
    except OSError as error:
        raise NoSpaceError(folder, error.strerror or str(error)) from error


class WorkerLostError(SimulatorError):
    """A process that was running a part is gone."""

    def __init__(self) -> None:
        super().__init__(
            "A worker process ended before its part of the run was done: it was killed, or the "
            "memory did not suffice. Fewer processes need less."
        )


class UnknownPersonError(SimulatorError):
    """A profile id that the run does not hold."""

    def __init__(self, profile_id: str) -> None:
        super().__init__(f"The run has no person with the id “{profile_id}”.")


class NotARunError(SimulatorError):
    """A folder that does not hold a finished run."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds no finished run: there is no run.json in it.")
