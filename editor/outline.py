"""Silhouettes of drawn blocks, so that branches stand as close as their shapes allow."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf


@dataclass(slots=True)
class Side:
    """One side of a block: (top, bottom, x) pieces without gaps, the deepest first.

    `shift` is added to every x, so that moving a block costs nothing.
    """

    pieces: deque[tuple[float, float, float]]
    shift: float = 0.0

    @property
    def depth(self) -> float:
        """The lowest y."""
        return self.pieces[0][1]

    def cover(self, upper: Side) -> None:
        """Put `upper` over the part of this side that stands at the same height."""
        while self.pieces and self.pieces[-1][1] <= upper.depth:
            self.pieces.pop()
        if self.pieces:
            _, bottom, x = self.pieces.pop()
            self.pieces.append((upper.depth, bottom, x))
        change = upper.shift - self.shift
        self.pieces.extend((top, bottom, x + change) for top, bottom, x in upper.pieces)

    def cut(self, y: float) -> None:
        """Forget what stands below `y`."""
        while self.pieces[0][0] >= y:
            self.pieces.popleft()
        top, bottom, x = self.pieces.popleft()
        self.pieces.appendleft((top, min(bottom, y), x))

    def hang(self, lower: Side) -> None:
        """Add `lower`, which begins where this side ends; the shorter of both is copied."""
        change = lower.shift - self.shift
        if len(lower.pieces) < len(self.pieces):
            moved = ((top, bottom, x + change) for top, bottom, x in reversed(lower.pieces))
            self.pieces.extendleft(moved)
        else:
            lower.pieces.extend((top, bottom, x - change) for top, bottom, x in self.pieces)
            self.pieces, self.shift = lower.pieces, lower.shift

    def raise_to(self, y: float) -> None:
        """Let the topmost piece begin at `y`."""
        _, bottom, x = self.pieces.pop()
        self.pieces.append((y, bottom, x))


@dataclass(slots=True)
class Outline:
    """Both sides of a block."""

    left: Side
    right: Side

    @classmethod
    def box(cls, top: float, bottom: float, half: float) -> Outline:
        """A box around x = 0."""
        return cls(Side(deque([(top, bottom, -half)])), Side(deque([(top, bottom, half)])))

    def move(self, dx: float) -> None:
        """Shift both sides."""
        self.left.shift += dx
        self.right.shift += dx

    def hang(self, lower: Outline) -> None:
        """Add what stands directly below."""
        self.left.hang(lower.left)
        self.right.hang(lower.right)

    def cut(self, y: float) -> None:
        """Forget what stands below `y`."""
        self.left.cut(y)
        self.right.cut(y)

    def raise_to(self, y: float) -> None:
        """Let both sides begin at `y`."""
        self.left.raise_to(y)
        self.right.raise_to(y)

    def beside(self, other: Outline) -> Outline:
        """Both blocks as one; `other` stands to the right and has been moved already."""
        left, right = self.left, other.right
        if other.left.depth > left.depth:
            other.left.cover(left)
            left = other.left
        if self.right.depth > right.depth:
            self.right.cover(right)
            right = self.right
        return Outline(left, right)


def clearance(left: Outline, right: Outline) -> float:
    """How far `right` must move so that it touches `left` without overlap."""
    first, second = reversed(left.right.pieces), reversed(right.left.pieces)
    change = left.right.shift - right.left.shift
    one, two = next(first, None), next(second, None)
    needed = -inf
    while one and two:
        if one[0] < two[1] and two[0] < one[1]:
            needed = max(needed, one[2] - two[2] + change)
        if one[1] <= two[1]:
            one = next(first, None)
        else:
            two = next(second, None)
    return 0.0 if needed == -inf else needed
