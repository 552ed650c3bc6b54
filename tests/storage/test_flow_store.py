"""Flows on the shelf: every revision is kept, and no save overwrites another."""

from __future__ import annotations

import threading

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, rule

from flows.document import Flow, fingerprint
from storage.database import Database, open_database
from storage.errors import StaleRevisionError, UnknownFlowError, UnknownRevisionError
from storage.flow_store import FlowStore

WELCOME = {
    "name": "Welcome",
    "triggers": [{"type": "list", "id": "NEWS"}],
    "entry_action_id": "1",
    "actions": [{"type": "time-delay", "id": "1", "data": {"value": 2}, "unheard-of": [1, None]}],
}


@pytest.fixture
def flows(database: Database) -> FlowStore:
    return FlowStore(database)


def welcome(**changes: object) -> Flow:
    return Flow.model_validate(WELCOME | changes)


def test_a_created_flow_gets_an_id_and_is_found_again_as_it_was(flows: FlowStore) -> None:
    made = flows.create(welcome(), "Imported")
    assert (made.name, made.status, made.trigger) == ("Welcome", "draft", "list")
    assert (made.steps, made.revision, made.trashed_at) == (1, 1, None)
    assert flows.load(made.id) == (welcome(id=made.id), 1)
    assert flows.list() == [made]
    assert flows.summary(made.id) == made


def test_a_flow_keeps_an_id_that_is_free_and_gets_another_where_it_is_taken(
    flows: FlowStore,
) -> None:
    assert flows.create(welcome(id="WELCOME")).id == "WELCOME"
    second = flows.create(welcome(id="WELCOME"))
    assert second.id != "WELCOME"
    assert flows.load(second.id)[0].id == second.id


def test_every_revision_stays_with_its_label_and_fingerprint(flows: FlowStore) -> None:
    made = flows.create(welcome(), "Created")
    longer = welcome(description="longer")
    assert flows.save(made.id, longer, base_revision=1, label="Describe it") == 2
    assert [(one.revision, one.label, one.fingerprint) for one in flows.revisions(made.id)] == [
        (2, "Describe it", fingerprint(longer)),
        (1, "Created", fingerprint(welcome())),
    ]
    assert flows.at(made.id, 1) == welcome(id=made.id)
    assert flows.at(made.id, 2) == welcome(id=made.id, description="longer")


def test_a_second_tab_is_told_and_may_save_its_work_as_a_new_flow(flows: FlowStore) -> None:
    made = flows.create(welcome())
    flows.save(made.id, welcome(name="Mine"), base_revision=1, label="Mine")
    theirs = welcome(name="Theirs")
    with pytest.raises(StaleRevisionError) as stale:
        flows.save(made.id, theirs, base_revision=1, label="Theirs")
    assert (stale.value.base, stale.value.current) == (1, 2)
    assert "Save this version as a new flow" in str(stale.value)
    assert [one.label for one in flows.revisions(made.id)] == ["Mine", "Created"]
    kept = flows.create(theirs, "Kept from another tab")
    assert {one.name for one in flows.list()} == {"Mine", "Theirs"}
    assert flows.load(kept.id)[0].name == "Theirs"


def test_of_many_writers_at_once_one_wins_each_revision(flows: FlowStore) -> None:
    made = flows.create(welcome())
    won: list[int] = []
    stale: list[int] = []
    start = threading.Barrier(8)

    def write(writer: int) -> None:
        start.wait()
        try:
            flows.save(made.id, welcome(name=f"{writer}"), base_revision=1, label=f"{writer}")
            won.append(writer)
        except StaleRevisionError:
            stale.append(writer)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(stale)) == (1, 7)
    assert flows.load(made.id)[0].name == f"{won[0]}"
    assert [one.revision for one in flows.revisions(made.id)] == [2, 1]


def test_a_flow_is_renamed_by_a_revision(flows: FlowStore) -> None:
    made = flows.create(welcome())
    assert flows.rename(made.id, "Hello") == 2
    assert flows.load(made.id)[0] == welcome(id=made.id, name="Hello")
    assert flows.revisions(made.id)[0].label == "Renamed to “Hello”"


