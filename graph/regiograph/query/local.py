"""Runs questions on a store of this machine."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from regiograph.query.binding import bind
from regiograph.query.engine import explained, has_graph
from regiograph.query.guard import admit
from regiograph.query.lexing import outline
from regiograph.query.results import NO_BINDINGS, Answer, Table, Term, Verdict, graph, solutions, table
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES

_PREFIXES = dict(PREFIXES)


def run(
    store: Store,
    sparql: str,
    bindings: Mapping[str, Term] = NO_BINDINGS,
    *,
    name: str = "the query",
    limit: int | None = None,
) -> Answer:
    """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE from the store's default graph and its named graphs.

    `bindings` are the values of the query's parameters (`binding.bind`), `name` is what errors call the query. More
    than `limit` rows or triples are cut off; the answer says so. The prefixes of the ontology need no declaration. Rows
    of a query without ORDER BY are sorted, so that equal questions give equal bytes.

    Raises:
        QueryError: the query is malformed or would do more than read; the message names query and line.
        StoreError: the store is closed.
    """
    quads = store.quads
    admit(sparql, name=name, knows=lambda graph: has_graph(quads, graph), prefixes=PREFIXES)
    bound = bind(sparql, bindings, name=name)
    with explained(bound, name):
        return _answer(quads.query(bound, prefixes=_PREFIXES), limit, ordered=outline(sparql).ordered)


def _answer(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, limit: int | None, *, ordered: bool
) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return Verdict(bool(found))
    if isinstance(found, ox.QueryTriples):
        return graph(found, limit)
    return table(found, limit, ordered=ordered)


def select(
    store: Store,
    sparql: str,
    bindings: Mapping[str, Term] = NO_BINDINGS,
    *,
    name: str = "the query",
    limit: int | None = None,
) -> Table:
    """Answer a SELECT; as `run` otherwise.

    Raises:
        QueryError: as `run`, or the query is no SELECT.
    """
    return solutions(run(store, sparql, bindings, name=name, limit=limit), name)
