"""The page of an entity: what it is, everything that is known of it, and the sentences that say so."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from regiograph.network.projection import project
from regiograph.rdf.facts import WITHIN
from regiograph.rdf.identities import ENTITY, Identities
from regiograph.rdf.nodes import LABEL, TYPE, triple
from regiograph.serve import links
from regiograph.serve.facts import groups
from regiograph.serve.site import render

_FACTS = 500  # shown at most, those that rest on the most claims
_DEEP = 8  # places within places
_QUERY = """SELECT ?relation ?object ?modality ?confidence {
  VALUES ?entity { %s }
  { ?fact rdf:subject ?entity ; rdf:object ?object } UNION { ?fact rdf:object ?entity ; rdf:subject ?object }
  ?fact rdf:predicate ?relation ; rg:modality ?modality ; rg:confidence ?confidence
} ORDER BY ?relation DESC(?confidence)"""


def page(quads: ox.Store, base: str, node: ox.NamedNode) -> bytes | None:
    """Return the page of an entity as HTML; None if nothing is known of the node, or it is no entity."""
    graph = project(quads, about=(node.value,), facts_at_most=_FACTS)
    if node.value not in graph:
        return _place(quads, base, node)
    known = graph.nodes[node.value]
    told = groups(graph, node.value, base)
    most = _FACTS if sum(len(facts) for _, facts in told) >= _FACTS else None
    said = {"names": known["names"], "articles": known["articles"], "groups": told, "most": most}
    return _written(quads, base, node, known["label"], known["type"], **said)


def _place(quads: ox.Store, base: str, node: ox.NamedNode) -> bytes | None:
    """Return the page of a place that no article names, and that others lie in."""
    label = _value(quads, node, LABEL)
    kind = next((q.object for q in quads.quads_for_pattern(node, TYPE, None, None)), None)
    if label is None or not isinstance(kind, ox.NamedNode):
        return None
    said = {"names": (), "articles": 0, "groups": (), "most": None}
    return _written(quads, base, node, label, kind.value.rpartition("#")[2], **said)


def known_as(quads: ox.Store, base: str, node: ox.NamedNode) -> str | None:
    """Return the path of the entity as which those are known that articles call so; None if it is their own."""
    for quad in quads.quads_for_pattern(None, ENTITY, node, None):
        known = Identities(quads, base).of(triple(quad).subject)
        if known is not None:
            return links.local(base, known)
    return None


def _written(quads: ox.Store, base: str, node: ox.NamedNode, title: str, kind: str, **said: Any) -> bytes:
    near = f"/picture?{urlencode({'entity': node.value.removeprefix(base), 'steps': 1})}" if said["groups"] else None
    where = {
        "near": near,
        "iri": node.value,
        "here": links.local(base, node.value),
        "asking": links.asking(_QUERY % node),
    }
    return render("entity.html.j2", title=title, kind=kind, within=_within(quads, base, node), **where, **said)


def _within(quads: ox.Store, base: str, node: ox.NamedNode) -> tuple[tuple[str | None, str], ...]:
    """Return the places that a place lies in, each with its link and name, the nearest first."""
    found: dict[str, tuple[str | None, str]] = {}
    todo = [node]
    while todo and len(found) < _DEEP:
        above = {q.object.value for q in quads.quads_for_pattern(todo.pop(0), WITHIN, None, None)}  # type: ignore[union-attr]
        for iri in sorted(above - {node.value} - found.keys()):
            found[iri] = (links.local(base, iri), _value(quads, ox.NamedNode(iri), LABEL) or iri)
            todo.append(ox.NamedNode(iri))
    return tuple(found.values())


def _value(quads: ox.Store, node: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
    values = sorted(q.object.value for q in quads.quads_for_pattern(node, predicate, None, None))  # type: ignore[union-attr]
    return values[0] if values else None
