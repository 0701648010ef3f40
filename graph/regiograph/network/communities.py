"""Which entities hang together more than with the rest."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from regiograph.network.importance import importance
from regiograph.network.ties import numbered, ties

SMALLEST = 3
"""Fewer entities are no community: two that a fact ties are a pair."""

_SEED = 1


def communities(
    graph: nx.MultiDiGraph[str], rank: Mapping[str, float] | None = None
) -> tuple[tuple[str, ...], ...]:  # fmt: skip
    """Return the communities (Louvain, Blondel et al. 2008, by the weight of ties) of SMALLEST entities and more.

    The largest comes first; within each, the most important entity. The same graph has the same communities.
    `rank` is the importance of the entities, where it is known already.
    """
    plain, nodes = numbered(ties(graph))
    if plain.number_of_edges() == 0:
        return ()
    rank = importance(graph) if rank is None else rank
    found = nx.community.louvain_communities(plain, weight="weight", seed=_SEED)
    members = (sorted((nodes[i] for i in each), key=lambda node: (-rank[node], node)) for each in found)
    return tuple(sorted(map(tuple, (m for m in members if len(m) >= SMALLEST)), key=lambda m: (-len(m), m)))


def membership(found: tuple[tuple[str, ...], ...]) -> Mapping[str, int]:
    """Return the number of each member's community."""
    return {node: i for i, members in enumerate(found) for node in members}
