"""Who ties parts of a network that have less to do with each other: regions, or communities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from regiograph.network.communities import membership
from regiograph.network.containment import Location
from regiograph.network.paths import Path, Step
from regiograph.network.ties import numbered, ties
from regiograph.terms import EntityType, Modality, Predicate

BROKERS = (EntityType.PERSON, EntityType.COMPANY, EntityType.GOVERNMENT_BODY, EntityType.ORGANIZATION)
"""The types that are looked at unless others are asked for: a network ties its members by what it is."""

_EXACT = 1_000  # nodes up to which every shortest path counts
_PIVOTS = 100
_SEED = 1
_ASIDE = frozenset({Predicate.MEMBER_OF, Predicate.OPERATES_IN_SECTOR})  # say nothing of where somebody has to do
_PLACING = frozenset(
    {Predicate.LOCATED_IN, Predicate.EVENT_PLACE, Predicate.RESIDENT_OF, Predicate.REPRESENTS, Predicate.HOLDS_POST}
)


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a broker to one side.

    `side` is the IRI of a region or another place, or of the most important member of a community; `name` is its name.
    `ways` lead there from the broker in one step or two, the best told first.
    """

    side: str
    name: str
    ways: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Broker:
    """An entity with ties to two sides or more, of a community's member its own first.

    `betweenness` is the share of shortest paths between others that lead over it, from 0 to 1.
    """

    entity: str
    ties: tuple[Tie, ...]
    betweenness: float

    @property
    def facts(self) -> tuple[str, ...]:
        """The IRIs of the facts that tie it, each once."""
        return tuple(dict.fromkeys(step.fact for tie in self.ties for way in tie.ways for step in way))


def brokers(
    graph: nx.MultiDiGraph[str],
    *,
    types: Collection[str] = BROKERS,
    between: Mapping[str, float] | None = None,
) -> tuple[Broker, ...]:
    """Return those of some types who tie two regions or more, the one who ties most first.

    A tie is a fact told as done between the broker and a place, or somebody or something that itself is placed by one
    such fact: the broker met somebody with a post there, took part in an event there, owns what is located there.
    Places of one region count once, and a country not beside a region in it; what lies in no known region counts by
    itself. `between` is the betweenness of the entities, where it is known already.
    """
    return _brokers(graph, types, between, lambda node: _areas(graph, node))


def bridges(
    graph: nx.MultiDiGraph[str],
    groups: tuple[tuple[str, ...], ...],
    *,
    types: Collection[str] = (),
    between: Mapping[str, float] | None = None,
) -> tuple[Broker, ...]:
    """Return those, of some types or of any, whom facts told as done tie to their own and another community.

    `groups` is what `communities` returned.
    """
    group = membership(groups)

    def sides(node: str) -> Iterator[Tie]:
        own = group.get(node)
        found: dict[int, list[Path]] = defaultdict(list)
        for step in _done(graph, node):
            if own is not None and step.target in group:
                found[group[step.target]].append((step,))
        if own is not None and found.keys() - {own}:
            for number in sorted(found.keys() | {own}, key=lambda number: (number != own, number)):
                head = groups[number][0]
                yield Tie(head, str(graph.nodes[head]["label"]), _best(graph, found[number]))

    return _brokers(graph, types, between, sides)


def betweenness(graph: nx.MultiDiGraph[str]) -> Mapping[str, float]:
    """Return betweenness (Brandes 2001) of each node: of up to 1,000 exact, of more from 100 pivots (Brandes and Pich
    2007), which are always the same."""
    plain, nodes = numbered(ties(graph))
    pivots = None if len(nodes) <= _EXACT else _PIVOTS
    found = nx.betweenness_centrality(plain, k=pivots, seed=_SEED)
    return {node: round(found[i], 6) for i, node in enumerate(nodes)}


def _brokers(
    graph: nx.MultiDiGraph[str],
    types: Collection[str],
    between: Mapping[str, float] | None,
    sides: Callable[[str], Iterable[Tie]],
) -> tuple[Broker, ...]:
    between = betweenness(graph) if between is None else between
    wanted = (node for node in sorted(graph) if not types or graph.nodes[node]["type"] in types)
    found = [Broker(node, tied, between.get(node, 0.0)) for node in wanted if len(tied := tuple(sides(node))) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.ties), -each.betweenness, each.entity)))


def _areas(graph: nx.MultiDiGraph[str], node: str) -> Iterator[Tie]:
    """Yield the ties of an entity to regions, or places of no known region, in the order of their names."""
    areas: dict[tuple[str, str], list[Path]] = defaultdict(list)
    around: set[str] = set()
    for way in _ways(graph, node):
        location: Location = graph.nodes[way[-1].target]["location"]
        areas[location.name, location.area].append(way)
        around.update(whole for whole in location.around if whole != location.area)
    for (name, area), found in sorted(areas.items()):
        if area not in around:
            yield Tie(area, name, _best(graph, found))


def _ways(graph: nx.MultiDiGraph[str], node: str) -> Iterator[Path]:
    """Yield the ways of one fact or two from an entity to a place."""
    for first in _done(graph, node):
        if first.forward and graph.edges[node, first.target, first.fact]["predicate"] in _ASIDE:
            continue
        if "location" in graph.nodes[first.target]:
            yield (first,)
            continue
        for _, place, key, told in graph.out_edges(first.target, keys=True, data=True):
            placed = told["predicate"] in _PLACING and told["modality"] == Modality.ASSERTED and place != node
            if placed and "location" in graph.nodes[place]:
                yield first, Step(first.target, place, key, True)


def _done(graph: nx.MultiDiGraph[str], node: str) -> Iterator[Step]:
    """Yield the steps from an entity to others by what is told as done."""
    for _, other, key, told in graph.out_edges(node, keys=True, data=True):
        if told["modality"] == Modality.ASSERTED and other != node:
            yield Step(node, other, key, True)
    for other, _, key, told in graph.in_edges(node, keys=True, data=True):
        if told["modality"] == Modality.ASSERTED and other != node:
            yield Step(node, other, key, False)


def _best(graph: nx.MultiDiGraph[str], ways: Iterable[Path]) -> tuple[Path, ...]:
    """Return direct facts where there are any, else the ways of two; the surest first."""
    found = list(ways)
    least = min(map(len, found), default=0)
    direct = [way for way in found if len(way) == least]
    return tuple(sorted(direct, key=lambda way: (-min(_sure(graph, step) for step in way), *[s.fact for s in way])))


def _sure(graph: nx.MultiDiGraph[str], step: Step) -> float:
    return float(graph.edges[(*step.ends, step.fact)]["confidence"])
