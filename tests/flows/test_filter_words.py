"""What a filter says of itself: in words, and where it is wrong."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from flows.filters import ValueFilter, ValueTest
from flows.problem import Problem

READ: TypeAdapter[ValueTest] = TypeAdapter(ValueFilter)
Json = dict[str, Any]


def text(operator: str, value: Any) -> Json:
    return {"type": "string", "operator": operator, "value": value}


def numeric(operator: str, value: float) -> Json:
    return {"type": "numeric", "operator": operator, "value": value}


def listed(operator: str, value: Any) -> Json:
    return {"type": "list", "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (text("contains", "Golf"), "contains “Golf”"),
        (text("not-equals", "Golf"), "is not “Golf”"),
        (text("in", ["a", "b", "c"]), "is “a”, “b” or “c”"),
        (text("phone-country-code-in", ["US", "GB"]), "is from US or GB"),
        (numeric("greater-than-or-equal", 3.0), "is at least 3"),
        (numeric("less-than", 2.5), "is less than 2.5"),
        ({"type": "numeric", "operator": "between", "start": 1, "end": 5}, "is from 1 to 5"),
        ({"type": "boolean", "operator": "equals", "value": True}, "is true"),
        ({"type": "existence", "operator": "not-set"}, "is not set"),
        (listed("contains-any", ["a", "b"]), "contains any of “a” or “b”"),
        (listed("not-contains-substring", "a"), "has no item with “a” in it"),
        (listed("length-greater-than", 1), "has more than 1 item"),
        (
            {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 7},
            "was in the last 7 days",
        ),
        (
            {"type": "date", "operator": "in-the-next", "unit": "week", "quantity": 1},
            "is in the next week",
        ),
        (
            {"type": "date", "operator": "at-least", "unit": "day", "quantity": 1},
            "was at least 1 day ago",
        ),
        (
            {"type": "date", "operator": "between", "start": 1, "end": 3, "unit": "day"},
            "was between 1 and 3 days ago",
        ),
        ({"type": "date", "operator": "after", "date": "2026-03-01"}, "is after 1 Mar 2026"),
        ({"type": "date", "operator": "calendar-month", "value": 3}, "is in March"),
        ({"type": "date", "operator": "anniversary"}, "has its anniversary today"),
        ({"type": "moon", "operator": "full"}, "passes “moon full” (unknown)"),
    ],
)
def test_a_filter_reads_as_words(raw: Json, sentence: str) -> None:
    assert READ.validate_python(raw).sentence() == sentence


def found(raw: Json) -> list[tuple[str, str, str]]:
    problems: list[Problem] = list(READ.validate_python(raw).problems("$.filter"))
    return [(problem.code, problem.severity, problem.where) for problem in problems]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (text("equals", "Golf"), []),
        (text("equals", None), [("F02", "error", "$.filter.value")]),
        (text("in", []), [("F02", "error", "$.filter.value")]),
        (text("regex", "(open"), [("F01", "error", "$.filter.value")]),
        (numeric("equals", "3"), [("F06", "error", "$.filter.value")]),  # type: ignore[arg-type]
        ({"type": "moon", "operator": "full"}, [("F06", "warning", "$.filter")]),
        (
            {"type": "numeric", "operator": "between", "start": 5, "end": 1},
            [("F05", "error", "$.filter")],
        ),
        (
            {"type": "date", "operator": "after", "date": "31.12.2026"},
            [("F04", "error", "$.filter.date")],
        ),
        (
            {"type": "date", "operator": "calendar-month", "value": 13},
            [("F04", "error", "$.filter.value")],
        ),
        (
            {"type": "date", "operator": "between", "start": 3, "end": 3, "unit": "day"},
            [("F05", "error", "$.filter")],
        ),
    ],
)
def test_a_filter_says_what_is_wrong_with_it(raw: Json, expected: list[Any]) -> None:
    assert found(raw) == expected
