"""The inspector draws every step of every flow, and follows what happens elsewhere."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from nicegui import ui
from nicegui.testing import User
from real_flows import real_flows

from editor.inspector import Inspector
from editor.session import EditorSession
from editor.skeleton import TRIGGER
from flows.actions import ACTIONS
from flows.document import Flow
from flows.edits import ENTRANCE, change, insert, new_action, new_flow, set_trigger
from flows.loading import read
from flows.triggers import ListTrigger
from sample_flows import samples

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


async def inspected(user: User, flow: Flow) -> EditorSession:
    """A page with nothing but the inspector."""
    session = EditorSession(flow)

    @ui.page("/")
    def page() -> None:
        session.subscribe(
            Inspector(session, account_zone="America/New_York", now=lambda: NOON).on_session
        )

    await user.open("/")
    return session


def one_of_each() -> Flow:
    flow = new_flow("One of each")
    for kind in reversed(ACTIONS):
        flow = insert(flow, new_action(kind.model_fields["type"].default, flow), ENTRANCE)
    return flow


async def draws_all(user: User, flow: Flow) -> None:
    session = await inspected(user, flow)
    for step in (TRIGGER, *flow.by_id, None):
        session.select(step)
        if step and step != TRIGGER and session.flow.action(step).known:
            await user.should_see(session.flow.action(step).face.label)


async def test_it_draws_every_kind_of_step(user: User) -> None:
    await draws_all(user, one_of_each())


@pytest.mark.parametrize("flow", samples(), ids=lambda flow: flow.id)
async def test_it_draws_every_step_of_the_samples(user: User, flow: Flow) -> None:
    await draws_all(user, flow)


@real_flows
async def test_it_draws_every_step_of_real_flows(user: User, file: Path) -> None:
    flow = read(file.read_text()).flow

    assert flow is not None
    await draws_all(user, flow)


async def test_a_step_of_an_unknown_kind_is_shown_as_it_is(user: User) -> None:
    loaded = read(
        '{"rehearsal": 1, "name": "Odd", "entry_action_id": "x", '
        '"actions": [{"id": "x", "type": "teleport", "links": {"next": null}}]}'
    )
    assert loaded.flow is not None
    session = await inspected(user, loaded.flow)

    session.select("x")

    await user.should_see("This kind of step is not known here.")


async def test_a_delay_shows_when_people_would_go_on(user: User) -> None:
    flow = insert(new_flow("Wait"), new_action("time-delay", new_flow("")), ENTRANCE)
    session = await inspected(user, flow)

    session.select("time-delay-1")

    await user.should_see("Mon 5 Jan, 07:00")
    await user.should_see("Tue 6 Jan, 07:00")


async def test_an_edit_elsewhere_is_seen_in_the_fields(user: User) -> None:
    flow = insert(new_flow("Wait"), new_action("time-delay", new_flow("")), ENTRANCE)
    session = await inspected(user, flow)
    session.select("time-delay-1")

    session.apply("Change", change(session.flow, "time-delay-1", ("data", "unit"), "hours"))

    await user.should_see("Wait 1 hour")
    await user.should_not_see("Until time")


async def test_ids_of_an_imported_flow_are_given_names(user: User) -> None:
    flow = set_trigger(new_flow("Imported"), ListTrigger(type="list", id="Tzck9t"))
    session = await inspected(user, flow)
    await user.should_see("Names")
    user.find(marker="field-List Tzck9t")
    user.find("What it is called").type("Newsletter")

    assert session.flow.names == {"Tzck9t": "Newsletter"}


async def test_a_flow_that_uses_names_alone_is_asked_for_none(user: User) -> None:
    await inspected(user, samples()[0])

    await user.should_not_see("Names")
