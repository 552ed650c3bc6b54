"""The dialog before a rehearsal: who takes part, when it begins, how long it lasts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal

from nicegui import ui

from app.desk import Desk
from app.pages import parts
from app.pages.catalogue_file import CataloguePicker
from app.pages.people_files import PeoplePicker
from app.sources import files_of, with_files
from editor import widgets
from simulator.behaviour import Behaviour
from simulator.scenario import Scenario

MADE_UP, FILES = "made-up", "files"
MOST_PEOPLE = 2_000_000
MOST_DAYS = 1_100


async def ask_scenario(
    desk: Desk, scenario: Scenario, *, title: str = "Rehearse"
) -> Scenario | None:
    """Ask for the setting of a run, beginning with the one given; None where it is called off."""
    asking = _Asking(desk, scenario)
    with ui.dialog() as dialog, ui.element("div").classes("rh-dialog rh-dialog-wide"):
        widgets.heading(title)
        asking.draw()
        with widgets.row(classes="rh-end"):
            widgets.quiet_button("Cancel", dialog.close)
            widgets.primary_button("Start", lambda: asking.submit(dialog), icon="play_arrow").mark(
                "start-rehearsal"
            )
    answer: Scenario | None = await dialog
    dialog.delete()
    return answer


class _Asking:
    """The answers so far."""

    def __init__(self, desk: Desk, scenario: Scenario) -> None:
        self._scenario = scenario
        self._picker = PeoplePicker(desk.settings.uploads, files_of(scenario), on_change=self._calm)
        self._catalogue = CataloguePicker(scenario.catalogue, on_change=self._calm)
        self._figures: dict[str, Any] = {
            "profiles": scenario.profiles,
            "days": scenario.days,
            "seed": scenario.seed,
            "start": scenario.start.date().isoformat(),
            "answers": scenario.behaviour is not None,
            "as_live": scenario.rules.as_live,
            "add_past": bool(scenario.add_past),
        }

    def draw(self) -> None:
        self._draw_people()
        self._draw_time()
        widgets.switch(
            "People open, click and order",
            self._figures["answers"],
            on_change=lambda on: self._figures.update(answers=on),
            help_text="Off: nobody answers a message; the rest goes on as it would.",
        )
        widgets.switch(
            "Treat every step as live",
            self._figures["as_live"],
            on_change=lambda on: self._figures.update(as_live=on),
            help_text="Off: draft steps are passed by, as they would be today.",
        )
        widgets.switch(
            "Also add people from before",
            self._figures["add_past"],
            on_change=lambda on: self._figures.update(add_past=on),
            help_text="Who did earlier what starts the flow comes in where they would be by now.",
        ).mark("add-past")
        with parts.folded("The shop", "Its prices and stock, for flows that look at them."):
            self._catalogue.draw()
        self._said = ui.element("div")

    def _draw_people(self) -> None:
        kinds = {MADE_UP: "Made-up people", FILES: "People from a file"}
        chosen = FILES if self._picker.files else MADE_UP
        with widgets.field("Who takes part"):
            kind = widgets.segmented(kinds, chosen)
        with ui.element("div") as made_up:
            widgets.number_field(
                "How many",
                self._figures["profiles"],
                on_change=lambda number: self._figures.update(profiles=number),
                unit="people",
                bounds=(1, MOST_PEOPLE),
            )
            help_text = "Invented to suit the flow: with the lists and events it asks for."
            widgets.muted(help_text, small=True).classes("rp-help")
        with ui.element("div") as files:
            self._picker.draw()
        made_up.bind_visibility_from(kind, "value", value=MADE_UP)
        files.bind_visibility_from(kind, "value", value=FILES)
        self._kind = kind

    def _draw_time(self) -> None:
        with ui.element("div").classes("rp-three"):
            with widgets.field("Begins on"):
                start = ui.input(value=self._figures["start"]).props(
                    'type=date outlined dense aria-label="Begins on"'
                )
            start.on_value_change(lambda event: self._figures.update(start=event.value))
            widgets.number_field(
                "Lasts",
                self._figures["days"],
                on_change=lambda number: self._figures.update(days=number),
                unit="days",
                bounds=(1, MOST_DAYS),
            )
            widgets.number_field(
                "Chance",
                self._figures["seed"],
                on_change=lambda number: self._figures.update(seed=number),
                bounds=(0, None),
            )
        widgets.muted(
            "The same chance number gives the same luck: change it to see how much is luck.",
            small=True,
        ).classes("rp-help")

    def _calm(self) -> None:
        """Take the complaint back: something was changed."""
        self._said.clear()

    def submit(self, dialog: ui.dialog) -> None:
        """Close with the scenario, or say what is missing."""
        if complaint := self._complaint():
            self._said.clear()
            with self._said:
                widgets.banner(complaint, "danger", symbol="error")
            return
        dialog.submit(self._answer())

    def _complaint(self) -> str:
        figures = self._figures
        if self._kind.value == FILES and self._picker.files is None:
            return "Choose a file of people first."
        if not _between(figures["profiles"], 1, MOST_PEOPLE):
            return f"The number of people has to be between 1 and {MOST_PEOPLE:,}."
        if not _between(figures["days"], 1, MOST_DAYS):
            return f"The number of days has to be between 1 and {MOST_DAYS:,}."
        if not _between(figures["seed"], 0, 2**53):
            return "The chance number has to be a whole number from 0 on."
        if _date(figures["start"]) is None:
            return "The first day is missing."
        return ""

    def _answer(self) -> Scenario:
        figures, base = self._figures, self._scenario
        first = _date(figures["start"]) or base.start.date()
        behaviour = (base.behaviour or Behaviour()) if figures["answers"] else None
        changed = base.model_copy(
            update={
                "profiles": int(figures["profiles"]),
                "days": int(figures["days"]),
                "seed": int(figures["seed"]),
                "start": datetime(first.year, first.month, first.day, tzinfo=UTC),
                "behaviour": behaviour,
                "catalogue": self._catalogue.catalogue,
                "rules": base.rules.model_copy(update={"as_live": figures["as_live"]}),
                "add_past": _past(base) if figures["add_past"] else {},
            }
        )
        return with_files(changed, self._picker.files if self._kind.value == FILES else None)


def _past(scenario: Scenario) -> dict[str, Literal["relative", "start"]]:
    """Whom the scenario adds already, else everybody who can be."""
    return scenario.add_past or {"*": "relative"}


def _between(number: float | None, least: float, most: float) -> bool:
    return number is not None and least <= number <= most


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
