"""When facts hold, in whole years, and the part of a network that holds within some of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import networkx as nx

from regiograph.network.facts import stated
from regiograph.network.projection import Fact, Quotation
from regiograph.terms import EntityType, Predicate

Years = tuple[int, int | None]
"""The first and the last year, both included; the last of what goes on is None."""

_YEAR = re.compile(r"(?<![\d-])[12]\d{3}(?!\d)")
DATED = frozenset({Predicate.EVENT_DATE, Predicate.STARTED_IN, Predicate.COMPLETED_IN})
"""The predicates whose value is a date."""

_OPEN = ".."


def years(edtf: str | None) -> tuple[int | None, int | None] | None:
    """Return the first and last year that an EDTF date or interval spans, None for an open end; None if it has none."""
    found = [int(year) for year in _YEAR.findall(edtf or "")]
    if edtf is None or not found:
        return None
    first, _, last = edtf.partition("/")
    return (None if first == _OPEN else min(found), None if last == _OPEN else max(found))


def span(fact: Fact, occasion: str | None = None) -> Years | None:
    """Return the years of a fact: of its date, since and until, period or occasion, or else of its articles.

    What began in a year and is not told to have ended goes on; what is told to end, and not when it began, began at
    the latest when it was first told. `occasion` is the EDTF date of an event that the fact is about. Without any date
    there is None.
    """
    said = dict(fact.qualifiers)
    since, until = years(said.get("since")), years(said.get("until"))
    lasting = (since[0] if since else None, until[1] if until else None) if since or until else None
    own = fact.value if fact.predicate in DATED else fact.date
    told = _told(fact.evidence)
    held = years(own) or lasting or years(said.get("period")) or years(occasion) or told
    if held is None:
        return None
    first, last = held
    if first is None:
        first = last if told is None or last is None else min(told[0], last)
    return None if first is None else (first, last)


def spans(graph: nx.MultiDiGraph[str]) -> Mapping[str, Years]:
    """Return the years of the facts of a network by their IRIs; an event's facts have its date unless they say one."""
    dates = {node: date for node, known in graph.nodes(data=True) if (date := _event_date(known["facts"]))}
    events = {node for node, known in graph.nodes(data=True) if known["type"] == EntityType.EVENT}
    found = {}
    for each in stated(graph):
        about = next((end for end in (each.object, each.subject) if end in events), None)
        if (held := span(each.fact, dates.get(about or ""))) is not None:
            found[each.iri] = held
    return found


def meet(held: Years, first: int | None, last: int | None) -> bool:
    """Whether years have one in common with those from `first` to `last`; None is an open end."""
    return (last is None or held[0] <= last) and (first is None or held[1] is None or held[1] >= first)


def within(
    graph: nx.MultiDiGraph[str], first: int | None, last: int | None, *, keep: Collection[str] = ()
) -> nx.MultiDiGraph[str]:
    """Return the network of the facts that hold in some year from `first` to `last`; None is an open end.

    Unless both ends are open, facts without a year are left out, and entities of which no fact is left, but for those
    to `keep`.
    """
    if first is None and last is None:
        return graph
    held = {iri for iri, known in spans(graph).items() if meet(known, first, last)}
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, known in graph.nodes(data=True):
        part.add_node(node, **{**known, "facts": tuple(fact for fact in known["facts"] if fact.iri in held)})
    for source, target, key, told in graph.edges(keys=True, data=True):
        if key in held:
            part.add_edge(source, target, key, **told)
    silent = [n for n, facts in part.nodes(data="facts") if not facts and not part.degree(n) and n not in keep]
    part.remove_nodes_from(silent)
    return part


def _event_date(facts: Iterable[Fact]) -> str | None:
    return next((fact.value for fact in facts if fact.predicate == Predicate.EVENT_DATE), None)


def _told(evidence: Iterable[Quotation]) -> tuple[int, int] | None:
    found = [first for quotation in evidence if (first := (years(quotation.date) or (None,))[0]) is not None]
    return (min(found), max(found)) if found else None
