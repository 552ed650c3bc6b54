"""Objects inside a row: `properties`, `lists` and `segments`, taken apart by key."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from flows.columns import Value
from storage.exchange.cells import Gatherer, compact, plain

MEMBER = True
"""What a membership without a time is written as."""


def explode(gatherer: Gatherer, row: int, name: str, value: Any) -> None:
    """An object's keys into columns; a list of ids stands for memberships without a time."""
    if value is None:
        return
    if isinstance(value, list | tuple) and name != "properties":
        value = dict.fromkeys(map(str, value), MEMBER)
    if not isinstance(value, dict):
        raise ValueError(f"`{name}` is no JSON object, but {compact(value)}.")
    for key, held in value.items():
        gatherer.put(row, key, plain(held))


def held_object(value: Value) -> dict[str, Any] | None:
    """The object that a cell holds as JSON text; None for anything else."""
    if not isinstance(value, str) or not value.startswith("{"):
        return None
    try:
        held = decoded(value)
    except ValueError:
        return None
    return held if isinstance(held, dict) else None


def decoded(text: str) -> Any:
    """A JSON value; ValueError with a reason where it is none, or could not be written again."""
    try:
        value = json.loads(text, parse_constant=_no_constant)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("half of a surrogate pair stands alone") from None
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} (column {error.colno})") from None
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
