"""A page with nothing but the canvas, a palette entry and a few buttons; run with a port.

Every address has a session of its own, so that each test starts from the same flow.
"""

import json
import sys
from pathlib import Path

import nicegui
from nicegui import ui

from editor import theme
from editor.canvas import FlowCanvas
from editor.counts import Counts
from editor.session import EditorSession
from flows.document import Flow
from flows.problem import Problem


def check(flow: Flow) -> tuple[Problem, ...]:
    """A problem for each email that was never filled in, as a stand-in for the real rules."""
    return tuple(
        Problem(code="T1", severity="warning", where="$", text="No subject.", action_id=action.key)
        for action in flow.actions
        if action.type == "send-email" and not action.to_json().get("data")
    )


def load(path: str) -> Flow:
    """A native document or a public definition."""
    document = json.loads(Path(path).read_text())
    return Flow.model_validate({"name": document["name"], **document.get("definition", document)})


def counted(flow: Flow, people: int) -> Counts:
    """Numbers as if half went each way."""
    cards = dict.fromkeys(flow.by_id, (people, people // 10, None))
    edges = {f"{key}:{w.name}": people // 2 for key, a in flow.by_id.items() for w in a.ways()}
    return Counts(cards, edges | {"@trigger:next": people}, running=True)


def build(session: EditorSession, *, dark: bool) -> None:
    """The page's content."""
    theme.install(dark=dark)
    ui.query(".nicegui-content").style("padding: 0; height: 100vh; gap: 0")
    canvas = FlowCanvas(session, memory="test")
    with ui.element("div").style("position: fixed; top: 8px; left: 8px; display: flex; gap: 8px"):
        with ui.element("div").props('data-palette-type="send-sms"'):
            ui.label("Text message").style("padding: 9px 12px; background: var(--rh-surface)")
        ui.button("Count", on_click=lambda: canvas.show_counts(counted(session.flow, 1240)))
        ui.button("No counts", on_click=canvas.clear_counts)
        ui.button("Light", on_click=lambda: canvas.highlight(list(session.flow.by_id)[:2]))
        ui.button("Fit", on_click=canvas.fit)
        ui.input("Elsewhere")


def main(port: int, path: str, mode: str = "light") -> None:
    """Serve the flow on loopback until the process ends."""
    sessions: dict[str, EditorSession] = {}

    @ui.page("/{name}")
    def page(name: str) -> None:
        session = sessions.setdefault(name, EditorSession(load(path), check=check))
        build(session, dark=mode == "dark")

    @nicegui.app.get("/flow/{name}")
    def flow(name: str) -> dict[str, object]:
        return sessions[name].flow.to_json()

    ui.run(host="127.0.0.1", port=port, show=False, reload=False, reconnect_timeout=60)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
