"""What to do when a flow was saved somewhere else while it was edited here."""

from __future__ import annotations

from nicegui import ui

from editor import widgets
from editor.sessions import Editing


def open_conflict(editing: Editing, address: str) -> None:
    """Ask once; `address` of a flow's page has `{}` in the place of its id."""
    with ui.dialog().props("persistent") as dialog, ui.element("div").classes("rh-dialog"):
        widgets.heading("Your last edit is not saved")
        widgets.muted(
            f"{editing.session.conflict or ''} You can take over what was saved there, or keep "
            "your version as a flow of its own."
        )

        def reload() -> None:
            editing.reload()
            dialog.close()

        def copy() -> None:
            made = editing.save_as_copy()
            dialog.close()
            ui.navigate.to(address.format(made))

        with widgets.row(classes="rh-end"):
            widgets.quiet_button("Save mine as a copy", copy)
            widgets.primary_button("Reload", reload)
    dialog.on("hide", dialog.delete)
    dialog.open()
