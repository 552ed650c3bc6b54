"""Where each card stands and how each link runs, from the Flow alone: pure, and O(n) in steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from editor.blocks import GAP, PLUS, SPLIT_PLUS, Placement, Size, resolve
from editor.skeleton import TRIGGER, Kind, Link, Skeleton, skeleton
from flows.document import Flow

CARD: Size = (300.0, 76.0)
PILL: Size = (232.0, 44.0)
"""Steps that only wait."""
BAR = 24.0
"""From a split to the bar that its branches hang on."""
LABEL = 50.0
"""From a split to the middle of its branches' labels."""
TURN = 26.0
"""From a rejoin up to where the links to it meet."""
APART = 120.0
"""Between the flow and what nobody reaches."""

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Route:
    """One way out as drawn: corners of the line, the places of its + and of its label.

    An `end` or `jump` leads to the small pill at `Layout.ends[id]`.
    """

    id: str
    source: str
    way: str
    label: str
    target: str | None
    kind: Kind
    points: tuple[Point, ...]
    plus: Point
    label_at: Point | None


@dataclass(frozen=True, slots=True)
class Layout:
    """`cards` by action id and TRIGGER; the trigger's centre is x = 0, its top y = 0."""

    cards: dict[str, Spot]
    ends: dict[str, Spot]
    edges: tuple[Route, ...]
    left: float
    width: float
    height: float
    apart: frozenset[str]
    """Ids of steps that nobody reaches."""


def lay_out(flow: Flow) -> Layout:
    """Top-down, branches side by side, rejoins below all they join, unreached steps at the side."""
    bones = skeleton(flow)
    placement = Placement(bones, _sizes(flow))
    main, *others = bones.roots
    xs = resolve(placement.place(main))
    reached = frozenset(xs)
    _place_apart(placement, others, xs)
    spots = {
        key: _spot(xs[key], placement.tops[key], size) for key, size in placement.sizes.items()
    }
    cards = {key: spots[key] for key in bones.links}
    ends = {key: spot for key, spot in spots.items() if key not in cards}
    edges = tuple(_route(link, placement, xs, cards) for link in _links(bones))
    left = min(spot.x for spot in spots.values())
    return Layout(
        cards,
        ends,
        edges,
        left=left,
        width=max(spot.x + spot.width for spot in spots.values()) - left,
        height=max(spot.y + spot.height for spot in spots.values()),
        apart=frozenset(key for key in cards if key not in reached),
    )


def _sizes(flow: Flow) -> dict[str, Size]:
    waits = {key: action.face.group == "timing" for key, action in flow.by_id.items()}
    return {TRIGGER: CARD} | {key: PILL if wait else CARD for key, wait in waits.items()}


def _links(bones: Skeleton) -> list[Link]:
    return [link for links in bones.links.values() for link in links]


def _place_apart(placement: Placement, roots: Sequence[str], xs: dict[str, float]) -> None:
    """Roots that nobody reaches, each a column to the right of all before."""
    for root in roots:
        placed = resolve(placement.place(root, CARD[1] + GAP))
        right = max(x + _half(placement, key) for key, x in xs.items())
        left = min(x - _half(placement, key) for key, x in placed.items())
        xs.update((key, x + right + APART - left) for key, x in placed.items())


def _half(placement: Placement, key: str) -> float:
    return placement.sizes.get(key, (0.0, 0.0))[0] / 2


def _spot(centre: float, top: float, size: Size) -> Spot:
    return Spot(centre - size[0] / 2, top, size[0], size[1])


def _route(link: Link, placement: Placement, xs: dict[str, float], cards: dict[str, Spot]) -> Route:
    start, foot = xs[link.source], cards[link.source].y + cards[link.source].height
    split = len(placement.flow.links[link.source]) > 1
    x = xs[link.id]
    points = [(start, foot)]
    if split:
        points += [(start, foot + BAR), (x, foot + BAR)]
    for number, y in enumerate(placement.bends.get(link.id, ())):
        lane = xs[f"{link.id}#{number}"]
        points += [(points[-1][0], y), (lane, y)]
    points += _arrival(link, points[-1][0], placement, xs)
    return Route(
        link.id,
        link.source,
        link.way,
        link.label,
        link.target,
        link.kind,
        _straight(points),
        plus=(x, foot + (SPLIT_PLUS if split else PLUS)),
        label_at=(x, foot + LABEL) if link.label else None,
    )


def _arrival(link: Link, x: float, placement: Placement, xs: dict[str, float]) -> list[Point]:
    if link.kind == "join" and link.target:
        top, end = placement.tops[link.target], xs[link.target]
        return [(x, top - TURN), (end, top - TURN), (end, top)]
    key = link.target if link.kind == "tree" and link.target else link.id
    return [(x, placement.tops[key])]


def _straight(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same line without corners at which it does not turn."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and any(kept[-2][i] == kept[-1][i] == point[i] for i in (0, 1)):
            kept.pop()
        kept.append(point)
    return tuple(kept)
