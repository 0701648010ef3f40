"""What is about to be written: changes laid over the store, read through before they are committed at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from regiograph.rdf.nodes import DEFAULT, Graph, Term, Triple, triple


class Draft:
    """The store as it will be. Nothing is written before `commit`, and then everything or nothing."""

    def __init__(self, quads: ox.Store, old: frozenset[ox.Quad], new: frozenset[ox.Quad]) -> None:
        """Begin with quads `old`, which the store holds, giving way to quads `new`, of which it holds no others."""
        self._quads = quads
        self._removed = set(old - new)
        self._added = ox.Store()
        self._added.extend(new - old)

    def add(self, triple: Triple, graph: Graph = DEFAULT) -> None:
        """Add a triple to a graph; one that is there already makes no difference."""
        quad = triple.within(graph)
        if quad in self._removed:
            self._removed.discard(quad)
        elif quad not in self._quads:
            self._added.add(quad)

    def remove(self, triple: Triple, graph: Graph = DEFAULT) -> None:
        """Remove a triple from a graph; one that is not there makes no difference."""
        quad = triple.within(graph)
        if quad in self._added:
            self._added.remove(quad)
        elif quad in self._quads:
            self._removed.add(quad)

    def match(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        obj: Term | None,
        graph: Graph | None = DEFAULT,
    ) -> Iterator[Triple]:
        """Yield the triples of a graph that match the pattern; None matches everything, as a graph any graph."""
        for quad in self._quads.quads_for_pattern(subject, predicate, obj, graph):
            if quad not in self._removed:
                yield triple(quad)
        yield from map(triple, self._added.quads_for_pattern(subject, predicate, obj, graph))

    def holds(
        self, subject: ox.NamedNode | None, predicate: ox.NamedNode, obj: Term | None, graph: Graph | None = DEFAULT
    ) -> bool:
        """Whether any triple of the graph matches the pattern."""
        return next(self.match(subject, predicate, obj, graph), None) is not None

    def changed(self, predicates: Iterable[ox.NamedNode]) -> Iterator[Triple]:
        """Yield the triples of such predicates that come into the default graph or go from it."""
        wanted = frozenset(predicates)
        for quads in (self._removed, self._added):
            yield from (triple(q) for q in quads if q.predicate in wanted and q.graph_name == DEFAULT)

    def commit(self) -> int:
        """Write all changes in one transaction, and return how many quads that were.

        Raises:
            OSError, RuntimeError: nothing was written: the disk is full, or the store is damaged.
        """
        steps = [_data("DELETE", self._removed), _data("INSERT", self._added)]
        steps += [f"DROP SILENT GRAPH {graph}" for graph in self._emptied()]
        if update := ";\n".join(filter(None, steps)):
            self._quads.update(update)
        return len(self._removed) + len(self._added)

    def _emptied(self) -> Iterator[ox.NamedNode]:
        for graph in {quad.graph_name for quad in self._removed}:
            if isinstance(graph, ox.NamedNode) and next(self.match(None, None, None, graph), None) is None:
                yield graph


def _data(verb: str, quads: Iterable[ox.Quad]) -> str:
    """Write quads as an update; terms print themselves as N-Triples, escaped."""
    lines = [
        f"{quad.triple} ." if quad.graph_name == DEFAULT else f"GRAPH {quad.graph_name} {{ {quad.triple} }}"
        for quad in quads
    ]
    return "\n".join((f"{verb} DATA {{", *lines, "}")) if lines else ""
