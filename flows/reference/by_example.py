"""An example of everything a flow may hold, as JSON beside the types; every one is tested."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from flows.digits import write
from flows.filters import ValueTest

Family = Literal[
    "actions",
    "triggers",
    "conditions",
    "filters",
    "operations",
    "messages",
    "consent",
    "permissions",
]
FOLDER = Path(__file__).with_name("examples")


@cache
def examples(family: Family) -> dict[str, Any]:
    """The examples of a family by what tells its kinds apart."""
    found: dict[str, Any] = json.loads((FOLDER / f"{family}.json").read_text("utf-8"))
    return found


def shown(family: Family, key: str) -> str:
    """One example as a block of code."""
    return f"```json\n{write(examples(family)[key])}\n```\n"


def filter_key(kind: type[ValueTest]) -> str:
    """What tells a value filter apart: its type and the first of its operators."""
    name, operator = (kind.model_fields[key].annotation for key in ("type", "operator"))
    return f"{name.__args__[0]}/{operator.__args__[0]}" if name and operator else ""
