"""When facts hold, in whole years, and the part of a network that holds within some of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from regiograph.network.projection import Fact, Quotation

Years = tuple[int, int]
"""The first and the last year, both included."""

_YEAR = re.compile(r"(?<![\d-])[12]\d{3}(?!\d)")
_DATED = frozenset({"eventDate", "startedIn", "completedIn"})


def years(edtf: str | None) -> Years | None:
    """Return the years that an EDTF date or interval spans; None if it names none."""
    found = [int(year) for year in _YEAR.findall(edtf or "")]
    return (min(found), max(found)) if found else None


def span(fact: Fact) -> Years | None:
    """Return the years of a fact: of its date, of its since and until, or else of the articles that tell it.

    What holds since a year holds at least until the last article that says so; without any date there is None.
    """
    said = dict(fact.qualifiers)
    own = years(fact.value) if fact.predicate in _DATED else years(fact.date)
    if own is not None:
        return own
    since, until, told = years(said.get("since")), years(said.get("until")), _told(fact.evidence)
    first = min(each[0] for each in (since, told, until) if each) if since or told or until else None
    last = until or told or since
    return None if first is None or last is None else (since[0] if since else first, max(last[1], first))


def within(graph: nx.MultiDiGraph[str], first: int | None, last: int | None) -> nx.MultiDiGraph[str]:
    """Return the network of the facts that hold in some year from `first` to `last`; None is an open end.

    All entities stay; facts without a year do not, unless both ends are open.
    """
    if first is None and last is None:
        return graph
    asked = (first if first is not None else -(10**6), last if last is not None else 10**6)
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, known in graph.nodes(data=True):
        part.add_node(node, **{**known, "facts": tuple(f for f in known["facts"] if _meets(span(f), asked))})
    for source, target, key, told in graph.edges(keys=True, data=True):
        if _meets(span(edge_fact(told)), asked):
            part.add_edge(source, target, key, **told)
    return part


def edge_fact(told: Mapping[str, Any]) -> Fact:
    """Return an edge's attributes as a fact without a value."""
    return Fact(value="", **told)


def _told(evidence: Iterable[Quotation]) -> Years | None:
    found = [each for quotation in evidence if (each := years(quotation.date))]
    return (min(f for f, _ in found), max(last for _, last in found)) if found else None


def _meets(one: Years | None, other: Years) -> bool:
    return one is not None and one[0] <= other[1] and one[1] >= other[0]
