"""The flow as a graph: order, reachability, loops, rejoins and the time that its paths take."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

import networkx as nx

from flows.actions.base import Action
from flows.actions.time_delay import TimeDelay
from flows.document import Flow

ENTRY = ""
"""The node from which people enter; no action has this id."""
_END = "\0end"
_SPANS = {
    "minutes": (timedelta(minutes=1), timedelta()),
    "hours": (timedelta(hours=1), timedelta(minutes=1)),
    "days": (timedelta(days=1), timedelta(hours=1)),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where a step can stand: behind one way out of a step, or at the entry (None)."""

    action_id: str | None
    way: str = "next"


ENTRANCE = Slot(None)


def slots(flow: Flow) -> tuple[Slot, ...]:
    """Every place of the flow, the entry first, then by step and way as written."""
    ways = (Slot(action.key, way.name) for action in flow.actions for way in action.ways())
    return (ENTRANCE, *ways)


def target(flow: Flow, slot: Slot) -> str | None:
    """The id that the place leads to, whether or not the flow holds it; None is the end."""
    if slot.action_id is None:
        return flow.entry_action_id
    ways = flow.action(slot.action_id).ways()
    return next((way.target for way in ways if way.name == slot.way), None) or None


def incoming(flow: Flow) -> dict[str, tuple[Slot, ...]]:
    """For each step of the flow the places that lead to it, in the order of `slots`."""
    found: dict[str, list[Slot]] = {action.key: [] for action in flow.actions}
    for slot, end in _links(flow):
        if end in found:
            found[end].append(slot)
    return {action_id: tuple(places) for action_id, places in found.items()}


def dangling(flow: Flow) -> tuple[tuple[Slot, str], ...]:
    """Places that lead to a step which the flow does not hold, each with the missing id."""
    return tuple((slot, end) for slot, end in _links(flow) if end and end not in flow.by_id)


def ends(flow: Flow) -> tuple[Slot, ...]:
    """Places behind which the flow is over."""
    return tuple(slot for slot, end in _links(flow) if end is None)


