"""The editor's page over a fresh shelf with the sample flows; run with a port and a folder."""

import sys
from pathlib import Path

import nicegui
from nicegui import ui

from app.desk import Desk
from app.pages import editor
from app.settings import Settings, prepare_folders
from flows.edits import new_flow


def main(port: int, data: Path) -> None:
    """Serve on loopback until the process ends."""
    settings = Settings(data=data)
    prepare_folders(settings)
    desk = Desk(settings)
    for flow in (*desk.samples(), new_flow("Empty").model_copy(update={"id": "empty"})):
        desk.flows.create(flow, "Sample flow")
    nicegui.app.on_startup(desk.open)
    nicegui.app.on_shutdown(desk.close)
    editor.register(desk)
    ui.run(host="127.0.0.1", port=port, show=False, reload=False, reconnect_timeout=60)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
