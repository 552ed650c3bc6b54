"""Placing a flow's steps: a block a branch, branches side by side, rejoins below what they join.

Heights are absolute; x counts from the block's own origin until `resolve` adds it all up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import TypeAlias

from editor.outline import Outline, Side, clearance
from editor.skeleton import Link, Skeleton

GAP = 56.0
"""From a card to the next below it."""
SPLIT_GAP = 112.0
"""The same below a split: room for the bar, the label and the +."""
PLUS = 28.0
"""From a card to the + below it."""
SPLIT_PLUS = 84.0
JOIN_GAP = 62.0
"""From the last + or card of what joins to the card of the rejoin."""
LANE = 14.0
SIDE_GAP = 44.0
CORRIDOR = 22.0
"""Half the width kept free around a link on its way down to a rejoin."""
NUMBER = 40.0
"""The same beside a +, where the number of a run stands."""

Size: TypeAlias = tuple[float, float]
END: Size = (72.0, 28.0)
JUMP: Size = (150.0, 28.0)


@dataclass(slots=True)
class Block:
    """Something that moves as one: marks (x by key), inner blocks, links still on their way."""

    outline: Outline
    bottom: float
    """The lowest y of anything drawn; links on their way go deeper."""
    marks: list[tuple[str, float]] = field(default_factory=list)
    inner: list[tuple[Block, float]] = field(default_factory=list)
    open: list[tuple[Link, float]] = field(default_factory=list)
    ports: list[float] = field(default_factory=list)
    """Where links from above come in."""


Placing: TypeAlias = Generator[tuple[str, float], Block, Block]


class Placement:
    """The work of placing steps, root by root: `tops`, `bends` and the `sizes` of pills."""

    def __init__(self, flow: Skeleton, sizes: dict[str, Size]) -> None:
        self.flow = flow
        self.sizes = sizes
        self.tops: dict[str, float] = {}
        self.bends: dict[str, list[float]] = {}
        """By link id: heights at which it steps sideways, each with a mark `id#n` for its x."""

    def place(self, root: str, top: float = 0.0) -> Block:
        """The block of a root; calls wait on an own stack, for flows deeper than Python's."""
        stack: list[Placing] = [self._step(root, top)]
        answer: Block | None = None
        while stack:
            try:
                wanted = stack[-1].send(answer) if answer else next(stack[-1])
                stack.append(self._step(*wanted))
                answer = None
            except StopIteration as done:
                stack.pop()
                answer = done.value
        assert answer is not None
        return answer

    def _step(self, key: str, top: float) -> Placing:
        """A card at `top` and all that hangs below it; the card's centre is x = 0."""
        width, height = self.sizes[key]
        bottom = top + height
        self.tops[key] = top
        block = Block(Outline.box(top, bottom, (width + SIDE_GAP) / 2), bottom, [(key, 0.0)])
        block.ports = [0.0]
        links = self.flow.links[key]
        items: list[Block] = []
        for link in links:
            items.append((yield from self._branch(link, bottom, len(links) > 1)))
        for join in self.flow.joins.get(key, ()):
            yield from self._join(join, items)
        if items:
            _hang(block, row(items))
        return block

    def _branch(self, link: Link, bottom: float, split: bool) -> Placing:
        """What one way out leads to, below a card that ends at `bottom`."""
        gap, plus = (SPLIT_GAP, SPLIT_PLUS) if split else (GAP, PLUS)
        half = max(NUMBER, label_width(link.label) / 2 + 8)
        if link.kind == "tree" and link.target:
            block = yield link.target, bottom + gap
            block.outline.raise_to(bottom)
        elif link.kind == "join":
            foot = bottom + plus + 6
            outline = Outline.box(bottom, foot, half)
            outline.hang(Outline.box(foot, inf, CORRIDOR))
            block = Block(outline, foot, open=[(link, 0.0)], ports=[0.0])
        else:
            self.tops[link.id] = bottom + gap - 8
            self.sizes[link.id] = END if link.kind == "end" else JUMP
            foot = self.tops[link.id] + END[1]
            half = max(half, self.sizes[link.id][0] / 2 + 12)
            block = Block(Outline.box(bottom, foot, half), foot, ports=[0.0])
        block.marks.append((link.id, 0.0))
        return block

    def _join(self, key: str, items: list[Block]) -> Generator[tuple[str, float], Block, None]:
        """Put a rejoin below the blocks that lead to it, and make them one block."""
        at = [i for i, item in enumerate(items) if any(link.target == key for link, _ in item.open)]
        first, last = at[0], at[-1] + 1
        block = row(items[first:last])
        mine = [x for link, x in block.open if link.target == key]
        others = sorted(
            ((link, x) for link, x in block.open if link.target != key), key=lambda end: end[1]
        )
        centre, start = (min(mine) + max(mine)) / 2, block.bottom
        inner = yield key, start + JOIN_GAP + LANE * len(others)
        inner.outline.raise_to(start)
        inner.outline.move(centre)
        left = [end for end in others if end[1] < centre]
        block.open = [(link, x + centre) for link, x in inner.open]
        self._lanes(block, left[::-1], inner.outline.left, -1)
        self._lanes(block, others[len(left) :], inner.outline.right, 1)
        block.outline.cut(start)
        block.outline.hang(inner.outline)
        block.inner.append((inner, centre))
        block.bottom = inner.bottom
        items[first:last] = [block]

    def _lanes(self, block: Block, links: list[tuple[Link, float]], side: Side, out: int) -> None:
        """Lead links that are not for this rejoin around it, the nearest to it first."""
        if not links:
            return
        start = side.pieces[-1][0]
        edge = out * max(out * (x + side.shift) for _, _, x in side.pieces)
        for rank, (link, x) in enumerate(links):
            edge += out * LANE
            if out * x >= out * edge:
                edge = x
            else:
                bends = self.bends.setdefault(link.id, [])
                block.marks.append((f"{link.id}#{len(bends)}", edge))
                bends.append(start + LANE * (len(links) - rank))
            block.open.append((link, edge))
        side.pieces = deque([(start, inf, edge + out * CORRIDOR)])
        side.shift = 0.0


