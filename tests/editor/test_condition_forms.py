"""The panel draws every kind of trigger and of condition, and keeps what is filled in."""

from __future__ import annotations

from typing import Any

from nicegui import ui
from nicegui.testing import User
from small_flows import all_of, flow

from editor.condition_groups import ENTRY_KINDS, STARTED_KINDS, new_condition
from editor.flow_form import first_trigger
from editor.inspector import Inspector
from editor.row_phrases import with_row
from editor.session import EditorSession
from editor.skeleton import TRIGGER
from flows.document import Flow
from flows.edits import set_trigger
from flows.triggers import TRIGGERS

Json = dict[str, Any]


async def inspected(user: User, flow: Flow, selected: str | None) -> EditorSession:
    """A page with nothing but the panel of one step, the trigger or the flow."""
    session = EditorSession(flow)

    @ui.page("/")
    def page() -> None:
        session.subscribe(Inspector(session, account_zone="UTC").on_session)

    await user.open("/")
    session.select(selected)
    return session


LABELS = {
    "metric": "Only events with",
    "list": "List",
    "segment": "Segment",
    "date": "Start before it",
    "date/custom-object": "Property with the date",
    "price-drop": "Cheaper by at least",
    "low-inventory": "Stock of",
}


async def test_every_trigger_has_its_questions(user: User) -> None:
    session = await inspected(user, flow(), TRIGGER)
    for kind in TRIGGERS:
        session.apply("Change trigger", set_trigger(session.flow, first_trigger(kind)))
        await user.should_see(LABELS[kind])


def conditions_drawn(user: User) -> int:
    """How many groups of conditions the page has, each with a button for another one."""
    return sum(one.text == "Or" for one in user.find(kind=ui.button, content="Or").elements)


KEPT = "Kept as it is; it cannot be changed here."


async def test_every_condition_about_people_can_be_filled(user: User) -> None:
    conditions = [with_row(new_condition(kind)) for kind in ENTRY_KINDS]
    await inspected(user, flow(profile_filter=all_of(*conditions)), None)
    assert conditions_drawn(user) == len(ENTRY_KINDS)
    await user.should_not_see(KEPT)


async def test_a_trigger_asks_about_what_it_starts_with(user: User) -> None:
    for kind in ("metric", "price-drop", "low-inventory"):
        asked = all_of(*map(new_condition, STARTED_KINDS[kind]))
        trigger = first_trigger(kind).to_json() | {"trigger_filter": asked}
        await inspected(user, flow(triggers=[trigger]), TRIGGER)
        assert conditions_drawn(user) == len(STARTED_KINDS[kind])
        await user.should_not_see(KEPT)


async def test_how_consent_came_about_takes_another_row_at_a_press(user: User) -> None:
    consent = with_row(new_condition("profile-marketing-consent"))
    session = await inspected(user, flow(profile_filter=all_of(consent)), None)
    user.find("How it came about …").click()
    held = session.flow.profile_filter
    assert held is not None
    details = held.to_json()["condition_groups"][0]["conditions"][0]["consent"]["consent_status"]
    assert [one["field"] for one in details["filters"]] == ["status_date", "status_date"]
