"""The flow document: Flow and its parts, frozen; text to Flow and back; the fingerprint."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from flows.actions import AnyAction, OpaqueAction
from flows.actions.base import Action, acting
from flows.actions.messages import Template
from flows.conditions import Filter
from flows.digits import write
from flows.errors import UnknownActionError
from flows.part import Part, as_written
from flows.stubs import CodeStub
from flows.triggers import AnyTrigger, OpaqueTrigger
from flows.triggers.base import Trigger
from flows.unread import or_opaque

FORMAT = 1
STASH = "klaviyo"
"""The key of a native document for what a definition came in, and for keys of it that the native
document's own names would hide."""
_MEANINGLESS = frozenset({"rehearsal", "id", "name", STASH})


class Reentry(Part):
    """When a person may come again: `alltime` 1 never, 0 always; else after the span."""

    duration: int
    unit: Literal["day", "hour", "week", "alltime"]


class Flow(Part):
    """A flow as it stands in a native document: what starts it and the steps by id."""

    rehearsal: int = FORMAT
    """The format of the document; `upgrades.py` brings older ones here."""
    id: str = ""
    name: str = "Untitled flow"
    description: str = ""
    status: Literal["draft", "manual", "live"] = "draft"
    triggers: tuple[Annotated[AnyTrigger, or_opaque(OpaqueTrigger)], ...] = ()
    profile_filter: Filter | None = None
    reentry_criteria: Reentry | None = None
    entry_action_id: str | None = None
    actions: tuple[Annotated[AnyAction, or_opaque(OpaqueAction)], ...] = ()
    templates: dict[str, Template] = Field(default_factory=dict)
    stubs: dict[str, CodeStub] = Field(default_factory=dict)
    """What code steps give, by the step's id: no definition carries their code."""
    names: dict[str, str] = Field(default_factory=dict)
    """Readable names of the metrics, lists and segments that the flow names by id."""

    @property
    def key(self) -> str:
        """What runs call the flow: its id, else its name."""
        return self.id or self.name

    @property
    def trigger(self) -> Trigger | None:
        """What starts the flow; a public definition holds exactly one."""
        return self.triggers[0] if self.triggers else None

    @cached_property
    def by_id(self) -> dict[str, Action]:
        """Every step by the id that links name."""
        return {action.key: action for action in self.actions}

    def action(self, action_id: str) -> Action:
        """The step with this id, else UnknownActionError."""
        try:
            return self.by_id[action_id]
        except KeyError:
            raise UnknownActionError(action_id) from None

    @cached_property
    def _acting(self) -> dict[bool, frozenset[str]]:
        return {as_live: frozenset(_before_acting(self, as_live)) for as_live in (True, False)}

    def acts_after(self, action_id: str, *, as_live: bool) -> bool:
        """Whether a live or manual step can come after this one (semantics B.3, rule 8)."""
        return action_id in self._acting[as_live]

    def acts(self, *, as_live: bool) -> bool:
        """Whether any step is live or manual: else nobody enters (semantics B.1)."""
        return any(_does_something(action, as_live) for action in self.actions)

    def to_json(self) -> dict[str, Any]:
        """The flow as it was written; once it is changed, every step with the id links name."""
        written = super().to_json()
        if (as_written(self) or (None, self))[1] is not None:
            for raw, action in zip(written.get("actions", ()), self.actions, strict=False):
                if action.key != (raw.get("id") or raw.get("temporary_id")):
                    raw["id"] = action.key
        return written


def _does_something(action: Action, as_live: bool) -> bool:
    return action.status in acting(as_live=as_live)


def _before_acting(flow: Flow, as_live: bool) -> set[str]:
    """Ids of the steps from which a step that does something can be reached, walking backwards."""
    before: dict[str, list[str]] = {}
    for action in flow.actions:
        for way in action.ways():
            if way.target:
                before.setdefault(way.target, []).append(action.key)
    found: set[str] = set()
    waiting = [action.key for action in flow.actions if _does_something(action, as_live)]
    while waiting:
        for previous in before.get(waiting.pop(), ()):
            if previous not in found:
                found.add(previous)
                waiting.append(previous)
    return found


def canonical(document: Any) -> str:
    """JSON text with sorted keys and no spaces: equal documents give equal text."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def dump(flow: Flow) -> str:
    """The native document as readable text, with the format first where it stood nowhere."""
    written = flow.to_json()
    first = {} if "rehearsal" in written else {"rehearsal": FORMAT}
    return write(first | written | {"rehearsal": FORMAT}) + "\n"


def fingerprint(flow: Flow) -> str:
    """16 hex digits of what the flow means: two documents with one meaning share them."""
    written = flow.model_dump(mode="json", exclude_unset=True)
    meaning = {k: v for k, v in written.items() if k not in _MEANINGLESS}
    return hashlib.sha256(canonical(meaning).encode()).hexdigest()[:16]
