"""What follows from the knowledge as a whole, by a reasoner: for stores in which it has not been kept up.

A store keeps it up with all that is written to it (see `consequences`), unless an earlier regiograph made the store, or
somebody changed it by SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import OWL, RDF, Graph, URIRef
from reasonable import PyReasoner

from regiograph.rdf.consequences import axioms
from regiograph.rdf.graphs import inferred_iri
from regiograph.rdf.nodes import DEFAULT, Triple, iri, triple
from regiograph.rdf.store import Store


def infer(store: Store) -> None:
    """Bring the graph of what is inferred in line with the knowledge, where it has not been kept up; else do nothing.

    The default graph stays as it is, and what it states is not repeated. What else is derived is made anew, too.

    Raises:
        StoreError: the disk is full, or the store is damaged, closed or read-only.
    """
    if not store.derived:
        graph = inferred_iri(store.base)
        store.derive({each.within(graph) for each in following(store.quads)})


def following(quads: ox.Store) -> Iterator[Triple]:
    """Yield what follows from the default graph and is not in it."""
    said = Graph()
    for predicate in sorted(axioms().premises, key=str):
        for quad in quads.quads_for_pattern(None, predicate, None, DEFAULT):
            said.add(tuple(URIRef(node.value) for node in triple(quad)))  # type: ignore[arg-type]
    if not said:
        return
    reasoner = PyReasoner()
    reasoner.from_graph(_premises() + said)
    known = {URIRef(each.value) for each in (*axioms().premises, *axioms().inverses.values())}
    for subject, predicate, obj in reasoner.reason():
        if predicate in known and subject != obj and (subject, predicate, obj) not in said:
            yield Triple(iri(str(subject)), iri(str(predicate)), iri(str(obj)))


def _premises() -> Graph:
    """Return the axioms as the reasoner wants them."""
    told = Graph()
    for kind, properties in (
        (OWL.SymmetricProperty, axioms().symmetric),
        (OWL.TransitiveProperty, axioms().transitive),
    ):
        for each in properties:
            told.add((URIRef(each.value), RDF.type, kind))
    for of, inverse in axioms().inverses.items():
        told.add((URIRef(of.value), OWL.inverseOf, URIRef(inverse.value)))
    return told
