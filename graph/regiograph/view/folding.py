"""A picture for networks too large to draw whole: a sign for each community, inside it its most important members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import networkx as nx

from regiograph.network.communities import membership
from regiograph.network.layout import positions
from regiograph.view.drawing import boxes, with_label

SIGNS_AT_MOST = 100
MEMBERS_AT_MOST = 80
_STRONGEST = 3  # ties of a group that are drawn
_GROWTH = 1.5


class Fold(NamedTuple):
    """A community as one sign: its place and radius in pixels, and the places of its members when it is opened."""

    place: tuple[int, int]
    radius: float
    inside: Mapping[str, tuple[int, int]]


class Folded(NamedTuple):
    """The signs, in the order of the communities, and their ties: two signs and how many facts tie them."""

    folds: tuple[Fold, ...]
    ties: tuple[tuple[int, int, int], ...]


def folded(graph: nx.MultiDiGraph[str], groups: Sequence[Sequence[str]], radii: Mapping[str, float]) -> Folded:
    """Return the largest communities folded, SIGNS_AT_MOST of them; `radii` are those of the entities when drawn."""
    shown = groups[:SIGNS_AT_MOST]
    ties = _ties(graph, shown)
    simple: nx.Graph[int] = nx.Graph()
    simple.add_nodes_from(range(len(shown)))
    simple.add_edges_from((one, other) for one, other, _ in ties)
    sizes = [round(min(8 + 1.7 * len(members) ** 0.5, 42), 1) for members in shown]
    labels = [f"{graph.nodes[members[0]]['label']} +{len(members)}" for members in shown]
    places = positions(simple, {i: with_label(labels[i], sizes[i] + 3, _GROWTH) for i in simple})
    inside = (_inside(graph, members[:MEMBERS_AT_MOST], radii) for members in shown)
    return Folded(tuple(Fold(places[i], sizes[i], there) for i, there in enumerate(inside)), ties)


def _inside(
    graph: nx.MultiDiGraph[str], members: Sequence[str], radii: Mapping[str, float]
) -> Mapping[str, tuple[int, int]]:
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph(graph.subgraph(members))
    return positions(part, boxes(graph, members, radii))


def _ties(graph: nx.MultiDiGraph[str], groups: Sequence[Sequence[str]]) -> tuple[tuple[int, int, int], ...]:
    """Return for each group its strongest ties, each pair once."""
    group = membership(tuple(map(tuple, groups)))
    counted = Counter(
        (min(one, other), max(one, other))
        for source, target in graph.edges()
        if (one := group.get(source)) is not None and (other := group.get(target)) is not None and one != other
    )
    ranked = sorted(counted, key=lambda pair: (-counted[pair], pair))
    kept: set[tuple[int, int]] = set()
    for number in range(len(groups)):
        kept.update([pair for pair in ranked if number in pair][:_STRONGEST])
    return tuple((one, other, counted[one, other]) for one, other in sorted(kept))
