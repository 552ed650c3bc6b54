"""Text to Flow: native documents and Klaviyo definitions, with every fault named and placed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import ValidationError

from flows.apart import told_apart
from flows.checks.parts import no_first_step
from flows.checks.shapes import misread_parts, misread_values, wrong_step, wrong_trigger
from flows.checks.structure import broken_links, endless_loops
from flows.checks.time import unknown_zones
from flows.document import Flow
from flows.errors import UnreadableFlowError
from flows.kept import Parts, remember
from flows.klaviyo import NotAFlowError, Opened, looks_like_klaviyo, open_definition
from flows.parsing import LARGEST, RefusedError, parse, refusal
from flows.paths import path
from flows.problem import Problem
from flows.shape import shape_problems
from flows.upgrades import UnknownFormatError, upgrade

Form = Literal["native", "klaviyo"]
_HEAD = frozenset({"id", "name", "status", "description"})
"""Keys of a flow without whose values its meaning stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a text held: a flow unless the problems forbid it, and the form it was written in.

    A flow that has parts which cannot be read is still a flow, and comes with these problems.
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
        return replace(problem, where=_placed(problem.where, self.head, self.body))


def read(text: str | bytes, *, where: str = "flow.json") -> Loaded:
    """Read a flow in any form, told apart by content; never raises for what a text holds.

    `where` names the text in problems of its writing, as in `flow.json:3:14`.
    """
    form: Form = "native"
    try:
        document, odd = parse(text, where)
        form = "klaviyo" if looks_like_klaviyo(document) else "native"
        opened = _open(document, form)
        flow, flawed = _flow(opened)
    except RefusedError as refused:
        return Loaded(flow=None, problems=refused.problems, form=form)
    loaded = Loaded(flow=flow, form=form, head=opened.head, body=opened.body)
    found = (
        *misread_parts(flow),
        *misread_values(flow),
        *no_first_step(flow),
        *broken_links(flow),
        *endless_loops(flow),
        *unknown_zones(flow),
    )
    placed = (loaded.place(problem) for problem in (*flawed, *found))
    return replace(loaded, problems=(*odd, *dict.fromkeys(placed)))


def reopened(text: str) -> Flow:
    """The flow of a document that stood in a shelf of ours, without looking for its faults.

    UnreadableFlowError where it is none any more.
    """
    try:
        document, _ = parse(text, "flow.json")
        return _flow(_open(document, "native"))[0]
    except RefusedError as refused:
        raise UnreadableFlowError(str(refused.problems[0])) from None


def _placed(where: str, head: str, body: str) -> str:
    key = where[2:].partition(".")[0]
    if key == "id" and head == "$.data.attributes":
        return f"$.data{where[1:]}"
    return (head if key in ("name", "status") else body) + where[1:]


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
        raise refusal("D04", error.where, str(error), error.fix) from None
    except UnknownFormatError as error:
        fix = "Install a newer version to open it." if error.newer else ""
        raise refusal("D05", "$.rehearsal", str(error), fix) from None


def _flow(opened: Opened) -> tuple[Flow, tuple[Problem, ...]]:
    """The flow that writes itself as it was written, and the problems of its outermost keys."""
    content, problems = told_apart(opened.content)
    try:
        flow = Flow.model_validate(content)
    except ValidationError as error:
        flow, more = _without_head(content, error, opened)
        problems = (*problems, *more)
    remember(flow, opened.content)
    return flow, problems


def _without_head(
    content: dict[str, Any], error: ValidationError, opened: Opened
) -> tuple[Flow, tuple[Problem, ...]]:
    """The flow without the values of its head that cannot be read; all else is refused."""

    def place(parts: Parts) -> str:
        return _placed(path(*parts), opened.head, opened.body)

    wrong = {str(details["loc"][0]) for details in error.errors(include_url=False)}
    if not wrong <= _HEAD:
        inner = (
            *_inner(content, "triggers", wrong_trigger),
            *_inner(content, "actions", wrong_step),
        )
        more = (replace(one, where=_placed(one.where, opened.head, opened.body)) for one in inner)
        raise RefusedError(*dict.fromkeys((*shape_problems(error, content, place), *more)))
    kept = {key: value for key, value in content.items() if key not in wrong}
    flow = Flow.model_validate(kept)
    return flow, shape_problems(error, content, path_of)


def _inner(
    content: dict[str, Any], key: str, wrong: Callable[[Any, int], Iterator[Problem]]
) -> Iterator[Problem]:
    """What is wrong with the entries of a list that are no parts by themselves."""
    held = content.get(key)
    for i, raw in enumerate(held if isinstance(held, list) else ()):
        yield from wrong(raw, i)


def path_of(parts: Parts) -> str:
    """The path to a place in the native document."""
    return path(*parts)


__all__ = ["LARGEST", "Form", "Loaded", "read", "reopened"]
