"""Networks beside NetworkX, over networks of every shape."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.network import Network

Links = list[tuple[int, int]]
NODES = 8
links_ = st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=24)


def both(links: Links) -> tuple[Network[int], nx.DiGraph[int]]:
    """The same nodes and links, in one order, for each side."""
    ours, theirs = Network(range(NODES)), nx.DiGraph()
    theirs.add_nodes_from(range(NODES))
    for start, end in links:
        ours.link(start, end)
        theirs.add_edge(start, end)
    return ours, theirs


@given(links_)
def test_nodes_are_met_depth_first(links: Links) -> None:
    ours, theirs = both(links)
    assert ours.inward() == list(nx.dfs_postorder_nodes(theirs))
    assert ours.inward((0,)) == list(nx.dfs_postorder_nodes(theirs, 0))


@given(links_)
def test_what_links_lead_to(links: Links) -> None:
    ours, theirs = both(links)
    assert ours.after(0) == nx.descendants(theirs, 0)
    assert ours.backwards().after(0) == nx.ancestors(theirs, 0)


@given(links_)
def test_nothing_is_reached_through_what_is_left_out(links: Links) -> None:
    ours, theirs = both(links)
    theirs.remove_node(1)
    assert ours.reach((0,), without=(1,)) == {0} | nx.descendants(theirs, 0)


@given(links_)
def test_what_every_path_passes_last(links: Links) -> None:
    ours, theirs = both(links)
    assert {**ours.gates(0), 0: None} == {**nx.immediate_dominators(theirs, 0), 0: None}


@given(links_)
def test_loops_are_nodes_that_lead_back_to_themselves(links: Links) -> None:
    ours, theirs = both(links)
    wanted = {frozenset(loop) for loop in nx.strongly_connected_components(theirs)}
    alone = {frozenset((node,)) for node in range(NODES) if not theirs.has_edge(node, node)}
    assert set(map(frozenset, ours.loops())) == wanted - alone


def test_a_link_brings_its_nodes_along() -> None:
    network = Network[str]()
    network.link("a", "b")
    assert list(network) == ["a", "b"]
    assert "b" in network


def test_a_network_of_many_nodes_in_a_line_is_no_matter() -> None:
    network = Network[int]()
    for node in range(20_000):
        network.link(node, node + 1)
    assert network.inward((0,))[0] == 20_000
    assert network.gates(0)[20_000] == 19_999


def test_a_node_that_is_not_there_leads_nowhere() -> None:
    with pytest.raises(KeyError):
        Network[str]().after("a")
