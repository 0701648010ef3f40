"""Who ties the communities of a network to one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import networkx as nx

from regiograph.network.communities import communities, membership
from regiograph.network.ties import numbered, ties

_EXACT = 1_000  # nodes up to which every shortest path counts
_PIVOTS = 100
_SEED = 1


@dataclass(frozen=True, slots=True)
class Broker:
    """An entity by way of which communities are tied.

    `betweenness` is the share of shortest paths that lead over it, from 0 to 1. `communities` are two or more, its own
    first, then those that most facts tie it to, by their places in what `network.communities.communities` returns;
    `facts` are the IRIs of the facts that tie it to others' communities.
    """

    entity: str
    betweenness: float
    communities: tuple[int, ...]
    facts: tuple[str, ...]


def brokers(
    graph: nx.MultiDiGraph[str],
    *,
    types: Collection[str] = (),
    groups: tuple[tuple[str, ...], ...] | None = None,
) -> tuple[Broker, ...]:
    """Return those who tie two communities or more, of these types or of any, the best placed first."""
    found = communities(graph) if groups is None else groups
    group = membership(found)
    simple = ties(graph)
    between = betweenness(simple)
    met = (
        _broker(node, between[node], simple, group)
        for node in simple
        if node in group and (not types or graph.nodes[node]["type"] in types)
    )
    return tuple(sorted((b for b in met if len(b.communities) > 1), key=lambda b: (-b.betweenness, b.entity)))


def betweenness(simple: nx.Graph[str]) -> Mapping[str, float]:
    """Return betweenness (Brandes 2001) of each node: of up to 1,000 exact, of more from 100 pivots (Brandes and Pich
    2007), which are always the same."""
    plain, nodes = numbered(simple)
    pivots = None if len(nodes) <= _EXACT else _PIVOTS
    found = nx.betweenness_centrality(plain, k=pivots, seed=_SEED)
    return {node: round(found[i], 6) for i, node in enumerate(nodes)}


def _broker(node: str, between: float, simple: nx.Graph[str], group: Mapping[str, int]) -> Broker:
    own = group[node]
    facts: dict[int, list[str]] = defaultdict(list)
    for other in sorted(simple.adj[node]):
        if (there := group.get(other, own)) != own:
            facts[there] += simple.edges[node, other]["keys"]
    tied = Counter({there: len(keys) for there, keys in facts.items()})
    order = sorted(tied, key=lambda there: (-tied[there], there))
    return Broker(node, between, (own, *order), tuple(key for there in order for key in facts[there]))