def test_a_copy_is_a_draft_with_a_history_of_its_own(flows: FlowStore) -> None:
    made = flows.create(welcome(status="live"))
    copy = flows.duplicate(made.id)
    assert flows.load(copy.id) == (
        welcome(id=copy.id, name="Welcome (copy)", status="draft"),
        1,
    )
    assert flows.revisions(copy.id)[0].label == "Copied from “Welcome”"


def test_a_deleted_flow_lies_in_the_trash_and_comes_back_whole(flows: FlowStore) -> None:
    made = flows.create(welcome())
    flows.save(made.id, welcome(name="Later"), base_revision=1, label="Rename")
    flows.delete(made.id)
    assert flows.list() == []
    assert [one.id for one in flows.list(trashed=True)] == [made.id]
    flows.restore(made.id)
    assert [one.name for one in flows.list()] == ["Later"]
    assert len(flows.revisions(made.id)) == 2


def test_what_is_not_there_is_named(flows: FlowStore) -> None:
    made = flows.create(welcome())
    for call in (flows.load, flows.revisions, flows.delete, flows.restore, flows.summary):
        with pytest.raises(UnknownFlowError, match="“nowhere”"):
            call("nowhere")
    with pytest.raises(UnknownFlowError):
        flows.save("nowhere", welcome(), base_revision=1, label="")
    with pytest.raises(UnknownRevisionError, match="no revision 7"):
        flows.at(made.id, 7)


def test_names_may_hold_anything_a_person_can_paste(flows: FlowStore) -> None:
    made = flows.create(welcome(name="'; DROP TABLE flow; -- \x00 é 🎭"), "'\"")
    assert flows.list()[0].name == "'; DROP TABLE flow; --  é 🎭"
    assert flows.load(made.id)[0].name == "'; DROP TABLE flow; -- \x00 é 🎭"


class Shelf(RuleBasedStateMachine):
    """Whatever is done, each flow's revisions are exactly what was acknowledged, in order."""

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.database = open_database("sqlite://")
        self.flows = FlowStore(self.database)
        self.known: dict[str, list[Flow]] = {}

    @rule(target=made, name=st.text(st.characters(codec="utf-8"), max_size=5))
    def create(self, name: str) -> str:
        made = self.flows.create(welcome(name=name))
        self.known[made.id] = [welcome(id=made.id, name=name)]
        return made.id

    @rule(flow_id=made, back=st.integers(0, 2), words=st.text(st.characters(codec="utf-8")))
    def save(self, flow_id: str, back: int, words: str) -> None:
        base = len(self.known[flow_id]) - back
        changed = welcome(id=flow_id, description=words)
        try:
            self.flows.save(flow_id, changed, base_revision=base, label="Change")
            assert back == 0
            self.known[flow_id].append(changed)
        except StaleRevisionError:
            assert back > 0

    @rule(flow_id=made)
    def delete_and_restore(self, flow_id: str) -> None:
        self.flows.delete(flow_id)
        self.flows.restore(flow_id)

    @rule(flow_id=made)
    def look(self, flow_id: str) -> None:
        kept = self.known[flow_id]
        assert self.flows.load(flow_id) == (kept[-1], len(kept))
        assert [self.flows.at(flow_id, n) for n in range(1, len(kept) + 1)] == kept

    def teardown(self) -> None:
        self.database.close()


TestShelf = Shelf.TestCase
TestShelf.settings = settings(max_examples=examples(30), stateful_step_count=25, deadline=None)


@given(st.text(st.characters(codec="utf-8")))
@settings(max_examples=examples(30), deadline=None)
def test_any_label_survives(label: str) -> None:
    database = open_database("sqlite://")
    try:
        flows = FlowStore(database)
        made = flows.create(welcome(), label)
        assert flows.revisions(made.id)[0].label == label.replace("\x00", "")
    finally:
        database.close()
