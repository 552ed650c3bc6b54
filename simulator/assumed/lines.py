"""How one assumption is written: where its figure stands, and the sentence around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Figure: TypeAlias = float | int | str
Unit: TypeAlias = Literal[
    "share", "hours", "days", "per person in 30 days", "amount", "factor", "weight", "number", ""
]
NO_SOURCE = "no source"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One figure. `key` is where it stands in the scenario, for `with_assumption`."""

    key: str
    label: str
    """A sentence with the figure in it."""
    value: Figure
    """A share is a number from 0 to 1."""
    unit: Unit
    source: str
    group: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An assumption without its figure: `{}` in the sentence stands for it."""

    path: tuple[str, ...]
    sentence: str
    unit: Unit
    source: str
    group: str
    note: str = ""
    usual: Figure | None = None
    """The figure where the scenario has none at the path."""


def key_of(path: tuple[str, ...]) -> str:
    """The path as one text; slashes in names are written ~1, as in JSON pointers (RFC 6901)."""
    return "/".join(step.replace("~", "~0").replace("/", "~1") for step in path)


def steps(key: str) -> tuple[str, ...]:
    """The path that a key stands for."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in key.split("/"))


def told(line: Line, figures: Any) -> Assumption:
    """The assumption with its figure out of the scenario's JSON."""
    value = figures
    for step in line.path:
        if isinstance(value, list):
            value = value[int(step)]
        else:
            value = value.get(step) if value is not None else None
    if value is None:
        value = line.usual
    label = line.sentence.replace("{}", shown(value, line.unit))
    return Assumption(
        key_of(line.path), label, value, line.unit, line.source, line.group, line.note
    )


def shown(value: Figure, unit: Unit) -> str:
    """A figure as people read it."""
    if isinstance(value, str):
        return value
    match unit:
        case "share":
            return f"{value * 100:.4g} %"
        case "hours":
            return duration(value)
        case "days":
            return f"{value:.6g} day{'' if value == 1 else 's'}"
    return f"{value:.6g}"


def duration(hours: float) -> str:
    """Hours as days or minutes where these read better."""
    if hours >= 48:
        return f"{hours / 24:.3g} days"
    if hours < 1:
        return f"{hours * 60:.3g} minutes"
    return f"{hours:.3g} hour{'' if hours == 1 else 's'}"
