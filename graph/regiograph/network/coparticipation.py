"""Who takes part in the same things: networks, events, projects, agreements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from regiograph.network.period import Years, spans
from regiograph.network.ties import ties

ACTORS = ("Person", "GovernmentBody", "Company", "Organization", "Region", "City")
OCCASIONS = ("Network", "Event", "Project", "Site")
_MOST = 200  # that take part in one thing: more are an audience, and their pairs are many


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities and what both take part in, by IRI; `years` are those of the facts that say so, if they have any.

    Something that n take part in adds 1 / (n - 1) to `weight` (Newman 2001): a small circle ties closer than a large.
    """

    one: str
    other: str
    shared: tuple[str, ...]
    weight: float
    years: Years | None


def pairs(
    graph: nx.MultiDiGraph[str], *, types: Collection[str] = ACTORS, occasions: Collection[str] = OCCASIONS
) -> tuple[Pair, ...]:
    """Return the pairs of entities of some types that share something of other types, those of most weight first.

    It is the projection of a bipartite network; what more than 200 take part in ties none of them.
    """
    simple = ties(graph)
    kinds = nx.get_node_attributes(graph, "type")
    actors = [node for node in simple if kinds[node] in types]
    things = [n for n in simple if kinds[n] in occasions and kinds[n] not in types and simple.degree(n) <= _MOST]
    bipartite: nx.Graph[str] = nx.Graph()
    bipartite.add_nodes_from(actors)
    bipartite.add_edges_from((a, t) for t in things for a in simple.adj[t] if kinds[a] in types)
    projected = nx.bipartite.projected_graph(bipartite, [node for node in actors if node in bipartite])
    held = spans(graph)
    found = (_pair(held, simple, bipartite, *sorted(edge)) for edge in projected.edges)
    return tuple(sorted(found, key=lambda pair: (-pair.weight, pair.one, pair.other)))


def _pair(held: Mapping[str, Years], simple: nx.Graph[str], bipartite: nx.Graph[str], one: str, other: str) -> Pair:
    shared = tuple(sorted(set(bipartite.adj[one]) & set(bipartite.adj[other])))
    ends = [(actor, thing) for thing in shared for actor in (one, other)]
    weight = sum(1 / (bipartite.degree(thing) - 1) for thing in shared)
    return Pair(one, other, shared, round(weight, 4), _years(held, simple, ends))


def _years(held: Mapping[str, Years], simple: nx.Graph[str], ends: Iterable[tuple[str, str]]) -> Years | None:
    keys = [key for actor, thing in ends for key in simple.edges[actor, thing]["keys"]]
    found = [held[key] for key in keys if key in held]
    if not found:
        return None
    lasts = [last for _, last in found if last is not None]
    return min(first for first, _ in found), max(lasts) if len(lasts) == len(found) else None
