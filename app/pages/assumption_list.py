"""Assumptions with their sources, group by group, each of which can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui
from nicegui.element import Element

from editor import widgets, words
from flows.conditions.base import Need
from simulator.assumptions import Assumption, AssumptionError, assumptions, with_assumption
from simulator.scenario import Scenario

NO_SOURCE = "no source"
UNITS = {
    "share": "%",
    "hours": "hours",
    "days": "days",
    "per person in 30 days": "in 30 days",
}


class AssumptionList:
    """The list over a scenario; `scenario` holds what was changed, `changed` how much of it."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        needs: Sequence[Need] = (),
        names: dict[str, str] | None = None,
        on_change: Callable[[], Any],
    ) -> None:
        self._needs, self._names = tuple(needs), names
        self._on_change = on_change
        self._first = {one.key: one.value for one in self._all(scenario)}
        self._wanted = ""
        self.scenario = scenario

    def _all(self, scenario: Scenario) -> tuple[Assumption, ...]:
        return assumptions(scenario, self._needs, self._names)

    @property
    def changed(self) -> int:
        """How many figures differ from those at the beginning."""
        return sum(self._first.get(one.key) != one.value for one in self._all(self.scenario))

    def draw(self) -> None:
        """A search field and the groups."""
        search = ui.input(placeholder="Search, for example: open, SMS, order")
        search.props('outlined dense clearable debounce=200 aria-label="Search assumptions"')
        search.classes("rp-people-search").on_value_change(lambda event: self._find(event.value))
        self._groups = ui.element("div").classes("rh-col rh-gap-12")
        self._fill()

    def _find(self, text: str | None) -> None:
        self._wanted = (text or "").strip().lower()
        self._fill()

    def _fill(self) -> None:
        groups: dict[str, list[Assumption]] = {}
        for one in self._all(self.scenario):
            if self._wanted in f"{one.label} {one.source}".lower():
                groups.setdefault(one.group, []).append(one)
        self._groups.clear()
        with self._groups:
            if not groups:
                widgets.empty_state("search", "Nothing is assumed about that", "Try another word.")
            for place, (title, members) in enumerate(groups.items()):
                self._group(title, members, is_open=bool(self._wanted) or place == 0)

    def _group(self, title: str, members: list[Assumption], *, is_open: bool) -> None:
        with widgets.card("rp-table-card"):
            head = ui.element("button").classes("rp-group-head").props("type=button")
            with head:
                sign = widgets.icon("chevron_right").classes("rp-group-sign")
                ui.label(title).classes("rh-strong rh-grow")
                widgets.muted(words.number_of(len(members), "figure"), small=True)
            body = ui.element("div").classes("rp-group")

        def show(on: bool) -> None:
            body.set_visibility(on)
            head.props(f'aria-expanded="{str(on).lower()}"')
            sign.classes(**{"add" if on else "remove": "rp-group-open"})
            if on and not body.default_slot.children:
                with body:
                    for one in members:
                        self._row(one)

        head.on("click", lambda: show(not body.visible))
        show(is_open)

    def _row(self, one: Assumption) -> None:
        with ui.element("div").classes("rp-assumption"):
            with widgets.column(gap=0, classes="rh-grow"):
                text = ui.label(one.label)
                with widgets.row(gap=8, classes="rh-wrap"):
                    if one.source == NO_SOURCE:
                        widgets.pill("our guess", "warn")
                    else:
                        widgets.muted(f"Source: {one.source}", small=True)
                    if one.note:
                        widgets.muted(one.note, small=True)
            if isinstance(one.value, str):
                self._text(one, text)
            else:
                self._number(one, float(one.value), text)

    def _number(self, one: Assumption, value: float, text: ui.label) -> None:
        scale = 100 if one.unit == "share" else 1
        unit = UNITS.get(one.unit, "")
        field = ui.number(value=float(f"{value * scale:.6g}"), suffix=unit or None, format="%.6g")
        field.props(f'outlined dense debounce=400 aria-label="{_quoted(one.label)}"')
        field.classes("rp-assumption-field")
        field.on_value_change(lambda event: self._take(one, event.value, text, field))

    def _text(self, one: Assumption, text: ui.label) -> None:
        field = ui.input(value=str(one.value))
        field.props(f'outlined dense debounce=400 aria-label="{_quoted(one.label)}"')
        field.classes("rp-assumption-field")
        field.on_value_change(lambda event: self._take(one, event.value, text, field))

    def _take(
        self, one: Assumption, value: float | str | None, text: ui.label, field: Element
    ) -> None:
        """Put a figure into the scenario, or mark the field where it makes no sense."""
        if value is None or value == "":
            return
        figure = value / 100 if one.unit == "share" and not isinstance(value, str) else value
        try:
            self.scenario = with_assumption(self.scenario, one.key, figure)
        except AssumptionError as error:
            field.props("error")
            text.text = str(error)
            return
        field.props(remove="error")
        text.text = next(a.label for a in self._all(self.scenario) if a.key == one.key)
        self._on_change()


def _quoted(text: str) -> str:
    """Text that can stand in a quoted property."""
    return text.replace('"', "”")
