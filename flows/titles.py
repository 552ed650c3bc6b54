"""What people call a step, and a message's text as they read it: without template tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flows.actions.base import Action
from flows.conditions.base import Names

MOST = 70
"""Letters of a text that stands in a title."""
_VALUE = re.compile(r"{{\s*(.*?)\s*}}")
_TAG = re.compile(r"{%.*?%}|{#.*?#}")
_DEFAULT = re.compile(r"\|\s*default\s*:\s*(['\"])(.*?)\1")
_PLACES = (
    ("data", "name"),
    ("data", "message", "name"),
    ("data", "current_experiment", "name"),
    ("data", "main_action", "data", "message", "name"),
)


def given_name(action: Action) -> str:
    """The name that a person gave to the step or its message; empty where there is none."""
    return next(_given(action), "")


def title(action: Action) -> str:
    """The name that was given, else the type's label."""
    return given_name(action) or action.face.label


def described(action: Action, names: Names) -> str:
    """The name that was given, else what the step does, in one short line."""
    return given_name(action) or brief(plain(action.sentence(names)))


def plain(text: str) -> str:
    """A template as people read it: a value's default, else what the value is called."""
    spoken = _VALUE.sub(lambda found: _value(found[1]), _TAG.sub("", text))
    return " ".join(spoken.split())


def brief(text: str, most: int = MOST) -> str:
    """The text, cut behind a word where it is longer than `most` letters."""
    if len(text) <= most:
        return text
    whole = text[: most - 1].rsplit(" ", 1)[0]
    return whole.rstrip(" ,.;:–-") + "…"


def _given(action: Action) -> Iterator[str]:
    for path in _PLACES:
        part: Any = action
        for name in path:
            part = getattr(part, name, None)
        if isinstance(part, str) and part.strip():
            yield part


def _value(written: str) -> str:
    default = _DEFAULT.search(written)
    if default:
        return default[2]
    name = re.split(r"[|\s]", written)[0].rpartition(".")[2]
    return f"[{name.replace('_', ' ').strip()}]"
