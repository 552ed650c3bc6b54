"""What runs remember of their steps, by action."""

from __future__ import annotations

import numpy as np

from simulator.memory import Memory


def numbers(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    return np.array(values, dtype=np.int16)


def test_each_run_keeps_its_own_number_of_each_action() -> None:
    memory = Memory()
    memory.keep(0, "code", np.array([2, 0]), numbers(7, 8))
    memory.keep(0, "other", np.array([1]), numbers(9))
    memory.keep(1, "code", np.array([0]), numbers(5))
    asked = np.array([0, 1, 2, 3])
    assert memory.recall(0, "code", asked).tolist() == [8, -1, 7, -1]
    assert memory.recall(0, "other", asked).tolist() == [-1, 9, -1, -1]
    assert memory.recall(1, "code", asked).tolist() == [5, -1, -1, -1]
    assert memory.recall(2, "code", asked).tolist() == [-1, -1, -1, -1]


def test_a_later_number_takes_the_place_of_an_earlier_one_and_room_is_made() -> None:
    memory = Memory()
    memory.keep(0, "code", np.array([0, 1]), numbers(1, 2))
    memory.keep(0, "code", np.array([1, 50]), numbers(3, 4))
    assert memory.recall(0, "code", np.array([0, 1, 2, 50, 51])).tolist() == [1, 3, -1, 4, -1]
