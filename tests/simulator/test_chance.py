"""Chance is a hash: known values, the same in any order and company, spread evenly."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.chance import mix, name_key, profile_keys, uniform

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15
KEYS = [
    "e220a8397b1dcdaf",
    "db87c9c9a517a502",
    "4c0aa8551663ffd9",
    "504d774d57ecd790",
    "3b2af65aacb39dcb",
    "06198128d9fd341f",
    "826df41ad1eeec09",
]
NAMED = "c1536fbd93c981ed"


def splitmix(state: int) -> int:
    """The generator as published: the next number after this state."""
    z = (state + GOLDEN) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def ids(*texts: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(texts, dtype=object)


names = st.text(max_size=40).map(lambda text: text.replace("\0", ""))


def test_the_first_numbers_of_seed_zero_are_the_published_ones() -> None:
    states = np.array([i * GOLDEN & MASK for i in range(3)], dtype=np.uint64)
    assert [f"{number:016x}" for number in mix(states).tolist()] == [
        "e220a8397b1dcdaf",
        "6e789e6aa1b965f4",
        "06c45d188009454f",
    ]


@given(st.lists(st.integers(0, MASK), max_size=20))
def test_a_round_of_mixing_is_that_of_splitmix_and_leaves_its_input(states: list[int]) -> None:
    given_keys = np.array(states, dtype=np.uint64)
    assert mix(given_keys).tolist() == [splitmix(state) for state in states]
    assert given_keys.tolist() == states


@given(st.lists(names, min_size=1, max_size=12, unique=True))
def test_a_persons_key_depends_on_nobody_else(people: list[str]) -> None:
    together = profile_keys(ids(*people)).tolist()
    assert together == [int(profile_keys(ids(one))[0]) for one in people]
    assert together[::-1] == profile_keys(ids(*people[::-1])).tolist()
    assert len(set(together)) == len(people)


def test_ids_of_any_length_and_script_have_their_keys_for_good() -> None:
    """These numbers must never change: every recorded run hangs on them."""
    people = ["", "a", "12345678", "123456789", "p0000001", "Zoë", "日本語のとても長い名前"]
    assert [f"{key:016x}" for key in profile_keys(ids(*people)).tolist()] == KEYS
    assert profile_keys(ids()).tolist() == []


@given(st.integers(0, MASK), st.integers(0, MASK))
def test_a_number_is_the_upper_53_bits_of_the_salted_key(key: int, salt: int) -> None:
    keys = np.array([key], dtype=np.uint64)
    expected = (splitmix(key ^ salt) >> 11) / 2**53
    assert uniform(keys, np.uint64(salt)).tolist() == [expected]
    assert uniform(keys).tolist() == [(splitmix(key) >> 11) / 2**53]
    assert keys.tolist() == [key]


def test_salts_may_be_columns_and_their_order_matters() -> None:
    keys = profile_keys(ids("a", "b"))
    salt, visits = name_key("x"), np.array([1, 2], dtype=np.uint64)
    both = uniform(keys, salt, visits)
    assert both.tolist() == [uniform(keys[i : i + 1], salt, visits[i : i + 1])[0] for i in range(2)]
    assert both.tolist() != uniform(keys, visits, salt).tolist()


def test_names_are_told_apart_wherever_they_are_cut() -> None:
    keys = {int(name_key(*parts)) for parts in [("ab", "c"), ("a", "bc"), ("abc",), (1, "a"), (1,)]}
    assert len(keys) == 5
    assert f"{int(name_key(1, 'flow', 'action', 'purpose')):016x}" == NAMED


def test_numbers_are_spread_evenly_over_people_visits_and_purposes() -> None:
    """Of 100 equal parts none holds far more than its share; two purposes do not go together."""
    keys = profile_keys(ids(*(f"p{i:07}" for i in range(100_000))))
    first, second = uniform(keys, name_key("open")), uniform(keys, name_key("click"))
    for drawn in (first, second, uniform(keys, name_key("open"), np.full(100_000, 2, np.uint64))):
        counted = np.bincount((drawn * 100).astype(int), minlength=100)
        chi_squared = float(((counted - 1000) ** 2 / 1000).sum())
        assert 55 < chi_squared < 155  # for 99 degrees of freedom, but once in some 10,000
    assert abs(float(np.corrcoef(first, second)[0, 1])) < 0.015
