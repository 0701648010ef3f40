"""Parts of the network: what lies around some entities, and what ties them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import networkx as nx
import pyoxigraph as ox

from regiograph.network.projection import FACTS_AT_MOST, project


def around(
    quads: ox.Store, entities: Iterable[str], *, steps: int = 1, facts_at_most: int = FACTS_AT_MOST
) -> nx.MultiDiGraph[str]:
    """Return the network of all that is at most so many steps from the entities with these IRIs, and all ties among it.

    Nodes and edges are as `network.projection.project` makes them.
    """
    known = sorted(set(entities))
    for _ in range(steps):
        known = sorted({*known, *project(quads, about=known, facts_at_most=facts_at_most)})
    return among(quads, known, facts_at_most=facts_at_most)


def among(quads: ox.Store, entities: Collection[str], *, facts_at_most: int = FACTS_AT_MOST) -> nx.MultiDiGraph[str]:
    """Return the network of the entities with these IRIs alone; what is no entity of the store is passed over."""
    if not entities:
        return nx.MultiDiGraph()
    near = project(quads, about=sorted(entities), facts_at_most=facts_at_most)
    return nx.MultiDiGraph(near.subgraph([node for node in entities if node in near]))
