"""Where the nodes of a picture go."""

from __future__ import annotations

import itertools
import time

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regiograph.network.layout import Box, positions

BOX = Box(12, 12, 12)
LABELLED = Box(60, 12, 40)


def overlapping(places, boxes):
    """Return the pairs of nodes whose boxes share a point."""

    def meet(a, b):
        (ax, ay), (bx, by) = places[a], places[b]
        beside = abs(ax - bx) < boxes[a].half_width + boxes[b].half_width
        return beside and ay - boxes[a].above < by + boxes[b].below and by - boxes[b].above < ay + boxes[a].below

    return [pair for pair in itertools.combinations(places, 2) if meet(*pair)]


GRAPHS = {
    "star": nx.star_graph(60),
    "path": nx.path_graph(40),
    "complete": nx.complete_graph(25),
    "islands": nx.disjoint_union_all([nx.cycle_graph(n) for n in (3, 3, 4, 5, 12)] + [nx.empty_graph(30)]),
    "scale free": nx.barabasi_albert_graph(120, 2, seed=1),
    "alone": nx.empty_graph(90),
    "pair": nx.path_graph(2),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_no_box_lies_over_another(name):
    """Whatever its structure, no node or label of a graph covers another one."""
    graph = GRAPHS[name]
    boxes = {node: LABELLED if node % 5 == 0 else BOX for node in graph}
    places = positions(graph, boxes)
    assert set(places) == set(graph)
    assert overlapping(places, boxes) == []


@given(st.integers(1, 24).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.tuples(*[st.integers(0, n - 1)] * 2)))))
@settings(max_examples=60, deadline=None)
def test_any_graph_gets_distinct_finite_places(sized):
    """Every simple graph, self-loops included, is laid out without overlap."""
    count, edges = sized
    graph = nx.empty_graph(count)
    graph.add_edges_from(edges)
    boxes = dict.fromkeys(graph, BOX)
    assert overlapping(positions(graph, boxes), boxes) == []


def test_positions_do_not_depend_on_the_order_of_nodes_and_edges():
    """The same graph built in another order gets the same positions, and again the second time."""
    graph = nx.barabasi_albert_graph(60, 2, seed=3)
    other = nx.Graph()
    other.add_nodes_from(reversed(list(graph)))
    other.add_edges_from((v, u) for u, v in reversed(list(graph.edges())))
    boxes = dict.fromkeys(graph, BOX)
    assert positions(graph, boxes) == positions(graph, boxes) == positions(other, boxes)


def test_a_graph_fills_the_window():
    """The picture of a connected graph comes close to the width and height asked for, whatever its aspect."""
    graph = nx.barabasi_albert_graph(60, 1, seed=2)
    places = positions(graph, dict.fromkeys(graph, BOX), width=1000, height=500)
    xs, ys = zip(*places.values(), strict=True)
    assert 850 <= max(xs) - min(xs) <= 1100
    assert 400 <= max(ys) - min(ys) <= 600


def test_neighbours_are_nearer_than_strangers():
    """An edge is shorter on average than the distance of two nodes that share none."""
    graph = nx.random_regular_graph(3, 40, seed=4)
    places = positions(graph, dict.fromkeys(graph, BOX))

    def mean(pairs):
        lengths = [((places[u][0] - places[v][0]) ** 2 + (places[u][1] - places[v][1]) ** 2) ** 0.5 for u, v in pairs]
        return sum(lengths) / len(lengths)

    assert mean(graph.edges()) < 0.6 * mean(nx.non_edges(graph))


def test_no_node_no_position():
    """HOSTILE 78: an empty graph and one node are pictures too."""
    assert positions(nx.Graph(), {}) == {}
    assert positions(nx.empty_graph(1), {0: BOX}) == {0: (0, 0)}


@pytest.mark.slow
def test_three_hundred_nodes_are_laid_out_in_seconds():
    """What the page draws at most takes less than three seconds of processor time."""
    graph = nx.barabasi_albert_graph(300, 2, seed=5)
    start = time.process_time()
    positions(graph, {node: LABELLED if node < 40 else BOX for node in graph})
    assert time.process_time() - start < 3
