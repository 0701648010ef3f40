"""Where articles differ, in words."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from regiograph.network.contradictions import Contradiction
from regiograph.network.facts import Stated
from regiograph.terms import Predicate
from regiograph.view import wording
from regiograph.view.looks import relation


def differing(graph: nx.MultiDiGraph[str], found: Contradiction, facts: Mapping[str, Stated]) -> str:
    """Return what articles differ on: "Vik Harbour: started in 2011 or 2012", "Halden, mayor: Ada Lund or Ivo Brandt".

    `facts` are those of the graph by their IRIs.
    """
    told = [facts[iri] for iri in found.facts]
    about = graph.nodes[found.about]["label"]
    if found.relation == Predicate.HOLDS_POST:
        names = [str(graph.nodes[each.subject]["label"]) for each in told]
        return f"{about}, {dict(told[0].fact.qualifiers)['role']}: {_either(names)}"
    values = [wording.literal(found.relation, each.fact.value, dict(each.fact.qualifiers)) for each in told]
    return f"{about}: {relation(found.relation)[0]} {_either(values)}"


def _either(words: list[str]) -> str:
    return " or ".join(dict.fromkeys(words))
