"""Loads what a test's query is asked of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from conform.manifests import Case, Kind, file
from regiograph.rdf.store import Store

_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)


def load(store: Store, case: Case, sparql: str) -> None:
    """Put a test's data into an empty store: the default graph, the named graphs, and those that FROM names.

    Raises:
        SyntaxError, OSError: a file is malformed or missing.
    """
    for path in case.data:
        store.quads.load(path=path, base_iri=path.as_uri())
    for name, path in case.graphs:
        store.quads.load(path=path, base_iri=path.as_uri(), to_graph=ox.NamedNode(name))
    for name in _datasets(case, sparql):
        graph = ox.NamedNode(name)
        store.quads.add_graph(graph)
        if name.startswith("file:") and (path := file(name)).is_file():
            store.quads.load(path=path, base_iri=name, to_graph=graph)


def _datasets(case: Case, sparql: str) -> Iterator[str]:
    """Yield the IRIs of a query's FROM and FROM NAMED, as another parser than ours and the engine's sees them."""
    if case.kind is not Kind.MALFORMED and _FROM.search(sparql):
        query = translateQuery(parseQuery(sparql), base=case.query.as_uri())
        for clause in query.algebra.datasetClause or ():
            yield str(clause.default or clause.named)
