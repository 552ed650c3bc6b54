"""Edits: each makes a new Flow out of a flow, or says in one sentence why it cannot.

All raise UnknownActionError for a step that is not there, ImpossibleEditError for an edit that
would leave the flow without meaning, BadValueError (one of these) for a value not allowed.
"""

from flows.edits.branches import add_branch, remove_branch
from flows.edits.fields import (
    change,
    name_id,
    rename,
    set_field,
    set_profile_filter,
    set_reentry,
    set_template,
    set_trigger,
)
from flows.edits.making import new_action, new_flow
from flows.edits.steps import DROP_ALL, connect, duplicate, insert, move, paste, remove
from flows.graph import ENTRANCE, Slot

__all__ = [
    "DROP_ALL",
    "ENTRANCE",
    "Slot",
    "add_branch",
    "change",
    "connect",
    "duplicate",
    "insert",
    "move",
    "name_id",
    "new_action",
    "new_flow",
    "paste",
    "remove",
    "remove_branch",
    "rename",
    "set_field",
    "set_profile_filter",
    "set_reentry",
    "set_template",
    "set_trigger",
]
