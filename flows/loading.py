"""Text to Flow: native documents and Klaviyo definitions, with every fault named and placed."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import ValidationError

from flows.actions.base import Action
from flows.checks.structure import broken_links, endless_loops
from flows.checks.time import unknown_zones
from flows.document import Flow
from flows.klaviyo import HEAD, NotAFlowError, Opened, looks_like_klaviyo, open_definition
from flows.places import path
from flows.problem import Problem
from flows.shape import Parts, Place, changed, shape_problems
from flows.upgrades import UnknownFormatError, upgrade

Form = Literal["native", "klaviyo"]
LARGEST = 5_000_000
"""Bytes of text that are read at most."""
DEEPEST = 200
"""Levels of nesting that are read at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a text held: a flow unless the problems forbid it, and the form it was written in.

    A flow with broken links or loops is still a flow, and comes with these problems.
    """

    flow: Flow | None
    problems: tuple[Problem, ...] = ()
    form: Form = "native"
    head: str = "$"
    body: str = "$"

    def place(self, problem: Problem) -> Problem:
        """A problem of the flow with its place in the original document."""
        if not problem.where.startswith("$"):
            return problem
        in_head = any(problem.where == path(key) for key in HEAD)
        return replace(problem, where=(self.head if in_head else self.body) + problem.where[1:])


class _RefusedError(Exception):
    """Problems that end the reading."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def read(text: str | bytes, *, where: str = "flow.json") -> Loaded:
    """Read a flow in either form, told apart by content; never raises for what a text holds.

    `where` names the text in problems of its writing, as in `flow.json:3:14`.
    """
    form: Form = "native"
    try:
        document = _parse(_decode(text, where), where)
        form = "klaviyo" if looks_like_klaviyo(document) else "native"
        opened = _open(document, form)
        flow = _flow(opened)
    except _RefusedError as refused:
        return Loaded(flow=None, problems=refused.problems, form=form)
    loaded = Loaded(flow=flow, form=form, head=opened.head, body=opened.body)
    found = (*broken_links(flow), *endless_loops(flow), *unknown_zones(flow))
    return replace(loaded, problems=tuple(loaded.place(problem) for problem in found))


def _refusal(code: str, where: str, text: str, fix: str = "") -> _RefusedError:
    return _RefusedError(Problem(code=code, severity="error", where=where, text=text, fix=fix))


def _decode(text: str | bytes, where: str) -> str:
    if len(text) > LARGEST:
        size = f"{LARGEST // 1_000_000} MB"
        raise _refusal("D02", where, f"The document is larger than {size}.", "Is this a flow?")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        place = f"{where}:{line}"
        raise _refusal("D01", place, "The text is not UTF-8.", "Save it as UTF-8.") from None


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}:{error.colno}"
        what = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise _refusal("D01", place, f"The text is not JSON, {what}.") from None
    except RecursionError:
        raise _too_deep("$") from None
    except ValueError:
        raise _refusal("D01", where, "A number in the text has thousands of digits.") from None
    _look_through(document)
    if not isinstance(document, dict):
        raise _refusal("D04", "$", "A flow is an object in braces; this is something else.")
    return document


def _too_deep(where: str) -> _RefusedError:
    return _refusal("D03", where, f"The document is nested deeper than {DEEPEST} levels.")


def _look_through(document: Any) -> None:
    """Refuse what JSON cannot say again: depth without end, NaN, infinity, half characters."""
    level: list[tuple[Parts, Any]] = [((), document)]
    depth = 1
    while level:
        for parts, value in level:
            if isinstance(value, float) and not math.isfinite(value):
                raise _refusal("D01", path(*parts), "This number is too large or not a number.")
            if isinstance(value, str) and not _is_text(value):
                raise _refusal("D01", path(*parts), "This text holds half of a character.")
            if isinstance(value, list | dict) and depth > DEEPEST:
                raise _too_deep(path(*parts[:5]))
        level = [entry for parts, value in level for entry in _inside(parts, value)]
        depth += 1


def _inside(parts: Parts, value: Any) -> Iterator[tuple[Parts, Any]]:
    if isinstance(value, list):
        yield from (((*parts, i), entry) for i, entry in enumerate(value))
    elif isinstance(value, dict):
        for key, entry in value.items():
            if not _is_text(key):
                raise _refusal("D01", path(*parts), "A key here holds half of a character.")
            yield (*parts, key), entry


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _open(document: dict[str, Any], form: Form) -> Opened:
    try:
        if form == "klaviyo":
            return open_definition(document)
        if "rehearsal" not in document:
            raise NotAFlowError(
                "$",
                "This is JSON, but no flow: it has neither “rehearsal” nor a definition.",
                "Give a native document or a Klaviyo flow definition.",
            )
        return Opened(upgrade(document))
    except NotAFlowError as error:
        raise _refusal("D04", error.where, str(error), error.fix) from None
    except UnknownFormatError as error:
        fix = "Install a newer version to open it." if error.newer else ""
        raise _refusal("D05", "$.rehearsal", str(error), fix) from None


def _flow(opened: Opened) -> Flow:
    def place(parts: Parts) -> str:
        if parts and parts[0] == "id" and opened.head == "$.data.attributes":
            return path(*parts, root="$.data")
        in_head = bool(parts) and parts[0] in HEAD
        return path(*parts, root=opened.head if in_head else opened.body)

    try:
        flow = Flow.model_validate(opened.content)
    except ValidationError as error:
        raise _RefusedError(*shape_problems(error, opened.content, place)) from None
    problems = (*changed(opened.content, flow.to_json(), place), *_identity(flow, place))
    if problems:
        raise _RefusedError(*problems)
    return flow


def _identity(flow: Flow, place: Place) -> Iterator[Problem]:
    """Steps and ways that links could not tell apart."""
    seen = Counter(action.key for action in flow.actions)
    for i, action in enumerate(flow.actions):
        where = place(("actions", i))
        if not action.key:
            yield Problem(
                code="D07",
                severity="error",
                where=where,
                text=f"Step {i + 1} has no id, so nothing can lead to it.",
                fix="Give every step an id of its own.",
            )
        elif seen[action.key] > 1:
            yield Problem(
                code="D08",
                severity="error",
                where=where,
                text=f"{seen[action.key]} steps have the id “{action.key}”.",
                fix="Give every step an id of its own.",
                action_id=action.key,
            )
        yield from _ways(action, where)


def _ways(action: Action, where: str) -> Iterator[Problem]:
    ways = Counter(way.name for way in action.ways())
    for name in (name for name, times in ways.items() if times > 1):
        yield Problem(
            code="D08",
            severity="error",
            where=where,
            text=f"Several ways out of “{action.key}” have the id “{name}”.",
            fix="Give every path an id of its own.",
            action_id=action.key,
        )
