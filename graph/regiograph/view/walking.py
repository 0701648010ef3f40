"""Steps from entity to entity in words: "holds a post in Halden (mayor)"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import networkx as nx

from regiograph.network.brokers import Broker
from regiograph.network.paths import Path, Step
from regiograph.network.projection import Fact, edge_fact
from regiograph.terms import EntityType
from regiograph.view import wording
from regiograph.view.looks import relation


def fact_of(graph: nx.MultiDiGraph[str], step: Step) -> Fact:
    """Return the fact of a step."""
    return edge_fact(graph.edges[(*step.ends, step.fact)], step.fact)


def words(graph: nx.MultiDiGraph[str], step: Step) -> tuple[str, str]:
    """Return how a step reads in its direction, and what the fact says beside: ("is a member of", "since 2012")."""
    fact = fact_of(graph, step)
    notes = [*wording.notes(fact.predicate, dict(fact.qualifiers)), *([wording.date(fact.date)] if fact.date else [])]
    return relation(fact.predicate)[0 if step.forward else 1], ", ".join(notes)


def through(graph: nx.MultiDiGraph[str], ways: Sequence[Path], *, at_most: int = 3) -> str:
    """Return ways that begin at one entity as clauses, what begins alike told once: "visited Vik (May 2023), Os"."""
    alike: dict[str, dict[str, None]] = defaultdict(dict)
    for way in dict.fromkeys(ways[:at_most]):
        begin, end = _clause(graph, way)
        alike[begin][end] = None
    told = "; ".join(f"{begin} {', '.join(ends)}" for begin, ends in alike.items())
    rest = len(ways) - at_most
    return f"{told}; and {wording.counted(rest, 'other fact')}" if rest > 0 else told


def brokering(graph: nx.MultiDiGraph[str], broker: Broker, sides: str = "") -> str:
    """Return who ties what and how: "Ivo Brandt ties Halden and Vik: holds a post in Halden; visited Vik.".

    `sides` are words before what is tied, where these are not places: of groups the one's own needs no telling.
    """
    names = [tie.name for tie in broker.ties]
    ways = [way for tie in (broker.ties[1:] if sides else broker.ties) for way in tie.ways[:1]]
    told = through(graph, sorted(ways, key=len), at_most=6)
    return f"{graph.nodes[broker.entity]['label']} ties {sides}{wording.some(names)}: {told}."


def _clause(graph: nx.MultiDiGraph[str], way: Path) -> tuple[str, str]:
    """Return the relation of a way's first step, and its ends: "Ada Lund, who holds a post in Vik (mayor)"."""
    (begin, first), *further = [_told_end(graph, step) for step in way]
    relative = ", who " if graph.nodes[way[0].target]["type"] == EntityType.PERSON else ", which "
    return begin, relative.join([first, *(" ".join(each) for each in further)])


def _told_end(graph: nx.MultiDiGraph[str], step: Step) -> tuple[str, str]:
    how, details = words(graph, step)
    inset = f" ({details})" if details else ""
    return how, f"{graph.nodes[step.target]['label']}{inset}"
