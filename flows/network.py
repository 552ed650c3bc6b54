"""Nodes and links between them: order, reach, loops, and what every path passes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)


class Network(Generic[N]):
    """A directed graph, its nodes and the links of each in the order in which they were added."""

    def __init__(self, nodes: Iterable[N] = ()) -> None:
        self.ends: dict[N, dict[N, None]] = {node: {} for node in nodes}
        """Where the links of each node lead."""

    def __contains__(self, node: object) -> bool:
        return node in self.ends

    def __iter__(self) -> Iterator[N]:
        return iter(self.ends)

    def link(self, start: N, end: N) -> None:
        """A link between two nodes, which join the network if they are new."""
        self.ends.setdefault(start, {})[end] = None
        self.ends.setdefault(end, {})

    def backwards(self) -> Network[N]:
        """The same nodes with every link the other way round."""
        turned = Network(self.ends)
        for start, ends in self.ends.items():
            for end in ends:
                turned.ends[end][start] = None
        return turned

    def reach(self, starts: Iterable[N], *, without: Iterable[N] = ()) -> set[N]:
        """The starts, and all that links lead to from there but through the nodes left out."""
        waiting = list(starts)
        found, left_out = set(waiting), set(without)
        while waiting:
            for end in self.ends[waiting.pop()]:
                if end not in found and end not in left_out:
                    found.add(end)
                    waiting.append(end)
        return found

    def after(self, node: N) -> set[N]:
        """All other nodes that links lead to from this one."""
        return self.reach((node,)) - {node}

    def inward(self, starts: Iterable[N] | None = None) -> list[N]:
        """Nodes depth first, each behind those that it leads to; from all nodes unless told."""
        found: list[N] = []
        seen: set[N] = set()
        for start in self.ends if starts is None else starts:
            if start in seen:
                continue
            seen.add(start)
            line = [(start, iter(self.ends[start]))]
            while line:
                node, ends = line[-1]
                following = next((end for end in ends if end not in seen), None)
                if following is None:
                    found.append(node)
                    line.pop()
                else:
                    seen.add(following)
                    line.append((following, iter(self.ends[following])))
        return found

    def gates(self, start: N) -> dict[N, N]:
        """For each node that is reached the last one that every path to it passes before it.

        By the algorithm of Cooper, Harvey and Kennedy (2001); the start is its own.
        """
        outward = self.inward((start,))[::-1]
        place = {node: i for i, node in enumerate(outward)}
        leading = self.backwards().ends
        found, changed = {start: start}, True
        while changed:
            changed = False
            for node in outward[1:]:
                gate: N | None = None
                for before in leading[node]:
                    if before in found:
                        gate = before if gate is None else _shared(gate, before, found, place)
                if gate is not None and (node not in found or found[node] != gate):
                    found[node], changed = gate, True
        return found

    def loops(self) -> Iterator[set[N]]:
        """The groups of nodes that lead to each other; a single one only if it leads to itself."""
        back, seen = self.backwards(), set[N]()
        for node in reversed(self.inward()):
            if node not in seen:
                group = back.reach((node,), without=seen)
                seen |= group
                if len(group) > 1 or node in self.ends[node]:
                    yield group


def _shared(one: N, other: N, gates: dict[N, N], place: dict[N, int]) -> N:
    """The last gate that two nodes have in common."""
    while one != other:
        while place[one] > place[other]:
            one = gates[one]
        while place[other] > place[one]:
            other = gates[other]
    return one
