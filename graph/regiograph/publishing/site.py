"""What a server holds: how many triples in which graph, and what the lists of publications say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import cast

import pyoxigraph as ox

from regiograph.errors import EndpointError
from regiograph.publishing.content import Part
from regiograph.publishing.names import Names
from regiograph.query.remote import Endpoint
from regiograph.query.results import Table, Term, solutions
from regiograph.rdf.nodes import DEFAULT, Graph, iri, text

_PAGE = 5_000  # entries asked for at once: servers give no more than 10,000 rows, some without a word
_ASKED = 100  # graphs counted at once
_ENTRIES = f"""
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?entry ?graph ?triples {{
  VALUES ?list {{ UNDEF }}
  VALUES ?after {{ UNDEF }}
  GRAPH ?list {{ ?entry sd:name ?graph ; void:triples ?triples }}
  FILTER(STR(?entry) > STR(?after))
}}
ORDER BY STR(?entry) LIMIT {_PAGE}
"""
_DEFAULT_COUNT = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
_SEEN = "SELECT (COUNT(*) AS ?seen) { VALUES ?s { UNDEF } ?s ?p ?o }"


class Site:
    """A server as its answers show it."""

    def __init__(self, endpoint: Endpoint, names: Names) -> None:
        """Ask this endpoint."""
        self._endpoint, self._names = endpoint, names

    def entries(self, of: ox.NamedNode) -> dict[ox.NamedNode, Part]:
        """Return what a list has, by entry.

        Raises:
            EndpointError: the server gives no answer, or the list is none of ours.
        """
        found: dict[ox.NamedNode, Part] = {}
        after = ""
        while True:
            rows = self._select(_ENTRIES, {"list": of, "after": text(after)}).rows
            found |= {part.entry: part for part in map(self._part, rows)}
            if len(rows) < _PAGE:
                return found
            after = cast("ox.NamedNode", rows[-1][0]).value

    def counts(self, graphs: Iterable[Graph]) -> dict[Graph, int]:
        """Return how many triples each of the graphs has; one that is not there has none.

        Raises:
            EndpointError: the server gives no answer.
        """
        wanted = tuple(graphs)
        found: dict[Graph, int] = dict.fromkeys(wanted, 0)
        if DEFAULT in wanted:
            found[DEFAULT] = _number(self._select(_DEFAULT_COUNT).rows[0][0])
        named = (graph for graph in wanted if isinstance(graph, ox.NamedNode))
        for some in iter(lambda: tuple(islice(named, _ASKED)), ()):
            found |= dict(self._counted(some))
        return found

    def shows_by_default(self, node: ox.NamedNode) -> bool:
        """Whether a question without GRAPH finds anything about a node.

        Raises:
            EndpointError: the server gives no answer.
        """
        return bool(_number(self._select(_SEEN, {"s": node}).rows[0][0]))

    def _counted(self, graphs: tuple[ox.NamedNode, ...]) -> Iterator[tuple[Graph, int]]:
        named = " ".join(map(str, graphs))
        asked = f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {named} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        for graph, count in self._select(asked).rows:
            if isinstance(graph, ox.NamedNode):  # a server may give one row of nothing
                yield graph, _number(count)

    def _select(self, sparql: str, bindings: dict[str, Term] | None = None) -> Table:
        name = "the look at what is there"
        return solutions(self._endpoint.run(sparql, bindings or {}, name=name), name)

    def _part(self, row: tuple[Term | None, ...]) -> Part:
        match row:
            case (ox.NamedNode() as entry, ox.NamedNode() as graph, triples) if self._names.is_entry(entry):
                return Part(iri(entry.value), self._names.meant(graph), _number(triples))
            case _:
                raise EndpointError(f"{self._endpoint.shown}: the list of what was published is none of ours: {row}")


def _number(term: Term | None) -> int:
    if isinstance(term, ox.Literal) and term.value.isdecimal():
        return int(term.value)
    raise EndpointError(f"{term} is no number of triples")