def _hang(card: Block, below: Block) -> None:
    """Put what comes below under the middle of its first and last branch."""
    centre = (below.ports[0] + below.ports[-1]) / 2
    below.outline.move(-centre)
    card.outline.hang(below.outline)
    card.bottom = below.bottom
    card.inner.append((below, -centre))
    card.open = [(link, x - centre) for link, x in below.open]


def row(items: Sequence[Block]) -> Block:
    """Blocks side by side, as close as their outlines allow, in the first one's coordinates."""
    if len(items) == 1:
        return items[0]
    outline, bottom = items[0].outline, items[0].bottom
    whole = Block(outline, bottom, inner=[(items[0], 0.0)])
    whole.open, whole.ports = list(items[0].open), list(items[0].ports)
    for item in items[1:]:
        dx = clearance(outline, item.outline)
        item.outline.move(dx)
        outline = outline.beside(item.outline)
        whole.bottom = max(whole.bottom, item.bottom)
        whole.inner.append((item, dx))
        whole.open += [(link, x + dx) for link, x in item.open]
        whole.ports += [x + dx for x in item.ports]
    whole.outline = outline
    return whole


def label_width(label: str) -> float:
    """About what a label's pill takes, in pixels."""
    return min(20 + 7.0 * len(label), 180.0) if label else 0.0


def resolve(block: Block, x: float = 0.0) -> dict[str, float]:
    """The absolute x of every mark."""
    found: dict[str, float] = {}
    stack = [(block, x)]
    while stack:
        one, origin = stack.pop()
        found.update((key, origin + dx) for key, dx in one.marks)
        stack.extend((inner, origin + dx) for inner, dx in one.inner)
    return found
