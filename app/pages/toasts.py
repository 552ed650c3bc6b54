"""A short word with a way back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from nicegui import ui

SECONDS = 8.0


def undo_toast(text: str, undo: Callable[[], Any]) -> None:
    """Say that something was done, and offer to take it back for some seconds."""
    name = f"undo-{uuid4().hex}"
    with ui.context.client.content:
        ui.on(name, undo)
    options = {
        "message": text,
        "position": "bottom",
        "timeout": SECONDS * 1000,
        "actions": [{"label": "Undo", "noCaps": True}],
    }
    ui.run_javascript(
        f"const options = {json.dumps(options)};"
        f"options.actions[0].handler = () => emitEvent({json.dumps(name)});"
        "Quasar.Notify.create(options);"
    )
