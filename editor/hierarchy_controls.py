"""The control for the forms of a text message: rich or plain, each phone gets the first it can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from editor import choosers, widgets
from editor.form import Form
from editor.forms import FormField
from editor.phrases import Json
from editor.row_controls import Rows

_FORMATS = {"RCS": "Rich (RCS)", "SMS": "Plain (SMS)"}


def hierarchy(form: Form, field: FormField) -> None:
    """A row for each form, first choice first; a picture or cards in it stay as they are."""
    with widgets.field(field.label, field.help):
        Rows(
            rows_of(form.answer(field) or []),
            _form,
            lambda rows: _put(form, field, rows),
            fresh={"message_format": "SMS", "message": ""},
            add="Add a form",
        )


def _put(form: Form, field: FormField, rows: list[Json]) -> None:
    form.put(field, items_of(rows) or None)


def rows_of(items: list[Any]) -> list[Json]:
    """A row for each form; a bare text stands under a name of its own."""
    return [dict(item) if isinstance(item, dict) else {"bare": item} for item in items]


def items_of(rows: list[Json]) -> list[Any]:
    """The forms as they are written."""
    return [row.get("bare", row) for row in rows]


def _form(row: Json, change: Callable[[Json], None]) -> None:
    now = dict(row)

    def put(**values: Any) -> None:
        now.update(values)
        change(dict(now))

    if "bare" in row:
        choosers.plain(row["bare"], lambda text: put(bare=text), "Text")
        return
    rich = "rich_content" in row or "message" not in row
    choosers.choose(
        _FORMATS,
        row.get("message_format", "RCS" if rich else "SMS"),
        lambda new: put(message_format=new),
        "Format",
    )
    choosers.plain(row.get("message"), lambda text: put(message=text), "Text").props(
        'placeholder="Text"'
    )
