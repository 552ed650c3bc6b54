"""Rules about tests of several versions."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from flows.actions.experimenting import Experiment, ExperimentAction
from flows.checks.words import called
from flows.document import Flow
from flows.places import steps
from flows.problem import Problem


def lopsided_tests(flow: Flow) -> Iterator[Problem]:
    """L06: a test with a single version, an empty one, or shares that do not add up."""
    for where, action in steps(flow):
        if isinstance(action, ExperimentAction) and action.experiment:
            place = f"{where}.data.current_experiment"
            for part, text, fix in _faults(action.experiment):
                yield Problem(
                    code="L06",
                    severity="error",
                    where=f"{place}{part}",
                    text=f"{called(flow, action)} {text}.",
                    fix=fix,
                    action_id=action.key,
                )


def _faults(test: Experiment) -> Iterator[tuple[str, str, str]]:
    if len(test.variations) < 2:
        count = "only one version" if test.variations else "no version"
        yield ".variations", f"tests {count}", "Add a version, or end the test."
    for i, version in enumerate(test.variations):
        if version.message is None:
            yield f".variations[{i}]", f"has an empty version {i + 1}", "Write it, or remove it."
    shares = [v for v in (test.allocations or {}).values() if isinstance(v, int | float)]
    if shares and not any(isclose(sum(shares), whole, rel_tol=0.001) for whole in (1, 100)):
        yield (
            ".allocations",
            f"has shares that add up to {sum(shares):g}",
            "Let the shares add up to 100 percent.",
        )
    elif any(share <= 0 for share in shares):
        yield ".allocations", "has a version that nobody gets", "Give each version a share."


RULES = (lopsided_tests,)
