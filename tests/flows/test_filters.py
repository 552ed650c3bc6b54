"""Every value filter against every kind of value, as the table of the semantics (A.9) has it."""

import json
import time
from typing import Any

import numpy as np
import pytest
from fake_scene import accepted
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from flows.columns import Column, Value
from flows.filters import OpaqueFilter, ValueFilter, ValueTest

READ: TypeAdapter[ValueTest] = TypeAdapter(ValueFilter)
Json = dict[str, Any]

VALUES: dict[str, Value] = {
    "unset": None,
    "Golf": "Golf",
    "Golf Club": "Golf Club",
    "golf": "golf",
    "“3”": "3",
    "empty text": "",
    "3": 3,
    "3.0": 3.0,
    "2.5": 2.5,
    "true": True,
    "false": False,
    "1": 1,
    "[Golf]": ("Golf",),
    "[Golf, Tee]": ("Golf", "Tee"),
    "[3, true]": (3, True),
    "[]": (),
}
ALL_SET = set(VALUES) - {"unset"}


def passing(raw: Json) -> set[str]:
    """The names of the values that the filter accepts."""
    test = READ.validate_python(raw)
    now = np.zeros(len(VALUES), dtype=np.int64)
    answers = accepted(test.accepts(Column.of(VALUES.values()), now))
    return {name for name, answer in zip(VALUES, answers, strict=True) if answer}


def text(operator: str, value: Any) -> Json:
    return {"type": "string", "operator": operator, "value": value}


def numeric(operator: str, value: float) -> Json:
    return {"type": "numeric", "operator": operator, "value": value}


def listed(operator: str, value: Any) -> Json:
    return {"type": "list", "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (text("equals", "Golf"), {"Golf"}),
        (text("equals", "3"), {"“3”"}),
        (text("not-equals", "Golf"), ALL_SET - {"Golf"}),
        (text("contains", "Golf"), {"Golf", "Golf Club"}),
        (text("not-contains", "Golf"), ALL_SET - {"Golf", "Golf Club"}),
        (text("starts-with", "Go"), {"Golf", "Golf Club"}),
        (text("not-starts-with", "Go"), ALL_SET - {"Golf", "Golf Club"}),
        (text("ends-with", "b"), {"Golf Club"}),
        (text("not-ends-with", "b"), ALL_SET - {"Golf Club"}),
        (text("regex", "^[Gg]olf$"), {"Golf", "golf"}),
        (text("nregex", "^[Gg]olf$"), ALL_SET - {"Golf", "golf"}),
        (text("in", ["Golf", "3"]), {"Golf", "“3”"}),
        (text("not-in", ["Golf", "3"]), ALL_SET - {"Golf", "“3”"}),
        (text("equals", None), set()),
        (text("not-equals", None), set()),
        (numeric("equals", 3), {"3", "3.0"}),
        (numeric("equals", 1), {"1"}),
        (numeric("not-equals", 3), ALL_SET - {"3", "3.0"}),
        (numeric("greater-than", 2.5), {"3", "3.0"}),
        (numeric("greater-than-or-equal", 2.5), {"3", "3.0", "2.5"}),
        (numeric("less-than", 2.5), {"1"}),
        (numeric("less-than-or-equal", 2.5), {"1", "2.5"}),
        ({"type": "numeric", "operator": "between", "start": 1, "end": 2.5}, {"1", "2.5"}),
        ({"type": "boolean", "operator": "equals", "value": True}, {"true"}),
        ({"type": "boolean", "operator": "equals", "value": False}, {"false"}),
        ({"type": "existence", "operator": "is-set"}, ALL_SET),
        ({"type": "existence", "operator": "not-set"}, {"unset"}),
        (listed("contains", "Golf"), {"[Golf]", "[Golf, Tee]"}),
        (listed("contains", 3), {"[3, true]"}),
        (listed("contains", 1), set()),
        (listed("not-contains", "Golf"), ALL_SET - {"[Golf]", "[Golf, Tee]"}),
        (listed("contains-all", ["Golf", "Tee"]), {"[Golf, Tee]"}),
        (listed("contains-any", ["Tee", "Cap"]), {"[Golf, Tee]"}),
        (listed("not-contains-all", ["Golf", "Tee"]), ALL_SET - {"[Golf, Tee]"}),
        (listed("not-contains-any", ["Tee", "Cap"]), ALL_SET - {"[Golf, Tee]"}),
        (listed("contains-substring", "ol"), {"[Golf]", "[Golf, Tee]"}),
        (listed("not-contains-substring", "ol"), ALL_SET - {"[Golf]", "[Golf, Tee]"}),
        (listed("length-equals", 1), {"[Golf]"}),
        (listed("length-greater-than", 1), {"[Golf, Tee]", "[3, true]"}),
        (listed("length-greater-than-or-equal", 1), {"[Golf]", "[Golf, Tee]", "[3, true]"}),
        (listed("length-less-than", 1), {"[]"}),
        (listed("length-less-than-or-equal", 1), {"[]", "[Golf]"}),
        ({"type": "date", "operator": "alltime"}, set()),
    ],
    ids=lambda part: json.dumps(part) if isinstance(part, dict) else "",
)
def test_a_filter_accepts_these_values_and_no_others(raw: Json, expected: set[str]) -> None:
    assert passing(raw) == expected


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+14155550100", "US"),
        ("+1 416 555 0100", "CA"),
        ("+1 876 555 0100", "JM"),
        ("+447700900123", "GB"),
        ("+441534900123", "JE"),
        ("+33612345678", "FR"),
        ("+77012345678", "KZ"),
        ("+79161234567", "RU"),
        ("+35312345678", "IE"),
    ],
)
def test_a_phone_number_belongs_to_a_country(number: str, country: str) -> None:
    raw = {"type": "string", "operator": "phone-country-code-in", "value": [country]}
    column = Column.of([number, None, "4155550100"])
    now = np.zeros(3, dtype=np.int64)
    assert accepted(READ.validate_python(raw).accepts(column, now)) == [True, False, False]
    raw["operator"] = "phone-country-code-not-in"
    assert accepted(READ.validate_python(raw).accepts(column, now)) == [False, False, True]


