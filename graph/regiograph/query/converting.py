"""Triples of the store's library as a graph of rdflib."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from regiograph.errors import QueryError
from regiograph.query.cells import Term
from regiograph.rdf.vocabulary import PREFIXES


def graph(triples: Iterable[ox.Triple]) -> Graph:
    """Return the triples as an rdflib graph in memory, with the prefixes of the ontology.

    Raises:
        QueryError: one of them is about another triple, which rdflib does not know.
    """
    found = Graph()
    for prefix, namespace in PREFIXES.items():
        found.bind(prefix, namespace)
    for triple in triples:
        found.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return found


def _node(term: Term) -> Node:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal() if term.language:
            return Literal(term.value, lang=term.language)
        case ox.Literal():
            return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise QueryError(f"{term}: rdflib knows no triples about triples")
