"""A server as tests of publishing see it: what it shows, and what it keeps in staging."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from regiograph.entities.identity import BASE
from regiograph.publishing.publication import Outcome, Publication
from regiograph.query.remote import Endpoint
from regiograph.query.results import Table
from regiograph.query.updating import Updates
from regiograph.rdf.graphs import tallies_iri, texts_iri
from regiograph.rdf.nodes import DEFAULT, Graph
from regiograph.rdf.store import Store
from servers import Server

LISTS = (f"{BASE}published", f"{BASE}staging")
Shown = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Place:
    """A server, and where the knowledge goes there."""

    server: Server
    knowledge: Graph

    @property
    def endpoint(self) -> Endpoint:
        """Where it is asked."""
        return Endpoint(self.server.query, timeout=60)

    @property
    def updates(self) -> Updates:
        """Where it is written to."""
        return Updates(self.server.update, *self.server.login, timeout=60)

    def through(self, server: Server) -> Place:
        """Return the same place, reached by another way."""
        return replace(self, server=server)

    def publish(self, store: Path, **options: object) -> Outcome:
        """Publish a store."""
        with Store.open(store, read_only=True) as opened:
            return Publication(opened, self.endpoint, self.updates, knowledge=self.knowledge, **options).run()  # type: ignore[arg-type]

    def shows(self) -> Shown:
        """Return what is public, graph by graph, as N-Triples; the knowledge is "knowledge"."""
        return {name: triples for name, triples in self._held().items() if not name.startswith(LISTS)}

    def staging(self) -> Shown:
        """Return what is staged, graph by graph."""
        return {name: triples for name, triples in self._held().items() if name.startswith(f"{BASE}staging")}

    def emptied(self) -> Place:
        """Remove everything that is shown or staged."""
        named = [f"CLEAR SILENT GRAPH <{name}>" for name in self._names()]
        default = ["CLEAR DEFAULT"] if self.knowledge == DEFAULT else []
        if named or default:
            self.updates.send(" ; ".join([*named, *default]))
        return self

    def rows(self, sparql: str) -> Table:
        """Return the answer to a SELECT."""
        found = self.endpoint.run(sparql)
        assert isinstance(found, Table)
        return found

    def _held(self) -> Shown:
        found = {name: self._triples(f"GRAPH <{name}> {{ ?s ?p ?o }}") for name in self._names()}
        if self.knowledge == DEFAULT:
            found["knowledge"] = self._triples("?s ?p ?o")
        else:
            found["knowledge"] = found.pop(str(self.knowledge)[1:-1], frozenset())
        return {name: triples for name, triples in found.items() if triples}

    def _triples(self, pattern: str) -> frozenset[str]:
        return frozenset(" ".join(map(str, row)) for row in self.rows(f"SELECT ?s ?p ?o {{ {pattern} }}").rows)

    def _names(self) -> list[str]:
        found = self.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
        return [row[0].value for row in found if row[0].value.startswith((BASE, "https://example.org/"))]  # type: ignore[union-attr]


def held(store: Path) -> Shown:
    """Return what a store holds, the texts of articles and its tallies aside, as `Place.shows` has it."""
    found: dict[str, set[str]] = {}
    with Store.open(store, read_only=True) as opened:
        for quad in opened.quads:
            graph = quad.graph_name
            if graph in (texts_iri(opened.base), tallies_iri(opened.base)):
                continue
            name = graph.value if isinstance(graph, ox.NamedNode) else "knowledge"
            found.setdefault(name, set()).add(f"{quad.subject} {quad.predicate} {quad.object}")
    return {name: frozenset(triples) for name, triples in found.items()}
