"""What a form edits: a step, the trigger or the flow, read and written as JSON in the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from editor.forms import Path
from editor.phrases import Json
from editor.session import EditorSession
from flows.document import Flow
from flows.edits.fields import change, set_field
from flows.errors import FlowError


@dataclass(slots=True)
class Subject:
    """One thing being edited. `key` tells it apart from all others of the session."""

    session: EditorSession
    key: str
    read: Callable[[Flow], Json]
    write: Callable[[Flow, Path, Any], Flow]
    speaking: bool = False
    """True while a change of this very form is under way, so that it does not redraw itself."""
    whole: Subject | None = None
    """What this is a part of; None for a step, the trigger or the flow."""

    def json(self) -> Json:
        """The JSON as it stands now."""
        return self.read(self.session.flow)

    def at(self, path: Path, default: Any = None) -> Any:
        """The value at a path, else the default."""
        here: Any = self.json()
        for step in path:
            here = _inside(here, step)
        return default if here is None else here

    def put(self, path: Path, value: Any, label: str) -> str:
        """Write a value; the answer says why not, "" where it was written."""
        return self.edit(label, lambda flow: self.write(flow, path, value), path)

    def edit(self, label: str, make: Callable[[Flow], Flow], path: Path = ()) -> str:
        """Apply any edit as this form's own; one path typed in a row is taken back as one."""
        coalesce = f"{self.key}:{'.'.join(map(str, path))}" if path else None
        speaker = self.whole or self
        speaker.speaking = True
        try:
            self.session.apply(label, make(self.session.flow), coalesce=coalesce)
        except FlowError as refusal:
            return str(refusal)
        finally:
            speaker.speaking = False
        return ""


def _inside(holder: Any, step: str | int) -> Any:
    """One step down; None where there is nothing."""
    if isinstance(holder, dict):
        return holder.get(step)
    if isinstance(holder, list) and isinstance(step, int) and step < len(holder):
        return holder[step]
    return None


def step_subject(session: EditorSession, action_id: str) -> Subject:
    """A step of the flow."""
    return Subject(
        session,
        action_id,
        lambda flow: flow.action(action_id).to_json(),
        lambda flow, path, value: change(flow, action_id, path, value),
    )


def trigger_subject(session: EditorSession) -> Subject:
    """What starts the flow."""
    return Subject(
        session,
        "@trigger",
        lambda flow: flow.trigger.to_json() if flow.trigger else {},
        lambda flow, path, value: set_field(flow, ("triggers", 0, *path), value),
    )


def flow_subject(session: EditorSession) -> Subject:
    """The flow's own settings."""
    return Subject(session, "@flow", lambda flow: flow.to_json(), set_field)


def within(subject: Subject, *path: str | int) -> Subject:
    """A part of the subject as a subject of its own, such as one variation of a test."""

    def read(flow: Flow) -> Json:
        here: Any = subject.read(flow)
        for step in path:
            here = here[step]
        return dict(here)

    return Subject(
        subject.session,
        f"{subject.key}:{'.'.join(map(str, path))}",
        read,
        lambda flow, inner, value: subject.write(flow, (*path, *inner), value),
        whole=subject.whole or subject,
    )
