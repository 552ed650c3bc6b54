"""Controls for lists of small records: headers, tracking parameters, changes to a profile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from nicegui import ui

from editor import choosers, widgets
from editor.form import Form
from editor.forms import FormField
from editor.phrases import Json

_OPERATIONS = {"update": "Set", "delete": "Clear"}
_TYPES = {
    "string": "text",
    "numeric": "a number",
    "boolean": "yes or no",
    "date": "a date",
    "list": "an item of a list",
}
_ADD = {"headers": "Add a header", "kv_pairs": "Add a value"}
_FIRST: dict[str, Any] = {"string": "", "numeric": 0, "boolean": True, "date": "today", "list": ""}


class Rows:
    """Records in rows with add and remove; `said` gets all of them after each change."""

    def __init__(
        self,
        rows: list[Json],
        draw: Callable[[Json, Callable[[Json], None]], None],
        said: Callable[[list[Json]], None],
        *,
        fresh: Json,
        add: str,
    ) -> None:
        self._rows, self._draw_row, self._said = rows, draw, said
        self._fresh, self._add_text = fresh, add
        self._body = widgets.column(gap=8)
        self._draw()

    def _draw(self) -> None:
        self._body.clear()
        with self._body:
            for at in range(len(self._rows)):
                self._draw_record(at)
            widgets.ghost_button(self._add_text, self._add, icon="add", small=True).classes(
                "rh-start"
            )

    def _draw_record(self, at: int) -> None:
        with ui.element("div").classes("rh-record"):
            with ui.element("div").classes("rh-record-body"):
                self._draw_row(self._rows[at], lambda new: self._change(at, new))
            widgets.icon_button("close", "Remove", lambda: self._remove(at), small=True)

    def _change(self, at: int, row: Json) -> None:
        shape = self._rows[at].keys()
        kind = _kind(self._rows[at])
        self._rows[at] = row
        self._said(list(self._rows))
        if shape != row.keys() or kind != _kind(row):
            self._draw()

    def _add(self) -> None:
        self._rows.append(dict(self._fresh))
        self._draw()
        self._said(list(self._rows))

    def _remove(self, at: int) -> None:
        del self._rows[at]
        self._draw()
        self._said(list(self._rows))


def _kind(row: Json) -> tuple[Any, ...]:
    """What decides which controls a record has."""
    return tuple(row.get(key) for key in ("operator", "property_type", "kind"))


def pairs(form: Form, field: FormField) -> None:
    """Names with values, written as one object."""
    rows = [{"param": name, "value": value} for name, value in (form.answer(field) or {}).items()]

    def said(new: list[Json]) -> None:
        form.put(field, {str(row["param"]): row["value"] for row in new if row["param"]})

    with widgets.field(field.label, field.help):
        Rows(rows, _pair, said, fresh={"param": "", "value": ""}, add=_ADD[str(field.path[-1])])


def parameters(form: Form, field: FormField) -> None:
    """Names with values, written as a list."""
    rows = [dict(row) for row in form.answer(field) or ()]
    with widgets.field(field.label, field.help):
        Rows(
            rows,
            _pair,
            lambda new: _put(form, field, new or None),
            fresh={"param": "", "value": ""},
            add="Add a parameter",
        )


def _pair(row: Json, change: Callable[[Json], None]) -> None:
    now = dict(row)

    def put(key: str, value: str) -> None:
        now[key] = value
        change(dict(now))

    choosers.plain(row["param"], lambda value: put("param", value), "Name").props(
        'placeholder="Name"'
    )
    choosers.plain(row["value"], lambda value: put("value", value), "Value").props(
        'placeholder="Value"'
    )


def operations(form: Form, field: FormField) -> None:
    """Changes to the profile, carried out in order."""
    rows = [dict(row) for row in form.answer(field) or ()]
    names = form.catalogue.properties

    def draw(row: Json, change: Callable[[Json], None]) -> None:
        _operation(row, change, names)

    with widgets.field(field.label, field.help):
        Rows(
            rows,
            draw,
            lambda new: _put(form, field, new),
            fresh={
                "operator": "update",
                "property_type": "string",
                "property_key": "",
                "property_value": "",
            },
            add="Add a change",
        )


def _operation(row: Json, change: Callable[[Json], None], names: dict[str, str]) -> None:
    now = dict(row)

    def put(**values: Any) -> None:
        now.update(values)
        change(dict(now))

    words = _OPERATIONS | ({"create": "Create"} if row.get("operator") == "create" else {})
    choosers.choose(
        words, row.get("operator"), lambda new: change(with_operator(now, new)), "What to do"
    )
    choosers.combo(names, row.get("property_key"), lambda new: put(property_key=new), "Property")
    if row.get("operator") == "delete":
        return
    kind = str(row.get("property_type"))
    choosers.choose(_TYPES, kind, lambda new: change(with_type(now, new)), "Type")
    if kind == "list":
        choosers.choose(
            {"add": "add", "remove": "take out"},
            row.get("property_operation") or "add",
            lambda new: put(property_operation=new),
            "Add or take out",
        )
    _operand(kind, row.get("property_value"), lambda value: put(property_value=value))


def _operand(kind: str, value: Any, put: Callable[[Any], None]) -> None:
    match kind:
        case "boolean":
            choosers.choose({True: "yes", False: "no"}, bool(value), put, "Value")
        case "numeric":
            choosers.number(value, put, "Value")
        case "date":
            today = value == "today"
            words = {True: "the day it happens", False: "a fixed day"}
            choosers.choose(
                words, today, lambda now: put("today" if now else date.today().isoformat()), "Day"
            )
            if not today:
                choosers.plain(value, put, "Value", kind="date")
        case _:
            choosers.plain(value, put, "Value").props('placeholder="Value"')


def with_operator(row: Json, operator: str) -> Json:
    """The operation made into another one; clearing needs the property's name alone."""
    if operator == "delete":
        return {"operator": operator, "property_key": row.get("property_key", "")}
    made = {"property_type": "string", "property_value": "", **row, "operator": operator}
    return made


def with_type(row: Json, kind: str) -> Json:
    """The operation with a value of another type, which starts anew."""
    kept = {key: value for key, value in row.items() if key != "property_operation"}
    made = {**kept, "property_type": kind, "property_value": _FIRST[kind]}
    return made | {"property_operation": "add"} if kind == "list" else made


def _put(form: Form, field: FormField, value: Any) -> None:
    form.put(field, value)
