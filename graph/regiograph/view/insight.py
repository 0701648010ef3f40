"""What the page says of a network as a whole: who matters, who hangs together, who ties whom, and a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from regiograph.network.brokers import Broker, betweenness, bridges, brokers
from regiograph.network.communities import communities
from regiograph.network.contradictions import Contradiction, contradictions
from regiograph.network.importance import importance
from regiograph.network.period import Years, spans
from regiograph.view.story import Step, story

_BROKERS = 5
_CORE = 300  # of the best connected entities, over whose paths betweenness is counted


@dataclass(frozen=True, slots=True)
class Insight:
    """Measures of a network, as the modules that they are named for return them."""

    importance: Mapping[str, float]
    groups: tuple[tuple[str, ...], ...]
    brokers: tuple[Broker, ...]
    bridges: tuple[Broker, ...]
    contradictions: tuple[Contradiction, ...]
    years: Mapping[str, Years]
    story: tuple[Step, ...]


def insight(graph: nx.MultiDiGraph[str]) -> Insight:
    """Return the measures of a network; of a large one betweenness is that among the best connected."""
    rank = importance(graph)
    groups = communities(graph, rank)
    best = sorted(graph, key=lambda node: (-graph.degree(node), node))[:_CORE]
    core: nx.MultiDiGraph[str] = nx.MultiDiGraph(graph.subgraph(best))
    between = betweenness(core)
    tying = brokers(graph, between=between)[:_BROKERS]
    bridging = bridges(graph, groups, between=between)[:_BROKERS]
    held = spans(graph)
    told = story(graph, rank, tying, bridging)
    return Insight(rank, groups, tying, bridging, contradictions(graph, held), held, told)
