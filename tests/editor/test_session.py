"""The session: undo, typing, selection, saving, and who hears of it."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from small_flows import email
from small_flows import flow as flow_of

from editor.errors import SaveRefusedError
from editor.session import EditorSession, SessionEvent
from editor.skeleton import TRIGGER
from flows.document import Flow
from flows.problem import Problem

FIRST = flow_of(email("a", "b"), email("b"))


def named(name: str) -> Flow:
    return FIRST.model_copy(update={"name": name})


@dataclass
class Store:
    """Keeps what is saved, until it refuses."""

    saved: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""

    def save(self, flow: Flow, label: str) -> None:
        if self.refusal:
            raise SaveRefusedError(self.refusal)
        self.saved.append((flow.name, label))


def test_an_edit_can_be_taken_back_and_done_again() -> None:
    session = EditorSession(FIRST)
    session.apply("Rename", named("Two"), select="b")
    assert (session.flow.name, session.selection, session.undo_label) == ("Two", "b", "Rename")
    session.undo()
    assert (session.flow, session.selection, session.redo_label) == (FIRST, None, "Rename")
    session.redo()
    assert (session.flow.name, session.selection, session.undo_label) == ("Two", "b", "Rename")
    assert session.revision == 3


def test_typing_in_one_field_is_taken_back_as_one() -> None:
    session = EditorSession(FIRST)
    for text in ("N", "Ne", "New"):
        session.apply("Name", named(text), coalesce="name")
    session.apply("Other field", named("Newer"), coalesce="other")
    session.undo()
    assert session.flow.name == "New"
    session.undo()
    assert session.flow == FIRST
    assert session.undo_label is None


def test_typing_again_after_leaving_the_field_is_another_edit() -> None:
    session = EditorSession(FIRST)
    session.apply("Name", named("N"), coalesce="name")
    session.settle()
    session.apply("Name", named("Ne"), coalesce="name")
    session.undo()
    assert session.flow.name == "N"


def test_a_new_edit_forgets_what_could_be_done_again() -> None:
    session = EditorSession(FIRST)
    session.apply("Rename", named("Two"))
    session.undo()
    session.apply("Rename", named("Three"))
    session.redo()
    assert session.flow.name == "Three"


def test_an_edit_that_changes_nothing_only_selects() -> None:
    store = Store()
    session = EditorSession(FIRST, saver=store.save)
    session.apply("Nothing", named(FIRST.name), select="a")
    assert (session.revision, session.selection, session.undo_label) == (0, "a", None)
    assert store.saved == []


def test_every_commit_is_saved_with_its_name() -> None:
    store = Store()
    session = EditorSession(FIRST, saver=store.save)
    session.apply("Rename", named("Two"))
    session.undo()
    session.redo()
    assert store.saved == [
        ("Two", "Rename"),
        (FIRST.name, "Undo: Rename"),
        ("Two", "Redo: Rename"),
    ]


def test_a_refused_save_keeps_the_edit_and_says_why() -> None:
    store = Store(refusal="Somebody saved a newer version.")
    session = EditorSession(FIRST, saver=store.save)
    heard: list[SessionEvent] = []
    session.subscribe(heard.append)
    session.apply("Rename", named("Two"))
    assert (session.flow.name, session.conflict) == ("Two", "Somebody saved a newer version.")
    assert heard == [SessionEvent("flow", "Rename"), SessionEvent("conflict", "Rename")]
    store.refusal = ""
    session.apply("Rename", named("Three"))
    assert session.conflict is None


def test_the_flow_of_another_place_replaces_all() -> None:
    session = EditorSession(FIRST)
    session.apply("Rename", named("Two"), select="a")
    session.replace(named("Stored"))
    assert (session.flow.name, session.undo_label, session.selection) == ("Stored", None, "a")


def test_selecting_what_is_not_there_selects_nothing() -> None:
    session = EditorSession(FIRST)
    session.select(TRIGGER)
    assert session.selection == TRIGGER
    session.select("gone")
    assert session.selection is None


def test_a_removed_step_is_no_longer_selected() -> None:
    session = EditorSession(FIRST)
    session.select("b")
    session.apply("Delete", flow_of(email("a")))
    assert session.selection is None


def test_listeners_hear_until_they_leave() -> None:
    session = EditorSession(FIRST)
    heard: list[SessionEvent] = []
    leave = session.subscribe(heard.append)
    session.select("a")
    session.select("a")
    session.inspect("a")
    leave()
    session.select("b")
    assert heard == [SessionEvent("selection"), SessionEvent("inspect")]


def test_problems_are_those_of_the_present_flow() -> None:
    def check(flow: Flow) -> tuple[Problem, ...]:
        return (Problem(code="T1", severity="hint", where="$.name", text=flow.name),)

    session = EditorSession(FIRST, check=check)
    session.apply("Rename", named("Two"))
    assert [problem.text for problem in session.problems] == ["Two"]


@given(st.lists(st.sampled_from("ABC"), min_size=1), st.integers(0, 30))
def test_undo_and_redo_are_opposites(names: list[str], back: int) -> None:
    session = EditorSession(FIRST)
    for name in names:
        session.apply("Rename", named(name))
    last = session.flow
    for _ in range(back):
        session.undo()
    for _ in range(back):
        session.redo()
    assert session.flow == last
    for _ in names:
        session.undo()
    assert session.flow == FIRST
