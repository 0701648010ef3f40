"""What a store has to publish: graph by graph, each with the name it gets, its size and a digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import pyoxigraph as ox

from regiograph.errors import TermError
from regiograph.publishing.names import Names
from regiograph.rdf import export
from regiograph.rdf.nodes import DEFAULT, Graph
from regiograph.rdf.store import Store


@dataclass(frozen=True, slots=True)
class Part:
    """A graph to be published.

    `target` is where it goes, `entry` the IRI that its target and its content make: the same graph of the same content
    has the same entry, everywhere and at any time.
    """

    entry: ox.NamedNode
    target: Graph
    triples: int


class Content:
    """The graphs of a store that hold anything, as they are to be published: the knowledge, then the named ones."""

    def __init__(self, store: Store, names: Names, knowledge: Graph = DEFAULT) -> None:
        """Look the store through; `knowledge` is where its default graph goes.

        Raises:
            TermError: the knowledge would go where another graph of the store goes, or where publications are noted.
        """
        self._store, self._knowledge = store, knowledge
        named = export.named(store)
        if isinstance(knowledge, ox.NamedNode) and (knowledge in named or names.are_ours(knowledge)):
            raise TermError(f"{knowledge.value} is the name of another graph; give the knowledge a name of its own")
        found = (self._part(graph, names) for graph in (knowledge, *named))
        self.parts = tuple(part for part in found if part.triples)

    def lines(self, part: Part) -> Iterator[bytes]:
        """Yield the triples of a part as lines of N-Triples, sorted."""
        return self._lines(part.target)

    def _lines(self, target: Graph) -> Iterator[bytes]:
        return export.lines(self._store, DEFAULT if target == self._knowledge else target)

    def _part(self, target: Graph, names: Names) -> Part:
        digest, triples = sha256(f"{target}\n".encode()), 0
        for line in self._lines(target):
            digest.update(line)
            triples += 1
        return Part(names.entry(digest.hexdigest()), target, triples)
