"""Controls for what only notifications have: the number on the icon, and buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from editor import choosers, widgets
from editor.form import Form
from editor.forms import FormField
from editor.phrases import Json
from editor.row_controls import Rows

_BADGES = {
    "increment_one": "grows by one",
    "set_count": "is this number",
    "set_property": "is a property",
}
_OPENS = {
    "open_app": "opens the app",
    "deep_link": "opens a place in it",
    "open_url": "opens a page",
    "dismiss": "closes it",
}


def badge(form: Form, field: FormField) -> None:
    """How the number on the app's icon changes."""
    now: Json = form.answer(field) or {"badge_config": "increment_one"}

    def choose(kind: str) -> None:
        form.put(field, with_badge(kind))
        form.redraw()

    with widgets.field(field.label, field.help), widgets.row(gap=8):
        choosers.choose(_BADGES, now.get("badge_config"), choose, field.label)
        if now.get("badge_config") == "set_count":
            choosers.plain(
                now.get("value"), lambda value: form.put(field, {**now, "value": value}), "Number"
            )
        elif now.get("badge_config") == "set_property":
            choosers.combo(
                form.catalogue.properties,
                now.get("set_from_property"),
                lambda name: form.put(field, {**now, "set_from_property": name}),
                "Property",
            )


def with_badge(kind: str) -> Json:
    """The first form of a way to set the number."""
    first: dict[str, Json] = {
        "set_count": {"value": "1"},
        "set_property": {"set_from_property": ""},
    }
    return {"badge_config": kind, **first.get(kind, {})}


def buttons(form: Form, field: FormField) -> None:
    """What else a person can press."""
    rows = [dict(row) for row in form.answer(field) or ()]
    with widgets.field(field.label, field.help):
        Rows(
            rows,
            _button,
            lambda new: _put(form, field, new),
            fresh={"label": "", "action_type": "open_app", "kind": "open_app"},
            add="Add a button",
        )


def _put(form: Form, field: FormField, rows: list[Json]) -> None:
    form.put(field, buttons_of(rows) or None)


def buttons_of(rows: list[Json]) -> list[Json]:
    """The buttons as they are written."""
    return [{key: value for key, value in row.items() if key != "kind"} for row in rows]


def _button(row: Json, change: Callable[[Json], None]) -> None:
    now = dict(row)

    def put(**values: Any) -> None:
        now.update(values)
        change(dict(now))

    choosers.plain(row.get("label"), lambda said: put(label=said), "Label").props(
        'placeholder="Label"'
    )
    choosers.choose(
        _OPENS, row.get("action_type"), lambda new: put(action_type=new, kind=new), "What it does"
    )
    if row.get("action_type") in {"deep_link", "open_url"}:
        choosers.plain(row.get("url"), lambda said: put(url=said or None), "Address").props(
            'placeholder="Address"'
        )
