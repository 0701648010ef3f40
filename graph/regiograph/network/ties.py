"""The network as a simple graph: one tie between two entities, the heavier the better it is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import networkx as nx

_DOUBT = 0.5  # of a tie that is planned or proposed


def ties(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return an undirected graph without loops, nodes and edges in the order of their names.

    `weight` is the sum of the confidences of a tie's facts, half of each that is not told as fact; `keys` are the
    facts' IRIs.
    """
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    for source, target, key, told in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        if source == target:
            continue
        if not simple.has_edge(source, target):
            simple.add_edge(source, target, weight=0.0, keys=())
        edge = simple.edges[source, target]
        edge["weight"] += strength(told)
        edge["keys"] += (key,)
    return simple


def strength(told: Mapping[str, Any]) -> float:
    """Return how well a fact is told, from 0 to 1."""
    return round(float(told["confidence"]), 2) * (1 if told["modality"] == "asserted" else _DOUBT)


def numbered(simple: nx.Graph[str]) -> tuple[nx.Graph[int], tuple[str, ...]]:
    """Return the graph with numbers for nodes, and the nodes by number.

    Algorithms of networkx iterate over sets; those of numbers, unlike those of strings, are in the same order in every
    process.
    """
    nodes = tuple(simple)
    numbers = {node: i for i, node in enumerate(nodes)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(nodes)))
    plain.add_weighted_edges_from((numbers[u], numbers[v], told["weight"]) for u, v, told in simple.edges(data=True))
    return plain, nodes


def of_types(graph: nx.MultiDiGraph[str], types: Collection[str]) -> nx.MultiDiGraph[str]:
    """Return the network of the entities of these types alone; no types are all types."""
    if not types:
        return graph
    return nx.MultiDiGraph(graph.subgraph([node for node, known in graph.nodes(data=True) if known["type"] in types]))