@pytest.mark.parametrize("operator", ["regex", "nregex"])
@pytest.mark.parametrize("pattern", ["(open", r"(a)\1", "(?=a)", "a{1000}{1000}"])
def test_a_pattern_that_cannot_be_used_accepts_nothing(operator: str, pattern: str) -> None:
    assert passing(text(operator, pattern)) == set()


def test_a_hostile_pattern_costs_no_time() -> None:
    test = READ.validate_python(text("regex", "^(([a-z])+.)+[A-Z]([a-z])+$"))
    column = Column.of(["a" * 50_000])
    start = time.perf_counter()
    answers = accepted(test.accepts(column, np.zeros(1, dtype=np.int64)))
    assert (answers, time.perf_counter() - start < 1.0) == ([False], True)


def test_half_a_character_is_no_reason_to_stop() -> None:
    assert passing(text("regex", "\ud800")) == set()


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"type": 5, "operator": ["equals"]},
        {"type": "numeric", "operator": "equals", "value": "3"},
        {"type": "boolean", "operator": "equals", "value": 1},
        {"type": "list", "operator": "contains", "value": 1.5},
        {"type": "date", "operator": "in-the-last", "unit": "month", "quantity": 1},
        {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": "5"},
        {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": True},
        {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 2.5},
        {"type": "date", "operator": "calendar-month", "value": "3"},
        {"type": "list", "operator": "length-equals", "value": True},
        {"type": "numeric", "operator": "between", "start": 1, "end": "2"},
        {"type": "string", "operator": "sounds-like", "value": {"deep": [1, None]}},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_kept_as_it_came_and_lets_everybody_pass(raw: Json) -> None:
    test = READ.validate_python(raw)
    assert (type(test), test.to_json(), passing(raw)) == (OpaqueFilter, raw, set(VALUES))


@given(st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_form(number: float) -> None:
    raw = numeric("equals", number) | {"note": "kept"}
    assert json.dumps(READ.validate_python(raw).to_json(), sort_keys=True) == json.dumps(
        raw, sort_keys=True
    )


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(-5, 5)
    | st.sampled_from(["", "Golf", "golf", "3", "2026-03-10", "03/10/2026"])
)
ANY_VALUE = PLAIN | st.lists(PLAIN, max_size=3).map(tuple)
OPPOSITES = [
    (text("equals", "Golf"), text("not-equals", "Golf")),
    (text("contains", "o"), text("not-contains", "o")),
    (text("starts-with", "G"), text("not-starts-with", "G")),
    (text("ends-with", "f"), text("not-ends-with", "f")),
    (text("regex", "o.f"), text("nregex", "o.f")),
    (text("in", ["Golf"]), text("not-in", ["Golf"])),
    (numeric("equals", 3), numeric("not-equals", 3)),
    (listed("contains", "Golf"), listed("not-contains", "Golf")),
    (listed("contains-all", ["Golf"]), listed("not-contains-all", ["Golf"])),
    (listed("contains-any", ["Golf"]), listed("not-contains-any", ["Golf"])),
    (listed("contains-substring", "o"), listed("not-contains-substring", "o")),
]


@given(st.lists(ANY_VALUE, min_size=1, max_size=8), st.sampled_from(OPPOSITES))
def test_of_two_opposites_one_accepts_what_is_set_and_none_what_is_not(
    values: list[Value], opposites: tuple[Json, Json]
) -> None:
    column, now = Column.of(values), np.zeros(len(values), dtype=np.int64)
    one, other = (READ.validate_python(raw).accepts(column, now) for raw in opposites)
    assert accepted(one ^ other) == [value is not None for value in values]
    assert not (one & other).any()
