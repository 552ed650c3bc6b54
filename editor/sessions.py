"""One session a flow, shared by every tab that edits it; each commit is saved."""

from __future__ import annotations

from dataclasses import dataclass

from editor.errors import SaveRefusedError
from editor.session import Check, EditorSession
from flows.document import Flow
from storage.errors import StaleRevisionError, StorageError
from storage.flow_store import FlowStore, Revision


@dataclass(slots=True)
class Shelf:
    """Where a flow is kept, and the stored revision that the next save builds on."""

    flow_id: str
    store: FlowStore
    revision: int

    def save(self, flow: Flow, label: str) -> None:
        """Write the flow as the next revision; SaveRefusedError where another one came first."""
        try:
            self.revision = self.store.save(
                self.flow_id, flow, base_revision=self.revision, label=label
            )
        except StaleRevisionError as stale:
            raise SaveRefusedError("This flow was saved somewhere else in the meantime.") from stale
        except StorageError as error:
            raise SaveRefusedError(f"The flow could not be saved: {error}") from error

    def load(self) -> Flow:
        """The flow as it is stored now; what is saved next builds on it."""
        flow, self.revision = self.store.load(self.flow_id)
        return flow


@dataclass(frozen=True, slots=True)
class Editing:
    """A flow on the desk: where it is kept, and the session over it."""

    shelf: Shelf
    session: EditorSession

    @property
    def flow_id(self) -> str:
        """The flow's id in the store."""
        return self.shelf.flow_id

    def reload(self) -> None:
        """Take the stored flow over; edits that were not saved are gone."""
        self.session.replace(self.shelf.load())

    def save_as_copy(self) -> str:
        """Keep the edits in a flow of their own and take the stored one over; the copy's id."""
        mine = self.session.flow
        named = mine.model_copy(update={"id": "", "name": f"{mine.name} (copy)"})
        made = self.shelf.store.create(named, "Saved as a copy")
        self.reload()
        return made.id

    def is_behind(self) -> bool:
        """Whether the store holds a later revision than this session knows."""
        return self.shelf.store.summary(self.flow_id).revision != self.shelf.revision

    def revisions(self) -> list[Revision]:
        """Every saved state, the latest first."""
        return self.shelf.store.revisions(self.flow_id)

    def restore(self, revision: int) -> None:
        """Go back to a saved state; this is an edit as any other."""
        flow = self.shelf.store.at(self.flow_id, revision)
        self.session.apply(f"Restore revision {revision}", flow, select=None)


class Sessions:
    """The flows on the desk, by id."""

    def __init__(self, store: FlowStore, check: Check) -> None:
        self._store, self._check = store, check
        self._open: dict[str, Editing] = {}

    def open(self, flow_id: str) -> Editing:
        """The flow with its session, up to date with the store; UnknownFlowError."""
        editing = self._open.get(flow_id)
        if editing is None:
            editing = self._open[flow_id] = self._begin(flow_id)
        elif editing.session.conflict is None and editing.is_behind():
            editing.reload()
        return editing

    def _begin(self, flow_id: str) -> Editing:
        flow, revision = self._store.load(flow_id)
        shelf = Shelf(flow_id, self._store, revision)
        return Editing(shelf, EditorSession(flow, check=self._check, saver=shelf.save))
