"""Parts of a condition in rows of their own, all of which must hold: a test each, with blanks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from editor.detail_phrases import detail_phrase, first_detail
from editor.phrases import Blank, Json, Phrase, put
from editor.value_phrases import value_phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How the rows of one kind of condition are read and written."""

    path: tuple[str, ...]
    """The keys that lead to the list."""
    adder: str
    joint: str
    draw: Callable[[Json, Json, Callable[[Json], Json]], Phrase]
    """A row's sentence, out of the condition, the row, and what puts a changed row back."""
    first: Callable[[Json], Json | None]
    """A new row for the condition; None where it takes none."""
    empty: tuple[Json, ...] | None = None
    """What stands where no row is left: null, or an empty list."""


def rows_of(condition: Json) -> Rows | None:
    """How the condition's rows are handled; None for a kind that has none."""
    return ROWS.get(str(condition.get("type")))


def row_phrases(condition: Json) -> tuple[Phrase, ...]:
    """The rows of the condition as sentences."""
    rows = rows_of(condition)
    if rows is None:
        return ()
    held = _listed(condition, rows)
    return tuple(
        rows.draw(condition, row, _putting(condition, rows, i)) for i, row in enumerate(held)
    )


def can_have_more(condition: Json) -> bool:
    """Whether the condition takes another row."""
    rows = rows_of(condition)
    return rows is not None and rows.first(condition) is not None


def with_row(condition: Json) -> Json:
    """One more row."""
    rows = rows_of(condition)
    made = rows.first(condition) if rows else None
    if rows is None or made is None:
        return condition
    return _written(condition, rows.path, [*_listed(condition, rows), made])


def without_row(condition: Json, at: int) -> Json:
    """Without that row."""
    rows = rows_of(condition)
    if rows is None:
        return condition
    kept = [row for i, row in enumerate(_listed(condition, rows)) if i != at]
    left = kept or (None if rows.empty is None else list(rows.empty))
    return _written(condition, rows.path, left)


def _listed(condition: Json, rows: Rows) -> list[Json]:
    here = condition
    for key in rows.path[:-1]:
        here = here.get(key) or {}
    held = here.get(rows.path[-1])
    return [row for row in held if isinstance(row, dict)] if isinstance(held, list) else []


def _written(condition: Json, path: tuple[str, ...], value: list[Json] | None) -> Json:
    if len(path) == 1:
        return {**condition, path[0]: value}
    inner: Json = condition.get(path[0]) or {}
    return {**condition, path[0]: _written(inner, path[1:], value)}


def _putting(condition: Json, rows: Rows, at: int) -> Callable[[Json], Json]:
    def lift(row: Json) -> Json:
        held = _listed(condition, rows)
        held[at] = row
        return _written(condition, rows.path, held)

    return lift


def _event(condition: Json, row: Json, lift: Callable[[Json], Json]) -> Phrase:
    name = Blank(
        label="Event property",
        kind="property",
        value=row.get("property"),
        fill=put(row, "property", lift),
    )
    return name, *value_phrase(row.get("filter") or {}, lambda f: lift({**row, "filter": f}))


def _object(condition: Json, row: Json, lift: Callable[[Json], Json]) -> Phrase:
    number = Blank(
        label="Number of the property",
        kind="number",
        value=row.get("property_id"),
        fill=put(row, "property_id", lift),
    )
    rest = value_phrase(row.get("filter") or {}, lambda f: lift({**row, "filter": f}))
    return "property", number, *rest


_TEXT: Json = {"type": "string", "operator": "equals", "value": ""}
ROWS: dict[str, Rows] = {
    "profile-metric": Rows(
        path=("metric_filters",),
        adder="Where the event has …",
        joint="where",
        draw=_event,
        first=lambda _: {"property": "", "filter": _TEXT},
    ),
    "profile-has-custom-object": Rows(
        path=("filters",),
        adder="Where the object has …",
        joint="where",
        draw=_object,
        first=lambda _: {"property_id": 1, "filter": _TEXT},
        empty=(),
    ),
    "profile-marketing-consent": Rows(
        path=("consent", "consent_status", "filters"),
        adder="How it came about …",
        joint="and",
        draw=detail_phrase,
        first=first_detail,
    ),
    "profile-permissions": Rows(
        path=("permission", "filters"),
        adder="How it came about …",
        joint="and",
        draw=detail_phrase,
        first=first_detail,
        empty=(),
    ),
}
"""The kinds of condition that have rows, by type."""
