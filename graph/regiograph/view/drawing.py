"""What of a graph is drawn, where, and how large: geometry only, the same for the same graph."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import networkx as nx

from regiograph.network.layout import Box, positions
from regiograph.rdf import vocabulary

Graph = nx.MultiDiGraph
_Bundle: TypeAlias = tuple[str, str, str]
_Edge: TypeAlias = tuple[str, Mapping[str, Any]]

DRAWN_AT_MOST = 300
"""How many entities are drawn before anything is searched for."""

_LABEL_ROOM = 120_000
_CHARACTER = 6.6
_LINE = 15
_WRAP = 132


class Spot(NamedTuple):
    """An entity's radius and place in pixels; the place is None for one that only search brings up."""

    radius: float
    place: tuple[int, int] | None


class Line(NamedTuple):
    """A line between two entities: all their facts of one relation; `bend` tells parallel lines apart."""

    source: str
    target: str
    facts: tuple[str, ...]
    articles: int
    planned: bool
    bend: float


def spots(
    graph: Graph[str], importance: Mapping[str, float], *, at_most: int = DRAWN_AT_MOST
) -> dict[str, Spot]:  # fmt: skip
    """Return a spot for each entity, the best connected first: `at_most` of them have a place, and no two overlap.

    The more important, from 0 to 1, the larger is a spot.
    """
    degrees = {node: len((set(graph.successors(node)) | set(graph.predecessors(node))) - {node}) for node in graph}
    ranked = sorted(graph, key=lambda node: (-degrees[node], -_told(graph.nodes[node]), node))
    drawn = ([node for node in ranked if degrees[node]] or ranked)[:at_most]  # who stands alone is searched for
    radii = {node: round(6.5 + 13 * importance[node] ** 0.7, 1) for node in ranked}
    places = positions(graph.subgraph(drawn), boxes(graph, drawn, radii))
    return {node: Spot(radii[node], places.get(node)) for node in ranked}


def _told(known: Mapping[str, Any]) -> int:
    """Return how much is told of an entity, which ranks those with as many neighbours."""
    return int(known["articles"]) + len(known["facts"])


def boxes(graph: Graph[str], ranked: Sequence[str], radii: Mapping[str, float]) -> dict[str, Box]:
    """Return the room for each node, with its label for the first ones until labels fill their share of the window."""
    found: dict[str, Box] = {}
    room = float(_LABEL_ROOM)
    # Labels keep their size when a picture of many nodes is shrunk to a window, so they need more room in it.
    growth = min(1.3 + len(ranked) / 600, 1.8)
    for node in ranked:
        bare = radii[node] + 3
        full = with_label(graph.nodes[node]["label"], bare, growth)
        room -= 2 * full.half_width * (full.above + full.below)
        found[node] = full if room > 0 else Box(bare, bare, bare)
    return found


def with_label(label: str, room: float, growth: float) -> Box:
    """Return the box of a node with its label of one or two lines below it."""
    width = _CHARACTER * sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in label)
    rows = 1 if width <= _WRAP else 2
    return Box(max(room, growth * min(width, _WRAP) / 2 + 4), room, room + growth * rows * _LINE)


def lines(graph: Graph[str]) -> list[Line]:
    """Return the lines between entities, those of one pair fanned out; a symmetric relation makes one, not two."""
    pairs: dict[tuple[str, str], dict[_Bundle, list[_Edge]]] = defaultdict(lambda: defaultdict(list))
    for source, target, key, told in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        first, last = min(source, target), max(source, target)
        ends = (first, last) if _symmetric(told["predicate"]) else (source, target)
        pairs[first, last][told["predicate"], *ends].append((key, told))
    return [line for bundles in pairs.values() for line in _fan(bundles)]


def _fan(bundles: Mapping[_Bundle, Sequence[_Edge]]) -> Iterator[Line]:
    for i, ((_, source, target), edges) in enumerate(sorted(bundles.items(), key=lambda item: item[0])):
        articles = len({quotation.article for _, told in edges for quotation in told["evidence"]})
        planned = all(told["modality"] != "asserted" for _, told in edges)
        bend = _bend(i, len(bundles)) * (1 if source <= target else -1)
        yield Line(source, target, tuple(key for key, _ in edges), articles, planned, bend)


def _bend(index: int, count: int) -> float:
    """Return the curvature of the index-th of parallel lines: 0 for a single one, then to both sides."""
    step = min(0.18, 0.9 / count)
    return round((index - (count - 1) / 2) * step, 3)


def _symmetric(predicate: str) -> bool:
    term = vocabulary.properties().get(predicate)
    return term is not None and term.symmetric
