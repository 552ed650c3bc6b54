"""The content of an email: its source on the left, what one person gets on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nicegui import ui

from editor import widgets
from editor.preview import EXAMPLES, View, page

BEAT = 0.3
"""Seconds between two looks at what was typed."""
WIDTHS = {640: "Desktop", 375: "Phone"}
SNIPPETS = {
    "First name": "{{ first_name|default:'there' }}",
    "Email address": "{{ email }}",
    "Event value": "{{ event|lookup:'$value' }}",
    "Company": "{{ organization.name }}",
    "Unsubscribe link": "{% unsubscribe %}",
    "If … else": "{% if first_name %}…{% else %}…{% endif %}",
    "For each item": "{% for item in event.Items %}…{% endfor %}",
}


class ContentDialog:
    """One opening of the editor. `said` gets the source as it is typed."""

    def __init__(self, view: View, source: str, said: Callable[[str], None]) -> None:
        self._view, self._source, self._said = view, source, said
        self._typed = source
        self.dialog = ui.dialog()
        with self.dialog, ui.element("div").classes("rh-dialog rh-dialog-huge rh-content"):
            self._draw_head()
            with ui.element("div").classes("rh-content-body"):
                self._draw_body()
            ui.timer(BEAT, self.settle)
        self._show()

    def _draw_body(self) -> None:
        self._code = ui.codemirror(self._source, language="HTML", line_wrapping=True, indent="  ")
        self._code.classes("rh-code rh-content-code")
        self._code.on_value_change(lambda event: self._type(event.value or ""))
        with ui.element("div").classes("rh-content-stage"):
            self._problem = widgets.banner("", "danger", symbol="error")
            self._frame = ui.element("iframe").classes("rh-content-frame")
            self._frame.props('sandbox="" title="What one person gets"')

    def _draw_head(self) -> None:
        with widgets.row(gap=12, classes="rh-between rh-wrap"):
            widgets.heading("Content")
            with widgets.row():
                with widgets.quiet_button("Insert", icon="add", small=True), ui.menu():
                    for label, snippet in SNIPPETS.items():
                        ui.menu_item(label, lambda text=snippet: self._insert(text))
                people = {at: example.name for at, example in enumerate(EXAMPLES)}
                ui.select(people, value=0, on_change=lambda event: self._as(event.value)).props(
                    'outlined dense options-dense aria-label="Shown to"'
                )
                widgets.segmented(WIDTHS, 640, on_change=self._at_width)
                widgets.primary_button("Done", self.dialog.close)

    def _insert(self, snippet: str) -> None:
        """At the end of the source: where the cursor stands is known to the browser alone."""
        self._code.set_value(f"{self._code.value or ''}{snippet}")

    def _as(self, example: int) -> None:
        self._view = replace(self._view, example=EXAMPLES[example])
        self._show()

    def _at_width(self, width: int) -> None:
        self._frame.style(f"max-width:{width}px")

    def _type(self, source: str) -> None:
        self._typed = source

    def settle(self) -> None:
        """Take over what was typed since the last beat, rather than letter by letter."""
        if self._typed != self._source:
            self._source = self._typed
            self._said(self._source)
            self._show()

    def _show(self) -> None:
        """Keep the last page that could be drawn while a half-typed tag is a problem."""
        shown = page(self._source, self._view)
        self._problem.set_visibility(bool(shown.problem))
        with self._problem:
            self._problem.clear()
            widgets.icon("error")
            ui.label(shown.problem)
        if not shown.problem:
            self._frame.props["srcdoc"] = shown.text
            self._frame.update()


def open_content(
    view: View, source: str, said: Callable[[str], None], closed: Callable[[], None]
) -> None:
    """Open the editor over the page; `closed` follows when it goes away."""
    made = ContentDialog(view, source, said)

    def away() -> None:
        made.settle()
        made.dialog.delete()
        closed()

    made.dialog.on("hide", away)
    made.dialog.open()
