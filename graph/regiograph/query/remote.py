"""Runs questions on a SPARQL endpoint elsewhere; what comes back is looked at before it counts as an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyoxigraph as ox

from regiograph.entities.identity import BASE
from regiograph.errors import EndpointError
from regiograph.query import guard
from regiograph.query.binding import bind
from regiograph.query.endpoint import Server, line
from regiograph.query.lexing import outline
from regiograph.query.results import NO_BINDINGS, Answer, Term, Verdict, graph, table
from regiograph.query.transport import Reply
from regiograph.rdf.vocabulary import PREFIXES

_PROLOGUE = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
_RESULTS = frozenset({"application/sparql-results+json", "application/json"})
_VIRTUOSO_ASKED = "__ASK_RETVAL"  # it answers ASK with a table: one row for yes, none for no
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}


@dataclass(frozen=True, slots=True)
class Endpoint(Server):
    """A SPARQL 1.1 endpoint; `base` is the namespace of the IRIs that names of entities stand for."""

    base: str = BASE

    def run(
        self,
        sparql: str,
        bindings: Mapping[str, Term] = NO_BINDINGS,
        *,
        name: str = "the query",
        limit: int | None = None,
    ) -> Answer:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE; everything as `local.run` has it.

        Raises:
            QueryError: the query would do more than read, or the endpoint says that it is malformed.
            EndpointError: the endpoint cannot be reached, refuses, is too slow, or answers with something else.
        """
        kind = guard.admit_reading(sparql, name=name)
        bound = bind(sparql, bindings, name=name)
        reply = self.answered(f"{_PROLOGUE} {bound}", kind, name)
        try:
            answer = _parsed(reply, kind, limit, ordered=outline(sparql).ordered)
        except (SyntaxError, ValueError, UnicodeDecodeError) as e:
            raise EndpointError(f"{self.shown}: the answer cannot be read: {line(str(e))}") from e
        return answer if reply.whole or isinstance(answer, Verdict) else replace(answer, truncated=True)


def _parsed(reply: Reply, kind: str, limit: int | None, *, ordered: bool) -> Answer:
    """Return the answer that a reply holds.

    Raises:
        ValueError: it is of another kind, or malformed (SyntaxError).
    """
    is_graph = kind in ("CONSTRUCT", "DESCRIBE")
    if reply.media in _RESULTS and not is_graph:
        found = ox.parse_query_results(reply.content, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return Verdict(bool(found))
        if isinstance(found, ox.QuerySolutions) and [v.value for v in found.variables] == [_VIRTUOSO_ASKED]:
            return Verdict(any(True for _ in found))
        return table(found, limit, ordered=ordered)
    if reply.media in _GRAPHS and is_graph:
        quads = ox.parse(reply.content, format=_GRAPHS[reply.media])
        return graph((quad.triple for quad in quads), limit)
    hint = "; is that the address of a SPARQL endpoint?" if reply.media == "text/html" else ""
    raise ValueError(f"it is {reply.media or 'of no stated type'}{hint}")
