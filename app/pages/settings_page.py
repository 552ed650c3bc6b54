"""What the account decides once: its rules, who it is, where messages go, what is assumed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from nicegui import ui

from app.desk import Desk
from app.pages import parts, shell
from app.pages.assumption_list import AssumptionList
from app.pages.outgoing_form import OutgoingForm
from app.pages.rules_form import RulesForm
from app.preferences import Outgoing, Preferences
from app.rule_fields import QUIET
from editor import widgets
from flows.rules import CHANNELS, Rules

LABELS = {"email": "Email", "sms": "SMS", "push": "Push", "whatsapp": "WhatsApp"}
ABOUT: tuple[tuple[str, str, str], ...] = (
    ("name", "Name", "Shown in messages, and before text messages."),
    ("url", "Web address", ""),
    ("full_address", "Postal address", "Marketing mail has to show one."),
    ("from_label", "Sender's name", "Used where a message names no sender of its own."),
    ("from_email", "Sender's email address", ""),
    ("reply_to_email", "Replies go to", "Empty: to the sender."),
)


def register(desk: Desk) -> None:
    """Serve `/settings`."""

    @ui.page("/settings")
    def settings_page() -> None:
        with shell.frame("settings", "Settings", unread=desk.unread()):
            SettingsPage(desk).draw()


class SettingsPage:
    """One visit of the page; every change is saved at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def draw(self) -> None:
        """A tab for each subject."""
        with shell.head("Settings", "Saved as you change them; they hold for runs from then on."):
            pass
        drawn: dict[str, Callable[[], None]] = {
            "Rules": self._rules,
            "Organisation": self._organisation,
            "Sending": self._sending,
            "Assumptions": self._assumptions,
            "Data": self._data,
        }
        with ui.tabs().classes("rp-tabs") as tabs:
            for name in drawn:
                ui.tab(name)
        body = ui.element("div").classes("rp-settings")

        def show(name: str) -> None:
            body.clear()
            with body:
                drawn[name]()

        tabs.on_value_change(lambda event: show(event.value))
        tabs.value = "Rules"

    @property
    def _now(self) -> Preferences:
        return self._desk.preferences

    def _change(self, part: str, **values: Any) -> None:
        """Save values of one part of the preferences."""
        now = self._now
        changed = getattr(now, part).model_copy(update=values)
        self._desk.preferences = now.model_copy(update={part: changed})

    def _rules(self) -> None:
        rules = self._now.rules
        form = RulesForm(lambda: self._now.rules, self._save_rules)
        with parts.panel("Time", "Where a flow says “account time zone”, this one is meant."):
            zones = {zone: zone.replace("_", " ") for zone in sorted(available_timezones())}
            zone = widgets.select_field(
                "Account time zone",
                zones,
                rules.account_timezone,
                on_change=lambda zone: self._change("rules", account_timezone=zone),
            )
            zone.props("use-input input-debounce=100 fill-input hide-selected")
        with (
            parts.panel(
                "Smart sending",
                "A second message of the same channel within this time is skipped.",
            ),
            ui.element("div").classes("rp-four"),
        ):
            for channel in CHANNELS:
                self._window(channel, getattr(rules.smart_sending, channel))
        with (
            parts.panel(
                "Quiet hours",
                "Text messages that fall in this time wait until it ends, on the number's clock.",
            ),
        ):
            with ui.element("div").classes("rp-three"):
                self._hour("From", "start", rules.quiet_hours.start)
                self._hour("Until", "end", rules.quiet_hours.end)
                form.field(QUIET[0])
            form.field(QUIET[1])
        self._draw_open_questions()
        widgets.section("More rules")
        form.draw()

    def _save_rules(self, rules: Rules) -> None:
        self._desk.preferences = self._now.model_copy(update={"rules": rules})

    def _draw_open_questions(self) -> None:
        rules = self._now.rules
        with parts.panel("Rehearsing"):
            widgets.switch(
                "Treat every step as live",
                rules.as_live,
                on_change=lambda on: self._change("rules", as_live=on),
                help_text="Off: draft steps are passed by, as they would be today.",
            )
            widgets.switch(
                "A random sample falls the same way each time",
                rules.sample_sticky,
                on_change=lambda on: self._change("rules", sample_sticky=on),
                help_text="Off: whoever comes again is drawn again.",
            )

    def _window(self, channel: str, hours: int) -> None:
        def change(value: float | None) -> None:
            if value is not None and 0 <= value <= 10_000:
                held = self._now.rules.smart_sending
                self._change("rules", smart_sending=held.model_copy(update={channel: int(value)}))

        widgets.number_field(
            LABELS[channel], hours, on_change=change, unit="hours", bounds=(0, 10_000)
        )

    def _hour(self, label: str, name: str, value: str) -> None:
        def change(text: str | None) -> None:
            if text:
                held = self._now.rules.quiet_hours
                self._change("rules", quiet_hours=held.model_copy(update={name: text}))

        with widgets.field(label):
            field = ui.input(value=value).props(f'type=time outlined dense aria-label="{label}"')
        field.on_value_change(lambda event: change(event.value))

    def _organisation(self) -> None:
        with parts.panel("Who writes", "What messages call the organisation."):
            for name, label, help_text in ABOUT:
                self._about(name, label, help_text)
            widgets.text_field(
                "Sign of the currency",
                self._now.account.currency,
                on_change=lambda text: self._change("account", currency=text),
            )

    def _about(self, name: str, label: str, help_text: str) -> None:
        widgets.text_field(
            label,
            getattr(self._now.account, name),
            on_change=lambda text: self._change("account", **{name: text}),
            help_text=help_text,
        )

    def _sending(self) -> None:
        def save(outgoing: Outgoing) -> None:
            self._desk.preferences = self._now.model_copy(update={"outgoing": outgoing})

        OutgoingForm(self._desk, save).draw()

    def _assumptions(self) -> None:
        def save() -> None:
            now, made = self._now, assumed.scenario
            self._desk.preferences = now.model_copy(
                update={"behaviour": made.behaviour, "audience": made.audience}
            )

        widgets.muted("What new rehearsals begin with. A single run may assume something else.")
        assumed = AssumptionList(self._desk.scenario(), on_change=save)
        assumed.draw()

    def _data(self) -> None:
        settings = self._desk.settings
        with parts.panel("Where things are", "Chosen when the program is started."):
            for label, text in (
                ("Data folder", str(settings.data)),
                ("Database", self._desk.database.place),
                ("Inbox", self._desk.inbox_address or "not running"),
                ("Processes for one run", str(settings.processes)),
            ):
                with widgets.row(classes="rh-between rh-top"):
                    widgets.muted(label)
                    ui.label(text).classes("rh-mono rp-path")
