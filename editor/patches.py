"""The difference between two pictures, as the page is told it: what only moved travels short."""

from __future__ import annotations

from typing import Any

from editor.layout import Point, Route, Spot
from editor.view import Card, View


def difference(before: View | None, after: View) -> dict[str, Any]:
    """A patch on the page that shows `before`; None: a patch with the base -1, which has it all.

    `nodes` and `edges` are new or changed, `moved` are new places of cards by id, `slid` is by
    how much an edge has moved without changing its shape, `gone` are ids of both.
    """
    shown = before or View(-1, {}, {}, {})
    return {
        "base": shown.revision,
        "revision": after.revision,
        "gone": [
            *(key for key in shown.cards if key not in after.cards),
            *(key for key in shown.edges if key not in after.edges),
        ],
        **_cards(shown, after),
        **_edges(shown, after),
    }


def _cards(before: View, after: View) -> dict[str, Any]:
    nodes, moved = [], {}
    for key, card in after.cards.items():
        spot, old = after.spots[key], before.spots.get(key)
        if old is None or _size(old) != _size(spot) or before.cards[key] != card:
            nodes.append(_node(card, spot))
        elif old != spot:
            moved[key] = (spot.x, spot.y)
    return {"nodes": nodes, "moved": moved}


def _edges(before: View, after: View) -> dict[str, Any]:
    edges, slid = [], {}
    for key, edge in after.edges.items():
        old = before.edges.get(key)
        if old == edge:
            continue
        by = _slide(old, edge) if old else None
        if by:
            slid[key] = by
        else:
            edges.append(_edge(edge))
    return {"edges": edges, "slid": slid}


def _slide(old: Route, new: Route) -> Point | None:
    """By how much the edge has moved; None where anything else is different."""
    if _words(old) != _words(new) or len(old.points) != len(new.points):
        return None
    dx, dy = new.plus[0] - old.plus[0], new.plus[1] - old.plus[1]
    same = all(
        b[0] - a[0] == dx and b[1] - a[1] == dy for a, b in zip(old.points, new.points, strict=True)
    )
    return (dx, dy) if same else None


def _words(edge: Route) -> tuple[str, str | None, str]:
    return edge.label, edge.target, edge.kind


def _size(spot: Spot) -> tuple[float, float]:
    return spot.width, spot.height


def _node(card: Card, spot: Spot) -> dict[str, Any]:
    return {name: getattr(card, name) for name in Card.__slots__} | {
        "spot": {name: getattr(spot, name) for name in Spot.__slots__}
    }


def _edge(edge: Route) -> dict[str, Any]:
    return {name: getattr(edge, name) for name in Route.__slots__}
