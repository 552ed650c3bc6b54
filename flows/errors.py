"""What can go wrong with a flow: each error takes facts and writes its own sentence."""

from __future__ import annotations

from collections.abc import Sequence

from flows.problem import Problem


class FlowError(Exception):
    """The root of what this package raises."""


class UnknownActionError(FlowError):
    """An action id that the flow does not hold."""

    def __init__(self, action_id: str) -> None:
        super().__init__(f"The flow has no step with the id “{action_id}”.")
        self.action_id = action_id


class ImpossibleEditError(FlowError):
    """An edit that would leave the flow without meaning, with the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class BadValueError(ImpossibleEditError):
    """A value that is not allowed where an edit would put it, with a Problem for each place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.text for problem in problems))
        self.problems = tuple(problems)


class UnreadableFlowError(FlowError):
    """A document of ours that holds no flow any more, with what is wrong with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The stored flow cannot be read: {reason}")
