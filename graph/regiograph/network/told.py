"""All that a network tells, fact by fact, whether it ends in an entity or in a value."""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx

from regiograph.network.period import edge_fact
from regiograph.network.projection import Fact


class Told(NamedTuple):
    """A fact with its ends, by IRI; where it ends in a value, `object` and `key`, which is an edge's IRI, are None."""

    subject: str
    object: str | None
    key: str | None
    fact: Fact

    @property
    def articles(self) -> int:
        """How many articles tell it."""
        return len({quotation.article for quotation in self.fact.evidence})

    @property
    def newest(self) -> str:
        """The date of the newest article that tells it, "" if none has one."""
        return max((quotation.date or "" for quotation in self.fact.evidence), default="")


def told(graph: nx.MultiDiGraph[str]) -> tuple[Told, ...]:
    """Return all facts: those of values by subject, then those between entities by their ends."""
    values = [Told(node, None, None, fact) for node in sorted(graph) for fact in graph.nodes[node]["facts"]]
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
    return (*values, *(Told(source, target, key, edge_fact(data)) for source, target, key, data in edges))
