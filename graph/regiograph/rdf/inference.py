"""What follows from the knowledge by the ontology's axioms: inverse, symmetric and transitive relations.

It lies in a graph of its own, apart from what articles state, and is made anew from the default graph as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
from rdflib import OWL, RDF, Graph, URIRef
from reasonable import PyReasoner

from regiograph import assets
from regiograph.rdf.graphs import inferred_iri
from regiograph.rdf.nodes import DEFAULT, Triple, iri, triple
from regiograph.rdf.store import Store

_KINDS = (OWL.SymmetricProperty, OWL.TransitiveProperty)


def infer(store: Store) -> int:
    """Bring the graph of what is inferred in line with the knowledge, and return how many triples it has.

    The default graph stays as it is, and what it states is not repeated.

    Raises:
        StoreError: the disk is full, or the store is damaged, closed or read-only.
    """
    graph = inferred_iri(store.base)
    following = {each.within(graph) for each in _following(store.quads)}
    store.fill(graph, following)
    return len(following)


def _following(quads: ox.Store) -> Iterator[Triple]:
    """Yield what follows from the default graph and is not in it."""
    axioms = _axioms()
    said = Graph()
    for name in sorted(str(each) for each in set(axioms.subjects())):
        for quad in quads.quads_for_pattern(None, iri(name), None, DEFAULT):
            said.add(tuple(URIRef(node.value) for node in triple(quad)))  # type: ignore[arg-type]
    if not said:
        return
    reasoner = PyReasoner()
    reasoner.from_graph(axioms + said)
    known = set(axioms.subjects()) | set(axioms.objects(None, OWL.inverseOf))
    for subject, predicate, obj in reasoner.reason():
        if predicate in known and subject != obj and (subject, predicate, obj) not in said:
            yield Triple(iri(str(subject)), iri(str(predicate)), iri(str(obj)))


@cache
def _axioms() -> Graph:
    """Return the axioms of the ontology that are reasoned by; others would tell types that every node has."""
    ontology = Graph().parse(assets.ontology("regiograph.ttl"), format="turtle")
    axioms = Graph()
    for kind in _KINDS:
        for each in ontology.triples((None, RDF.type, kind)):
            axioms.add(each)
    for inverse, _, of in ontology.triples((None, OWL.inverseOf, None)):
        axioms.add((of, OWL.inverseOf, inverse))
    return axioms
