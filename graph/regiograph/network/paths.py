"""How two entities are tied: the best paths between them, each step with the fact that makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import networkx as nx

from regiograph.errors import QueryError
from regiograph.network.ties import strength

_PLACES = frozenset({"Country", "Sector"})  # nearly everything lies in one


@dataclass(frozen=True, slots=True)
class Step:
    """From one entity to the next by a fact; `forward` says that the fact's subject is `source`."""

    source: str
    target: str
    fact: str
    forward: bool

    @property
    def ends(self) -> tuple[str, str]:
        """Subject and object of the fact."""
        return (self.source, self.target) if self.forward else (self.target, self.source)


Path = tuple[Step, ...]


def paths(
    graph: nx.MultiDiGraph[str], source: str, target: str, *, at_most: int = 3, steps: int | None = None
) -> tuple[Path, ...]:
    """Return up to `at_most` paths (Yen 1971), the best first; none if nothing ties the two.

    A path is the better, the fewer and the better told its steps are, and the less it goes by way of what everything is
    tied to. With `steps`, none has more.

    Raises:
        QueryError: one of them is not in the network.
    """
    for end in (source, target):
        if end not in graph:
            raise QueryError(f"nothing in the network is <{end}>")
    if source == target:
        return ()
    weighted: nx.Graph[str] = nx.Graph()
    weighted.add_nodes_from(sorted(graph))
    for one, other, key, told in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        if one != other and cost(told) < weighted.get_edge_data(one, other, {"told": 9.0})["told"]:
            weighted.add_edge(one, other, told=cost(told), fact=key, subject=one)
    tolls = {node: toll(graph.nodes[node]["type"], degree) for node, degree in weighted.degree}
    for one, other, edge in weighted.edges(data=True):
        edge["weight"] = edge["told"] + (tolls[one] + tolls[other]) / 2
    try:
        found = list(islice(_ways(weighted, source, target, steps), at_most))
    except nx.NetworkXNoPath:
        return ()
    return tuple(_steps(weighted, nodes) for nodes in found)


def _ways(weighted: nx.Graph[str], source: str, target: str, steps: int | None) -> Iterator[list[str]]:
    if steps is None:
        return iter(nx.shortest_simple_paths(weighted, source, target, weight="weight"))
    return _short(weighted, source, target, steps)


def _short(weighted: nx.Graph[str], source: str, target: str, steps: int) -> Iterator[list[str]]:
    """Yield the simple paths of so many steps and no more, the best first.

    A path of so many steps in the network is one from layer to layer in as many copies of it.
    """
    near = nx.single_source_shortest_path_length(weighted, source, steps)
    back = nx.single_source_shortest_path_length(weighted, target, steps)
    reach = weighted.subgraph([n for n in weighted if near.get(n, steps + 1) + back.get(n, steps + 1) <= steps])
    layers: nx.DiGraph[tuple[str, int]] = nx.DiGraph()
    layers.add_nodes_from([(source, 0), (target, -1)])
    for one, other, edge in reach.edges(data=True):
        for start, end in ((one, other), (other, one)):
            for layer in range(near[start], steps):
                layers.add_edge((start, layer), (end, layer + 1), weight=edge["weight"])
    layers.add_weighted_edges_from(((target, layer), (target, -1), 0.0) for layer in range(1, steps + 1))
    for way in nx.shortest_simple_paths(layers, (source, 0), (target, -1), weight="weight"):
        nodes = [node for node, _ in way[:-1]]
        if len(set(nodes)) == len(nodes):
            yield nodes


def cost(told: Mapping[str, Any]) -> float:
    """Return what a step by a fact costs, from 1 to 2: the less, the better the fact is told."""
    return round(2 - strength(told), 3)


def toll(kind: str, degree: int) -> float:
    """Return what it costs to pass by an entity of a type and with so many neighbours."""
    return round((degree.bit_length() - 1) / 6 + (1 if kind in _PLACES else 0), 3)


def _steps(weighted: nx.Graph[str], nodes: list[str]) -> Path:
    edges = [(one, other, weighted.edges[one, other]) for one, other in pairwise(nodes)]
    return tuple(Step(one, other, edge["fact"], edge["subject"] == one) for one, other, edge in edges)
