"""JSON paths: where in a document something stands, as in `$.actions[3].data.value`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from flows.actions.base import Action, SplittingAction
from flows.actions.multi_branch_split import MultiBranchSplit
from flows.document import Flow
from flows.graph import Slot

_PLAIN = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)


def path(*parts: str | int, root: str = "$") -> str:
    """The path to a place below `root`; odd keys stand in brackets and quotes."""
    for part in parts:
        if isinstance(part, int):
            root += f"[{part}]"
        elif _PLAIN.fullmatch(part):
            root += f".{part}"
        else:
            root += f"[{json.dumps(part, ensure_ascii=False)}]"
    return root


def steps(flow: Flow) -> Iterator[tuple[str, Action]]:
    """Every step with its path, as written."""
    for i, action in enumerate(flow.actions):
        yield path("actions", i), action


def where_is(flow: Flow, action_id: str) -> str:
    """The path of the step with this id, the last one if there are several."""
    found = [where for where, action in steps(flow) if action.key == action_id]
    return found[-1] if found else "$.actions"


def where_leads(flow: Flow, slot: Slot) -> str:
    """The path of the link behind a way out."""
    if slot.action_id is None:
        return "$.entry_action_id"
    where, action = where_is(flow, slot.action_id), flow.action(slot.action_id)
    if isinstance(action, MultiBranchSplit):
        ids = [branch.branch_id for branch in action.branches]
        return path("data", "branches", ids.index(slot.way), "links", "next", root=where)
    if isinstance(action, SplittingAction):
        return f"{where}.links.next_if_{slot.way}"
    written = action.to_json().get("links")
    split = isinstance(written, dict) and f"next_if_{slot.way}" in written
    return path("links", f"next_if_{slot.way}" if split else slot.way, root=where)
