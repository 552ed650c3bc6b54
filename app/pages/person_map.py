"""A person's way through a flow, lit on its picture."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from editor import widgets
from editor.canvas import FlowCanvas
from editor.session import EditorSession
from editor.skeleton import TRIGGER
from flows.document import Flow
from simulator.teller import Line


class PersonMap:
    """The flows that the person was in, one at a time."""

    def __init__(self, flows: Sequence[Flow], lines: Sequence[Line]) -> None:
        self._paths = {flow.key: path_of(flow.key, lines) for flow in flows}
        self._flows = {flow.key: flow for flow in flows if self._paths[flow.key]}

    def draw(self) -> None:
        """The choice among flows where there are several, and the picture."""
        if not self._flows:
            widgets.empty_state("route", "No way to show", "This person entered no flow.")
            return
        if len(self._flows) > 1:
            names = {key: flow.name for key, flow in self._flows.items()}
            widgets.segmented(names, next(iter(names)), on_change=self._show)
        self._frame = ui.element("div").classes("rp-map rp-person-map")
        self._show(next(iter(self._flows)))

    def _show(self, key: str) -> None:
        self._frame.clear()
        with self._frame:
            canvas = FlowCanvas(EditorSession(self._flows[key]), readonly=True)
        canvas.highlight(self._paths[key])


def path_of(flow: str, lines: Sequence[Line]) -> tuple[str, ...]:
    """The trigger and the steps that the person came to in a flow, in order, each once in a row."""
    path: list[str] = []
    for line in lines:
        if line.flow_id != flow or line.kind == "turned-away":
            continue
        step = TRIGGER if line.kind == "entered" else line.action_id
        if step and (not path or path[-1] != step):
            path.append(step)
    return tuple(path)