def network(flow: Flow) -> nx.DiGraph[str]:
    """The steps and links that hold, with ENTRY; nodes and edges stand last to first as written."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(action.key for action in reversed(flow.actions))
    graph.add_node(ENTRY)
    for slot, end in reversed(_links(flow)):
        if end in flow.by_id:
            graph.add_edge(slot.action_id or ENTRY, end)
    return graph


def order(flow: Flow) -> tuple[str, ...]:
    """All steps, each after what leads to it (but for loops), first ways before later ones.

    Detached steps stand last, unless they lead to reachable ones: then first.
    """
    graph = network(flow)
    entered = list(reversed(list(nx.dfs_postorder_nodes(graph, ENTRY))))
    known = set(entered)
    loose = [node for node in reversed(list(nx.dfs_postorder_nodes(graph))) if node not in known]
    first: list[str] = []
    for node in reversed(loose):
        if not known.isdisjoint(graph.succ[node]):
            first.append(node)
            known.add(node)
    last = (node for node in loose if node not in known)
    return (*reversed(first), *entered[1:], *last)


def reachable(flow: Flow) -> frozenset[str]:
    """The steps at which somebody who enters can arrive."""
    return frozenset(nx.descendants(network(flow), ENTRY))


def descendants(flow: Flow, action_id: str) -> frozenset[str]:
    """The steps that can come after this one; itself too if it stands in a loop."""
    graph = network(flow)
    after = set(nx.descendants(graph, action_id))
    loops = any(action_id in graph.succ[node] for node in (*after, action_id))
    return frozenset(after | {action_id} if loops else after)


def owned(flow: Flow, action_id: str) -> frozenset[str]:
    """The steps that only this one leads to: without it nobody arrives there any more."""
    graph = network(flow)
    mine = set(nx.descendants(graph, action_id)) - {action_id}
    others = [node for node in graph if node not in mine and node != action_id]
    graph.remove_node(action_id)
    kept: set[str] = set()
    for node in others:
        kept.update(end for end in graph.succ[node] if end in mine and end not in kept)
    alive = set().union(kept, *(nx.descendants(graph, node) for node in kept))
    return frozenset(mine - alive)


def passages(flow: Flow) -> dict[str, tuple[Slot, ...]]:
    """For each step that is reached the places through which everybody comes, in their order."""
    graph: nx.DiGraph[str | Slot] = nx.DiGraph()
    graph.add_node(ENTRY)
    for slot, end in _links(flow):
        if end in flow.by_id:
            graph.add_edge(slot.action_id or ENTRY, slot)
            graph.add_edge(slot, end)
    above = nx.immediate_dominators(graph, ENTRY)
    found: dict[str | Slot, tuple[Slot, ...]] = {ENTRY: ()}
    for node in nx.dfs_preorder_nodes(graph, ENTRY):
        if node not in found:
            _collect(node, above, found)
    return {action_id: found[action_id] for action_id in flow.by_id if action_id in found}


def _collect(
    node: str | Slot, above: dict[str | Slot, str | Slot], found: dict[str | Slot, tuple[Slot, ...]]
) -> None:
    """The places above a node, from the first ancestor on that is known already."""
    line = [node]
    while (higher := above[line[-1]]) not in found:
        line.append(higher)
    for one in reversed(line):
        passed = found[above[one]]
        found[one] = (*passed, one) if isinstance(one, Slot) else passed


def between(flow: Flow, slot: Slot, action_id: str) -> frozenset[str]:
    """The steps that can come after this place and before that step."""
    head = target(flow, slot)
    if head not in flow.by_id or head == action_id:
        return frozenset()
    graph = network(flow)
    after = {head, *nx.descendants(graph, head)}
    before = nx.ancestors(graph, action_id)
    return frozenset((after & before) - {action_id})


def meeting(flow: Flow, action_id: str) -> str | None:
    """The first step that every path behind this one comes to; None where they stay apart."""
    graph = network(flow)
    graph.add_edges_from((node, _END) for node in _leaving(flow))
    backwards = graph.reverse()
    nearest = nx.immediate_dominators(backwards, _END).get(action_id) if _END in graph else None
    return None if nearest in (None, _END, action_id) else nearest


def _leaving(flow: Flow) -> Iterator[str]:
    for slot, end in _links(flow):
        if slot.action_id is not None and end not in flow.by_id:
            yield slot.action_id


def cycles(flow: Flow) -> tuple[tuple[str, ...], ...]:
    """The loops: groups of steps that lead back to themselves, each in the order of `order`."""
    graph = network(flow)
    place = {action_id: i for i, action_id in enumerate(order(flow))}
    loops = [
        tuple(sorted(group, key=place.__getitem__))
        for group in nx.strongly_connected_components(graph)
        if len(group) > 1 or any(graph.has_edge(node, node) for node in group)
    ]
    return tuple(sorted(loops, key=lambda loop: place[loop[0]]))


def rejoins(flow: Flow) -> tuple[str, ...]:
    """The steps to which more than one place leads, in the order of `order`."""
    places = incoming(flow)
    return tuple(action_id for action_id in order(flow) if len(places[action_id]) > 1)


def paths(flow: Flow, action_id: str, *, limit: int = 100) -> tuple[tuple[Slot, ...], ...]:
    """Ways from the entry to a step, shortest first and none in circles, at most `limit`."""
    return tuple(islice(_paths(flow, action_id), limit))


def _paths(flow: Flow, action_id: str) -> Iterator[tuple[Slot, ...]]:
    leads = {action_id, *nx.ancestors(network(flow), flow.action(action_id).key)}
    waiting: deque[tuple[Slot, ...]] = deque([(ENTRANCE,)])
    while waiting:
        path = waiting.popleft()
        end = target(flow, path[-1])
        if end == action_id:
            yield path
        elif end in leads and end in flow.by_id and all(slot.action_id != end for slot in path):
            waiting.extend((*path, Slot(end, way.name)) for way in flow.action(end).ways())


def pause(action: Action) -> timedelta:
    """How long a step holds everybody up at least; times of day and dates count as nothing."""
    if not isinstance(action, TimeDelay):
        return timedelta()
    major, minor = _SPANS[action.data.unit]
    try:
        span = action.data.value * major + (action.data.secondary_value or 0) * minor
    except OverflowError:
        return timedelta.max
    return max(span, timedelta())


def longest(flow: Flow) -> timedelta:
    """The time that delays take on the slowest path from the entry; a loop counts once."""
    arrives: dict[str | None, timedelta] = {flow.entry_action_id: timedelta()}
    slowest = timedelta()
    for action_id in order(flow):
        if action_id not in arrives:
            continue
        action = flow.action(action_id)
        leaves = _sum(arrives[action_id], pause(action))
        slowest = max(slowest, leaves)
        for way in action.ways():
            arrives[way.target] = max(arrives.get(way.target, timedelta()), leaves)
    return slowest


def _sum(first: timedelta, second: timedelta) -> timedelta:
    return first + second if second < timedelta.max - first else timedelta.max


def _links(flow: Flow) -> tuple[tuple[Slot, str | None], ...]:
    ways = (
        (Slot(action.key, way.name), way.target or None)
        for action in flow.actions
        for way in action.ways()
    )
    return ((ENTRANCE, flow.entry_action_id or None), *ways)
