"""How important each entity is in the network."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from regiograph.network.ties import numbered, ties


def importance(graph: nx.MultiDiGraph[str]) -> Mapping[str, float]:
    """Return for each entity its PageRank (Brin and Page 1998) over ties, as a share of the greatest, from 0 to 1."""
    plain, nodes = numbered(ties(graph))
    if not nodes:
        return {}
    ranks = nx.pagerank(plain, weight="weight")
    most = max(ranks.values())
    return {node: round(ranks[i] / most, 6) for i, node in enumerate(nodes)}


def ranked(graph: nx.MultiDiGraph[str]) -> tuple[str, ...]:
    """Return the entities, the most important first; of equals, the one told in more articles, then by IRI."""
    rank = importance(graph)
    return tuple(sorted(graph, key=lambda node: (-rank[node], -int(graph.nodes[node]["articles"]), node)))
