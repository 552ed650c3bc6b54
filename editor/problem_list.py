"""What is wrong with the flow, the worst first; a click selects the step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nicegui import ui

from editor import widgets
from editor.session import EditorSession, SessionEvent
from editor.skeleton import TRIGGER
from editor.view import RANK
from flows.document import Flow
from flows.problem import Problem, Severity
from flows.titles import title

ICONS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "lightbulb"}
TONES: dict[Severity, widgets.Tone] = {"error": "danger", "warning": "warn", "hint": "neutral"}
_WORDS: dict[Severity, tuple[str, str]] = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "hint": ("hint", "hints"),
}


class ProblemList:
    """Follows the session; `closed` is called when the person closes the drawer."""

    def __init__(self, session: EditorSession, closed: Callable[[], None]) -> None:
        self._session = session
        with ui.element("section").classes("rh-problems").props('aria-label="Problems"'):
            with widgets.row(classes="rh-problems-head"):
                self._head = widgets.heading("Problems")
                ui.element("div").classes("rh-grow")
                widgets.icon_button("close", "Close", closed, small=True)
            self._body = ui.element("div").classes("rh-problems-body")
        self.draw()

    def on_session(self, event: SessionEvent) -> None:
        """Draw what the session found after a change."""
        if event.kind == "flow":
            self.draw()

    def draw(self) -> None:
        """Draw all of them anew."""
        problems = ordered(self._session.problems)
        self._head.set_text(summary(problems) or "Nothing to mend")
        self._body.clear()
        with self._body:
            if not problems:
                widgets.muted("Every check passed.")
            for problem in problems:
                self._draw_row(problem)

    def _draw_row(self, problem: Problem) -> None:
        target = fields_of(problem)
        button = ui.element("button").classes("rh-problem").props("type=button")
        with button:
            widgets.icon(ICONS[problem.severity], f"rh-problem-{problem.severity}")
            with widgets.column(gap=0, classes="rh-grow"):
                ui.label(problem.text).classes("rh-problem-text")
                if problem.fix:
                    ui.label(problem.fix).classes("rh-muted rh-small")
            ui.label(place(self._session.flow, problem)).classes("rh-faint rh-small rh-ellipsis")
            ui.label(problem.code).classes("rh-faint rh-small rh-mono")
        button.on("click", lambda: self._session.inspect(target))


def draw_finding(problem: Problem) -> None:
    """One problem of the selected step, above its fields."""
    text = f"{problem.text} {problem.fix}".strip()
    widgets.banner(text, TONES[problem.severity], symbol=ICONS[problem.severity])


def ordered(problems: Sequence[Problem]) -> list[Problem]:
    """The worst first, else as found."""
    return sorted(problems, key=lambda problem: RANK[problem.severity])


def summary(problems: Sequence[Problem]) -> str:
    """“2 errors, 1 hint”; empty where there is nothing."""
    counts = dict.fromkeys(RANK, 0)
    for problem in problems:
        counts[problem.severity] += 1
    parts = [
        f"{count} {_WORDS[severity][count > 1]}" for severity, count in counts.items() if count
    ]
    return ", ".join(parts)


def fields_of(problem: Problem) -> str | None:
    """Whose fields mend it: a step's, the trigger's, or (None) the flow's own."""
    if problem.where.startswith("$.names"):
        return None
    return problem.action_id or TRIGGER


def place(flow: Flow, problem: Problem) -> str:
    """Where a problem stands, in words."""
    action = flow.by_id.get(problem.action_id or "")
    return title(action) if action else "Flow"
