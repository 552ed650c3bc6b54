"""A flow on the desk is saved at every commit, and nobody's save is overwritten."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor.history_dialog import Line, lines
from editor.sessions import Sessions
from flows.document import Flow
from flows.edits import new_flow, rename
from flows.problem import Problem
from storage.database import open_database
from storage.errors import UnknownFlowError
from storage.flow_store import FlowStore, Revision


def unchecked(flow: Flow) -> tuple[Problem, ...]:
    return ()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FlowStore]:
    database = open_database(f"sqlite:///{tmp_path / 'shelf.db'}")
    yield FlowStore(database)
    database.close()


def welcome(store: FlowStore) -> str:
    return store.create(new_flow("Welcome")).id


def test_two_tabs_share_one_session(store: FlowStore) -> None:
    sessions, flow_id = Sessions(store, unchecked), welcome(store)

    assert sessions.open(flow_id) is sessions.open(flow_id)


def test_a_flow_that_is_not_there_is_not_opened(store: FlowStore) -> None:
    with pytest.raises(UnknownFlowError):
        Sessions(store, unchecked).open("nowhere")


def test_every_commit_is_a_revision(store: FlowStore) -> None:
    editing = Sessions(store, unchecked).open(welcome(store))

    editing.session.apply("Rename flow", rename(editing.session.flow, "Hello"))
    editing.session.undo()

    assert [(one.revision, one.label) for one in editing.revisions()] == [
        (3, "Undo: Rename flow"),
        (2, "Rename flow"),
        (1, "Created"),
    ]


def test_a_save_after_another_one_is_refused_and_keeps_the_edit(store: FlowStore) -> None:
    flow_id = welcome(store)
    editing = Sessions(store, unchecked).open(flow_id)
    store.rename(flow_id, "Elsewhere")

    editing.session.apply("Rename flow", rename(editing.session.flow, "Mine"))

    assert (editing.session.conflict, editing.session.flow.name, store.load(flow_id)[0].name) == (
        "This flow was saved somewhere else in the meantime.",
        "Mine",
        "Elsewhere",
    )


def test_reloading_takes_over_what_was_saved_elsewhere(store: FlowStore) -> None:
    flow_id = welcome(store)
    editing = Sessions(store, unchecked).open(flow_id)
    store.rename(flow_id, "Elsewhere")
    editing.session.apply("Rename flow", rename(editing.session.flow, "Mine"))

    editing.reload()
    editing.session.apply("Rename flow", rename(editing.session.flow, "After that"))

    assert (editing.session.conflict, store.load(flow_id)[0].name) == (None, "After that")


def test_saving_as_a_copy_keeps_both(store: FlowStore) -> None:
    flow_id = welcome(store)
    editing = Sessions(store, unchecked).open(flow_id)
    store.rename(flow_id, "Elsewhere")
    editing.session.apply("Rename flow", rename(editing.session.flow, "Mine"))

    copy = editing.save_as_copy()

    assert (store.load(copy)[0].name, editing.session.flow.name) == ("Mine (copy)", "Elsewhere")


def test_opening_again_shows_what_was_saved_elsewhere(store: FlowStore) -> None:
    sessions, flow_id = Sessions(store, unchecked), welcome(store)
    sessions.open(flow_id)
    store.rename(flow_id, "Elsewhere")

    assert sessions.open(flow_id).session.flow.name == "Elsewhere"


def test_restoring_is_an_edit_that_can_be_undone(store: FlowStore) -> None:
    editing = Sessions(store, unchecked).open(welcome(store))
    editing.session.apply("Rename flow", rename(editing.session.flow, "Hello"))

    editing.restore(1)
    restored = editing.session.flow.name
    editing.session.undo()

    assert (restored, editing.session.flow.name) == ("Welcome", "Hello")


def test_saves_of_one_kind_in_one_breath_are_one_line() -> None:
    noon = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)

    def saved(revision: int, label: str, minutes: float) -> Revision:
        return Revision(
            revision=revision,
            label=label,
            saved_at=noon + timedelta(minutes=minutes),
            fingerprint="",
        )

    revisions = [
        saved(5, "Change subject", 9),
        saved(4, "Change subject", 1.1),
        saved(3, "Change subject", 1),
        saved(2, "Insert email", 0.5),
        saved(1, "Created", 0),
    ]

    assert lines(revisions) == [
        Line(5, "Change subject", noon + timedelta(minutes=9), 1),
        Line(4, "Change subject", noon + timedelta(minutes=1.1), 2),
        Line(2, "Insert email", noon + timedelta(minutes=0.5), 1),
        Line(1, "Created", noon, 1),
    ]


def test_no_saves_are_no_lines() -> None:
    assert lines([]) == []
