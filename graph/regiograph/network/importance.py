"""How important each entity is in the network."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from regiograph.network.ties import numbered, ties


def importance(graph: nx.MultiDiGraph[str]) -> Mapping[str, float]:
    """Return for each entity its PageRank (Brin and Page 1998) over ties, as a share of the greatest, from 0 to 1.

    Who is tied to nobody has none.
    """
    plain, nodes = numbered(ties(graph))
    tied = plain.subgraph([i for i in plain if plain.degree(i)])
    if not tied:
        return dict.fromkeys(nodes, 0.0)
    ranks = nx.pagerank(tied, weight="weight")
    most = max(ranks.values())
    return {node: round(ranks.get(i, 0.0) / most, 6) for i, node in enumerate(nodes)}


def ranked(graph: nx.MultiDiGraph[str], rank: Mapping[str, float] | None = None) -> tuple[str, ...]:
    """Return the entities, the most important first; of equals, the one told in more articles, then by IRI.

    `rank` is their importance, where it is known already.
    """
    rank = importance(graph) if rank is None else rank
    return tuple(sorted(graph, key=lambda node: (-rank[node], -int(graph.nodes[node]["articles"]), node)))
