"""What is wrong with the shape of a document, in plain sentences that say what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from flows.kept import Difference, Parts
from flows.paths import path
from flows.problem import Problem

Place = Callable[[Parts], str]
_AT_MOST = 100
_OBJECT, _LIST, _TEXT = "an object in braces", "a list in brackets", "text in quotes"
_WHOLE, _NUMBER, _BOOL = "a whole number", "a number", "true or false"
_WANTED = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _BOOL,
    "bool_parsing": _BOOL,
    "none_required": "null",
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _OBJECT,
    "mapping_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "union_tag_not_found": "an object with a “type”",
    "union_tag_invalid": "one of {expected_tags}",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "string_too_short": "text of at least {min_length} characters",
    "string_too_long": "text of at most {max_length} characters",
    "too_short": "a list of at least {min_length} entries",
    "too_long": "a list of at most {max_length} entries",
    "value_error": "{error}",
}


def shape_problems(error: ValidationError, raw: Any, place: Place) -> tuple[Problem, ...]:
    """One Problem a place, in the order found; `place` turns parts of a path into its text."""
    found: dict[Parts, list[ErrorDetails]] = {}
    for details in error.errors(include_url=False):
        meant = _about_the_tag(details) if details["type"] == "union_tag_invalid" else details
        found.setdefault(_real(meant, raw), []).append(meant)
    listed = list(found.items())
    problems = [_problem(parts, group, place) for parts, group in listed[:_AT_MOST]]
    return tuple(problems)


def misread(found: Iterable[Difference], place: Place) -> Iterator[Problem]:
    """What reading made something else of, such as the text "5" taken for a number."""
    for parts, raw, held in found:
        yield _refused(parts, kind(held), raw, place)


def shown(value: Any) -> str:
    """A value as a sentence names it, cut where it is long."""
    if isinstance(value, str):
        return f"the text “{value if len(value) <= 40 else value[:39] + '…'}”"
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    plain = {None: "null", True: "true", False: "false"}
    text = plain[value] if value is None or isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def kind(value: Any) -> str:
    """What a value is an example of: “a whole number”, “true or false”."""
    kinds = {
        bool: _BOOL,
        int: _WHOLE,
        float: _NUMBER,
        str: _TEXT,
        tuple: _LIST,
        list: _LIST,
        dict: _OBJECT,
    }
    return next(
        (words for type_, words in kinds.items() if isinstance(value, type_)),
        "null" if value is None else "something else",
    )


def _problem(parts: Parts, group: Sequence[ErrorDetails], place: Place) -> Problem:
    if group[0]["type"] == "missing":
        return Problem(
            code="D06",
            severity="error",
            where=place(parts),
            text=f"“{parts[-1]}” is missing.",
            fix=f"Give “{parts[-1]}” a value.",
        )
    wanted = list(dict.fromkeys(_wanted(details) for details in group))
    return _refused(parts, " or ".join(wanted), group[0]["input"], place)


def _refused(parts: Parts, wanted: str, value: Any, place: Place) -> Problem:
    return Problem(
        code="D06",
        severity="error",
        where=place(parts),
        text=f"{_name(parts)} must be {wanted}, but it is {shown(value)}.",
    )


def _wanted(details: ErrorDetails) -> str:
    pattern = _WANTED.get(details["type"], "something else")
    return pattern.format(**details.get("ctx", {})).replace("'", "")


def _name(parts: Parts) -> str:
    if not parts:
        return "The document"
    if isinstance(parts[-1], str):
        return f"“{parts[-1]}”"
    holder = next((part for part in reversed(parts) if isinstance(part, str)), "the list")
    return f"Entry {parts[-1] + 1} of “{holder}”"


def _about_the_tag(details: ErrorDetails) -> ErrorDetails:
    """The same error placed at the key that tells the kinds apart."""
    key = str(details["ctx"]["discriminator"]).strip("'")
    return {**details, "loc": (*details["loc"], key), "input": details["input"].get(key)}


def _real(details: ErrorDetails, raw: Any) -> Parts:
    """The location without the names of union members, which stand in no document."""
    loc = details["loc"]
    parts: list[str | int] = []
    for i, part in enumerate(loc):
        last = i == len(loc) - 1
        entry = isinstance(raw, list) and isinstance(part, int) and part < len(raw)
        key = isinstance(raw, dict) and part in raw and (last or part != raw.get("type"))
        if entry or key:
            raw = raw[part]
        elif not (isinstance(raw, dict) and last and details["type"] == "missing"):
            continue
        parts.append(part)
    return tuple(parts)


def placing(root: str) -> Place:
    """Paths that start at `root`."""
    return lambda parts: path(*parts, root=root)
