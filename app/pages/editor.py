"""The editor of one flow."""

from __future__ import annotations

from nicegui import ui

from app.desk import Desk
from app.pages import parts, shell
from app.rehearsals import Rehearsals
from editor.editor_page import EditorPage, Surroundings
from editor.sessions import Sessions
from flows.checks import check
from storage.errors import StorageError


def register(desk: Desk) -> None:
    """Serve `/flows/{flow_id}`; every tab of a flow shares one session."""
    sessions = Sessions(desk.flows, check)

    @ui.page("/flows/{flow_id}")
    def editor_page(flow_id: str) -> None:
        try:
            editing = sessions.open(flow_id)
        except StorageError as error:
            with shell.frame("flows", "No such flow", unread=desk.unread()):
                parts.refused("search_off", "No such flow", str(error), back=("All flows", "/"))
            return
        EditorPage(editing, _around(desk))


def _around(desk: Desk) -> Surroundings:
    return Surroundings(
        rehearsals=Rehearsals(desk),
        account=desk.preferences.account,
        account_zone=desk.preferences.rules.account_timezone,
        back="/",
        address="/flows/{}",
        download=lambda flow_id, form: ui.download.from_url(
            f"/api/flows/{flow_id}/download?form={form}"
        ),
    )
