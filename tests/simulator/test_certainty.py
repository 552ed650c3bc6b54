"""When a test counts as certain: against the exact formula, and at each of its limits."""

from __future__ import annotations

from math import exp, lgamma, log

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flows.rules import Certainty
from simulator.deciding.certainty import certain

EVERYTHING = Certainty(recipients=1, overlap=2)


def winner(outcomes: list[int], recipients: list[int], rule: Certainty) -> int | None:
    return certain(np.array(outcomes), np.array(recipients), rule)


def _beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def chance_of_second(outcomes: tuple[int, int], recipients: tuple[int, int]) -> float:
    """How likely the second rate is the higher one: a finite sum for whole numbers."""
    a, b = (outcomes[0] + 1, outcomes[1] + 1)
    c, d = (recipients[0] - outcomes[0] + 1, recipients[1] - outcomes[1] + 1)
    terms = (
        exp(_beta(a + i, c + d) - log(d + i) - _beta(1 + i, d) - _beta(a, c)) for i in range(b)
    )
    return sum(terms)


@given(st.data())
def test_the_winner_is_certain_from_its_exact_chance_on(data: st.DataObject) -> None:
    sizes = data.draw(st.tuples(st.integers(20, 400), st.integers(20, 400)))
    first = data.draw(st.integers(0, sizes[0] - 1))
    second = data.draw(st.integers(first * sizes[1] // sizes[0] + 1, sizes[1]))
    exact = chance_of_second((first, second), sizes)
    told = [first, second], list(sizes)
    assert winner(*told, EVERYTHING.model_copy(update={"probability": exact - 1e-4})) == 1
    assert winner(*told, EVERYTHING.model_copy(update={"probability": exact + 1e-4})) is None


def test_every_version_needs_five_hundred_recipients() -> None:
    assert winner([100, 10], [500, 500], Certainty()) == 0
    assert winner([100, 10], [500, 499], Certainty()) is None
    assert winner([], [], Certainty()) is None


def test_intervals_that_overlap_too_much_decide_nothing() -> None:
    """5 and 7 of 100: 98 per cent likely, yet 95-per-cent intervals of .038-.065 and .056-.088."""
    close = [50, 70], [1000, 1000]
    assert winner(*close, Certainty(overlap=1.0)) == 1
    assert winner(*close, Certainty()) is None
    assert winner([50, 90], [1000, 1000], Certainty()) == 1


def test_the_best_of_three_has_to_stand_apart_from_both() -> None:
    assert winner([50, 90, 51], [1000] * 3, Certainty()) == 1
    assert winner([50, 90, 89], [1000] * 3, Certainty()) is None


def test_rates_at_the_ends_of_the_scale_are_judged_too() -> None:
    assert winner([0, 0], [5000, 5000], Certainty()) is None
    assert winner([0, 500], [500, 500], Certainty()) == 1
    assert winner([500, 500], [500, 500], Certainty()) is None
