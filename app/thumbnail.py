"""A flow in miniature: the upper part of its layout as an SVG whose colours are the page's."""

from __future__ import annotations

from collections.abc import Iterator

from editor.layout import Layout, Route, Spot, lay_out
from editor.skeleton import TRIGGER
from flows.document import Flow

WIDTH, HEIGHT = 320.0, 150.0
MARGIN = 14.0
LARGEST, SMALLEST = 0.26, 0.13
"""Between these the flow is scaled to its width; what is larger still is cut off at the sides."""


def thumbnail(flow: Flow) -> str:
    """An SVG of 320 by 150 with the trigger in the middle of its top."""
    layout = lay_out(flow)
    scale = min(LARGEST, max(SMALLEST, (WIDTH - 2 * MARGIN) / max(layout.width, 1.0)))
    top = -MARGIN / scale
    bottom = top + HEIGHT / scale
    left = _middle(layout, bottom, WIDTH / scale) - WIDTH / scale / 2
    shapes = [*_edges(layout, bottom), *_cards(flow, layout, bottom)]
    box = f"{left:.0f} {top:.0f} {WIDTH / scale:.0f} {HEIGHT / scale:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'preserveAspectRatio="xMidYMin slice" aria-hidden="true">{"".join(shapes)}</svg>'
    )


def _middle(layout: Layout, bottom: float, width: float) -> float:
    """The middle of the cards in sight where they fit, else the trigger's."""
    seen = [spot for spot in layout.cards.values() if spot.y < bottom]
    left, right = min(s.x for s in seen), max(s.x + s.width for s in seen)
    return (left + right) / 2 if right - left <= width else 0.0


def _edges(layout: Layout, bottom: float) -> Iterator[str]:
    for edge in layout.edges:
        if edge.points and edge.points[0][1] < bottom:
            yield f'<path class="rp-thumb-edge" stroke-width="6" d="{_line(edge)}"/>'


def _line(edge: Route) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in edge.points)


def _cards(flow: Flow, layout: Layout, bottom: float) -> Iterator[str]:
    for key, spot in layout.cards.items():
        if spot.y < bottom:
            group = "trigger" if key == TRIGGER else flow.action(key).face.group
            yield from _card(spot, group)


def _card(spot: Spot, group: str) -> Iterator[str]:
    radius = spot.height / 2 if group == "timing" else 18
    yield (
        f'<rect class="rp-thumb-card" stroke-width="4" x="{spot.x:.0f}" y="{spot.y:.0f}" '
        f'width="{spot.width:.0f}" height="{spot.height:.0f}" rx="{radius:.0f}"/>'
    )
    side = spot.height * 0.52
    inset = (spot.height - side) / 2
    yield _block(f"rp-thumb-{group}", (spot.x + inset, spot.y + inset), (side, side))
    left, wide = spot.x + side + 2 * inset, spot.width - side - 4 * inset
    yield _block("rp-thumb-text", (left, spot.y + inset + 2), (wide * 0.9, side * 0.3))
    if group != "timing":
        yield _block(
            "rp-thumb-note", (left, spot.y + inset + side * 0.66), (wide * 0.6, side * 0.26)
        )


def _block(name: str, at: tuple[float, float], size: tuple[float, float]) -> str:
    return (
        f'<rect class="{name}" x="{at[0]:.0f}" y="{at[1]:.0f}" '
        f'width="{size[0]:.0f}" height="{size[1]:.0f}" rx="{min(size) * 0.28:.0f}"/>'
    )
