"""A flow's links sorted for drawing: a tree to hang branches on, and the places of rejoins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from flows.document import Flow

TRIGGER = "@trigger"
"""The key of the trigger's card, beside the ids of actions."""

Kind = Literal["tree", "join", "end", "jump"]


@dataclass(frozen=True, slots=True)
class Link:
    """One way out. A `join` leads where other links lead too; a `jump` leads back or across."""

    source: str
    way: str
    label: str
    target: str | None
    kind: Kind

    @property
    def id(self) -> str:
        """Unique in the flow, and the same as long as source and way are."""
        return f"{self.source}:{self.way}"


@dataclass(slots=True)
class Skeleton:
    """`roots` begin with the trigger; the others are steps that nobody reaches."""

    roots: list[str] = field(default_factory=list)
    links: dict[str, list[Link]] = field(default_factory=dict)
    joins: dict[str, list[str]] = field(default_factory=dict)
    """By the last step that all ways to them have in common, in topological order."""


def skeleton(flow: Flow) -> Skeleton:
    """Every link of the flow sorted by kind; each step belongs to exactly one root."""
    ways = _ways(flow)
    found, owner = Skeleton(), dict[str, str]()
    for root in _roots(ways):
        if root in owner:
            continue
        order, back = _walk(root, ways, owner)
        incoming = _incoming(order, ways, owner, back)
        found.roots.append(root)
        for key in order:
            found.links[key] = [_kind(link, owner, back, incoming) for link in ways[key]]
        _place_joins(found, order, incoming)
    return found


def _ways(flow: Flow) -> dict[str, list[Link]]:
    """The ways out of each step as written; a link to a step that is not there is an end."""
    known = flow.by_id
    entry = flow.entry_action_id if flow.entry_action_id in known else None
    ways = {TRIGGER: [Link(TRIGGER, "next", "", entry, "tree")]}
    for key, action in known.items():
        ways[key] = [
            Link(key, way.name, way.label, way.target if way.target in known else None, "tree")
            for way in action.ways()
        ]
    return ways


def _roots(ways: dict[str, list[Link]]) -> list[str]:
    """The trigger, the steps without predecessor, then all others (rings have no first step)."""
    targets = {link.target for links in ways.values() for link in links}
    return [*(key for key in ways if key not in targets), *(key for key in ways if key in targets)]


def _walk(
    root: str, ways: dict[str, list[Link]], owner: dict[str, str]
) -> tuple[list[str], set[str]]:
    """The root's steps in topological order, first ways first, and the ids of links that lead back.

    Walked from the last way to the first, since the order is that of finishing, reversed.
    """
    owner[root] = root
    finished: list[str] = []
    active, back = {root}, set[str]()
    stack = [(root, reversed(ways[root]))]
    while stack:
        key, links = stack[-1]
        link = next(links, None)
        if link is None:
            finished.append(key)
            active.discard(key)
            stack.pop()
        elif link.target in active:
            back.add(link.id)
        elif link.target is not None and link.target not in owner:
            owner[link.target] = root
            active.add(link.target)
            stack.append((link.target, reversed(ways[link.target])))
    return finished[::-1], back


def _incoming(
    order: list[str], ways: dict[str, list[Link]], owner: dict[str, str], back: set[str]
) -> dict[str, list[str]]:
    """Sources of the links into each step of one root, one entry a link."""
    incoming: dict[str, list[str]] = {key: [] for key in order}
    for key in order:
        for link in ways[key]:
            if link.target in incoming and link.id not in back:
                incoming[link.target].append(key)
    return incoming


def _kind(
    link: Link, owner: dict[str, str], back: set[str], incoming: dict[str, list[str]]
) -> Link:
    kind: Kind = "tree"
    if link.target is None:
        kind = "end"
    elif link.id in back or link.target not in incoming:
        kind = "jump"
    elif len(incoming[link.target]) > 1:
        kind = "join"
    return Link(link.source, link.way, link.label, link.target, kind)


def _place_joins(found: Skeleton, order: list[str], incoming: dict[str, list[str]]) -> None:
    """Hang each rejoin under the last step that all ways to it have in common (its dominator)."""
    above: dict[str, str] = {}
    depth = {order[0]: 0}
    for key in order[1:]:
        common, *others = incoming[key]
        for other in others:
            common = _common(common, other, above, depth)
        above[key], depth[key] = common, depth[common] + 1
        if len(incoming[key]) > 1:
            found.joins.setdefault(common, []).append(key)


def _common(one: str, other: str, above: dict[str, str], depth: dict[str, int]) -> str:
    while one != other:
        if depth[one] >= depth[other]:
            one = above[one]
        else:
            other = above[other]
    return one
