"""One person's run: who they are, and everything that happened, in order and with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property

from nicegui import run, ui

from app.desk import Desk
from app.pages import parts, shell
from app.pages.deliver import deliver_sample
from app.pages.known_names import plain_name, plain_value
from app.pages.person_map import PersonMap
from app.pages.story_lines import draw_lines
from app.standing import CHANNELS, LIST
from editor import widgets, words
from editor.widgets import Tone
from flows.columns import Value
from simulator.errors import SimulatorError
from simulator.story import Story
from simulator.teller import Line
from storage.choice_store import Choice
from storage.errors import StorageError
from storage.run_store import Run

FIRST = ("first_name", "last_name", "email", "phone_number", "country", "city", "timezone")
ALL = ""


def register(desk: Desk) -> None:
    """Serve `/runs/{run_id}/people/{profile}`."""

    @ui.page("/runs/{run_id}/people/{profile:path}")
    async def person_page(run_id: str, profile: str) -> None:
        with shell.frame("runs", profile, unread=desk.unread()):
            await _draw(desk, run_id, profile)


async def _draw(desk: Desk, run_id: str, profile: str) -> None:
    place = parts.waiting(6)
    if not await parts.shown():
        return
    try:
        stored = desk.runs.get(run_id)
        story = await run.io_bound(desk.story, run_id, profile)
    except (StorageError, SimulatorError) as error:
        place.delete()
        back = ("Back to the run", f"/runs/{run_id}")
        parts.refused("person_off", "There is no such person", str(error), back=back)
        return
    place.delete()
    if story is not None:
        ui.page_title(f"{name_of(story.profile, profile)} · Rehearsal")
        PersonPage(desk, stored, story).draw()


class PersonPage:
    """One visit of the page."""

    def __init__(self, desk: Desk, stored: Run, story: Story) -> None:
        self._desk, self._run, self._story = desk, stored, story
        self._zone = str(story.profile.get("timezone") or "UTC")

    def draw(self) -> None:
        """Facts on the left, the story on the right."""
        story = self._story
        back = (self._run.title, f"/runs/{self._run.id}?tab=people")
        title = name_of(story.profile, story.profile_id)
        with shell.head(title, story.profile_id, back=back):
            if any(message.channel == "email" for message in story.messages):
                widgets.quiet_button("Deliver their emails", self._deliver, icon="outgoing_mail")
        with ui.element("div").classes("rp-person"):
            with widgets.column(gap=16):
                _counts(story.lines)
                _choices(self._desk.choices.of(str(story.profile.get("email") or "")), self._names)
                _facts(story.profile)
            with widgets.card("rp-story-card"):
                self._draw_story()

    @cached_property
    def _names(self) -> dict[str, str]:
        """What ids of lists stand for in these flows."""
        flows = self._desk.flows_of(self._run)
        return {key: name for flow in flows for key, name in flow.names.items()}

    def _deliver(self) -> None:
        deliver_sample(self._desk, self._run, [self._story.profile_id])

    def _draw_story(self) -> None:
        lines = self._story.lines
        flows = {line.flow_id: line.flow for line in lines if line.flow_id}
        with widgets.row(classes="rh-between rh-wrap"):
            widgets.heading("What happened")
            views = widgets.row()
        widgets.muted(f"Times are those on their clock ({self._zone}).", small=True)
        body = ui.element("div")

        def show(view: str) -> None:
            body.clear()
            with body:
                if view == "map":
                    PersonMap(self._desk.flows_of(self._run), lines).draw()
                else:
                    self._draw_lines(flows)

        if flows:
            with views:
                widgets.segmented({"story": "Story", "map": "On the map"}, "story", on_change=show)
        show("story")

    def _draw_lines(self, flows: dict[str, str]) -> None:
        above, body = ui.element("div"), ui.element("div").classes("rp-story-body")

        def show(flow: str) -> None:
            body.clear()
            wanted = [x for x in self._story.lines if flow in {ALL, x.flow_id}]
            with body:
                draw_lines(wanted, self._zone, name_flows=len(flows) > 1 and flow == ALL)

        if len(flows) > 1:
            with above:
                widgets.segmented({ALL: "Everything"} | flows, ALL, on_change=show)
        show(ALL)


def _counts(lines: Sequence[Line]) -> None:
    with ui.element("div").classes("rp-tiles rp-tiles-small"):
        for label, kind in (("Messages", "sent"), ("Skipped", "skipped"), ("Waits", "waited")):
            widgets.stat(label, words.count(sum(line.kind == kind for line in lines)))


def _choices(choices: Mapping[str, Choice], names: Mapping[str, str]) -> None:
    """What they chose since on the pages that links of delivered messages lead to."""
    if not choices:
        return
    with parts.panel("What they chose", "On the pages that links in delivered emails lead to."):
        for topic, choice in sorted(choices.items()):
            key = topic.removeprefix(LIST)
            title = CHANNELS[topic][0].lower() if topic in CHANNELS else names.get(key, key)
            said = "Subscribed to" if choice.wanted else "Unsubscribed from"
            when = words.ago(choice.chosen_at, datetime.now(UTC))
            with widgets.row(classes="rh-between"):
                tone: Tone = "ok" if choice.wanted else "warn"
                widgets.pill(f"{said} {title}", tone)
                widgets.muted(when, small=True)


def _facts(profile: dict[str, Value]) -> None:
    known = [key for key in FIRST if profile.get(key) is not None]
    others = sorted(k for k, v in profile.items() if v is not None and k not in FIRST)
    with parts.panel("What is known"), ui.element("dl").classes("rp-facts"):
        for key in (*known, *others):
            with ui.element("dt"):
                ui.label(plain_name(key))
            with ui.element("dd"):
                ui.label(plain_value(key, profile[key]))


def name_of(profile: dict[str, Value], profile_id: str) -> str:
    """What to call a person."""
    names = [str(profile[key]) for key in ("first_name", "last_name") if profile.get(key)]
    return " ".join(names) or str(profile.get("email") or profile_id)
