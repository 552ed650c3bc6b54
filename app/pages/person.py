"""One person's run: who they are, and everything that happened, in order and with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from nicegui import run, ui

from app.desk import Desk
from app.pages import parts, shell, words
from editor import widgets
from flows.columns import Value
from simulator.errors import SimulatorError
from simulator.story import Story
from simulator.teller import Line
from storage.errors import StorageError

ICONS = {
    "entered": ("login", "trigger"),
    "turned-away": ("block", "other"),
    "sent": ("outgoing_mail", "message"),
    "skipped": ("unsubscribe", "other"),
    "waited": ("schedule", "timing"),
    "chose": ("call_split", "logic"),
    "changed": ("edit", "data"),
    "event": ("bolt", "trigger"),
    "passed": ("arrow_downward", "other"),
    "left": ("flag", "other"),
}
"""How each kind of line looks: an icon, and the kind of step whose colours it takes."""
FIRST = ("first_name", "last_name", "email", "phone_number", "country", "city", "timezone")
ALL = "all"


def register(desk: Desk) -> None:
    """Serve `/runs/{run_id}/people/{profile}`."""

    @ui.page("/runs/{run_id}/people/{profile:path}")
    async def person_page(run_id: str, profile: str) -> None:
        with shell.frame("runs", profile, unread=desk.unread()):
            await _draw(desk, run_id, profile)


async def _draw(desk: Desk, run_id: str, profile: str) -> None:
    back = ("Back to the run", f"/runs/{run_id}")
    try:
        title = desk.runs.get(run_id).title
        place = parts.waiting(6)
        story = await run.io_bound(desk.story, run_id, profile)
        place.delete()
    except (StorageError, SimulatorError) as error:
        parts.refused("person_off", "There is no such person", str(error), back=back)
        return
    if story is not None:
        with shell.head(name_of(story.profile, profile), profile, back=(title, back[1])):
            pass
        _draw_story(story)


def _draw_story(story: Story) -> None:
    zone = str(story.profile.get("timezone") or "UTC")
    with ui.element("div").classes("rp-person"):
        with widgets.column(gap=16, classes="rp-person-facts"):
            _counts(story.lines)
            _facts(story.profile)
        with widgets.card("rp-story-card"):
            with widgets.row(classes="rh-between rh-wrap"):
                widgets.heading("What happened")
                widgets.muted(f"Times on their clock: {zone}", small=True)
            flows = {line.flow for line in story.lines if line.flow}
            body = ui.element("div")

            def show(flow: str) -> None:
                body.clear()
                with body:
                    draw_lines([x for x in story.lines if flow in {ALL, x.flow}], zone)

            if len(flows) > 1:
                choices = {ALL: "Everything"} | {name: name for name in sorted(flows)}
                widgets.segmented(choices, ALL, on_change=show).move(target_index=1)
            show(ALL)


def draw_lines(lines: Sequence[Line], zone: str) -> None:
    """The lines under the days on which they fall."""
    if not lines:
        widgets.empty_state("hourglass_empty", "Nothing happened", "No flow came their way.")
    for day, of_day in groupby(lines, key=lambda line: words.day(line.at, zone)):
        ui.label(day).classes("rp-story-day")
        with ui.element("ol").classes("rp-story"):
            for line in of_day:
                _line(line, zone)


def _line(line: Line, zone: str) -> None:
    symbol, kind = ICONS.get(line.kind, ("circle", "other"))
    with ui.element("li").classes(f"rp-story-line rp-story-{line.kind}"):
        ui.label(f"{words.in_zone(line.at, zone):%H:%M}").classes("rp-story-time rh-number")
        widgets.tile(symbol, kind, small=True)
        with widgets.column(gap=0, classes="rh-grow"):
            with widgets.row(gap=8, classes="rh-wrap"):
                ui.label(line.title).classes("rp-story-title")
                if line.until is not None:
                    widgets.pill(f"until {words.moment(line.until, zone)}")
            if line.why:
                widgets.muted(line.why, small=True)
            if line.flow:
                ui.label(line.flow).classes("rh-small rh-faint")


def _counts(lines: Sequence[Line]) -> None:
    with ui.element("div").classes("rp-tiles rp-tiles-small"):
        for label, kind in (("Messages", "sent"), ("Held back", "skipped"), ("Waits", "waited")):
            widgets.stat(label, words.count(sum(line.kind == kind for line in lines)))


def _facts(profile: dict[str, Value]) -> None:
    known = [key for key in FIRST if profile.get(key) is not None]
    others = sorted(k for k, v in profile.items() if v is not None and k not in FIRST)
    with parts.panel("What is known"), ui.element("dl").classes("rp-facts"):
        for key in (*known, *others):
            with ui.element("dt"):
                ui.label(plain_name(key))
            with ui.element("dd"):
                ui.label(plain_value(profile[key]))


def plain_name(key: str) -> str:
    """A property's name as a person would write it; one with capitals stands as it is."""
    return key.replace("_", " ").capitalize() if key == key.lower() else key


def plain_value(value: Value) -> str:
    """A property's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(plain_value(one) for one in value) or "nothing"
    return "–" if value is None else str(value)


def name_of(profile: dict[str, Value], profile_id: str) -> str:
    """What to call a person."""
    names = [str(profile[key]) for key in ("first_name", "last_name") if profile.get(key)]
    return " ".join(names) or str(profile.get("email") or profile_id)
