"""The IRIs under which a publication keeps its books on the server."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.rdf.nodes import DEFAULT, Graph, iri


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a publication uses beside those of its graphs; `base` is the namespace of the store."""

    base: str

    @property
    def published(self) -> ox.NamedNode:
        """The graph that lists the graphs which were published."""
        return iri(self.base + "published")

    @property
    def staged(self) -> ox.NamedNode:
        """The graph that lists the graphs which are to be published, until it becomes the list of the published."""
        return iri(self.base + "staging")

    @property
    def probe(self) -> ox.NamedNode:
        """A graph by which a server is tried."""
        return iri(self.base + "staging/probe")

    def entry(self, digest: str) -> ox.NamedNode:
        """Return the name of a graph's entry in those lists, and of the graph in which it waits."""
        return iri(f"{self.base}staging/{digest}")

    def listed(self, target: Graph) -> ox.NamedNode:
        """Return how a list names a graph: the default graph has no IRI, and is given one there."""
        return target if isinstance(target, ox.NamedNode) else self._default

    def meant(self, listed: ox.NamedNode) -> Graph:
        """Return the graph that a list names so."""
        return DEFAULT if listed == self._default else listed

    def is_entry(self, node: ox.NamedNode) -> bool:
        """Whether a node may be such an entry: only graphs of such names are ever removed from staging."""
        return node.value.startswith(f"{self.staged.value}/")

    def are_ours(self, graph: ox.NamedNode) -> bool:
        """Whether a graph is kept for the books."""
        return graph in (self.published, self.staged, self._default) or self.is_entry(graph)

    @property
    def _default(self) -> ox.NamedNode:
        return iri(self.base + "published/default")
