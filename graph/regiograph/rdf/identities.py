"""Under which IRI an entity is known that an article mentions: its own, unless resolution or a person says otherwise.

An article's graph is never changed by it. What is said here lies in a graph of its own: a triple for each mention that
is known otherwise, and a label for each entity that people have renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from regiograph.rdf.graphs import identities_iri
from regiograph.rdf.nodes import LABEL, Triple, iri, rg, text, triple

ENTITY, IDENTIFIED_AS = rg("entity"), rg("identifiedAs")


class Identities:
    """The graph of identities of a store."""

    def __init__(self, quads: ox.Store, base: str) -> None:
        self._quads = quads
        self.graph = identities_iri(base)

    def called(self, article: Iterable[ox.Quad], changes: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return how the entities of an article's graph are known, by their own IRIs; those known so are left out.

        `changes` are those of `revise` that are not yet stored.
        """
        mentions = ((triple(quad).subject, triple(quad).object) for quad in article if quad.predicate == ENTITY)
        found = {entity.value: self.of(mention, changes) for mention, entity in mentions}
        return {entity: known for entity, known in found.items() if known is not None and known != entity}

    def of(self, mention: ox.NamedNode, changes: Mapping[str, str] | None = None) -> str | None:
        """Return the IRI by which the entity of a mention is known, None if it is its own."""
        if changes is not None and mention.value in changes:
            return changes[mention.value] or None
        found = self._quads.quads_for_pattern(mention, IDENTIFIED_AS, None, self.graph)
        return next((triple(quad).object.value for quad in found), None)

    def told(self, article: Iterable[ox.Quad]) -> frozenset[ox.Quad]:
        """Return what is said of the mentions in an article's graph."""
        nodes = (triple(quad).subject for quad in article if quad.predicate == ENTITY)
        return frozenset(q for node in nodes for q in self._quads.quads_for_pattern(node, None, None, self.graph))

    def mentions(self, entity: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
        """Yield the mentions by which an entity is known, each with the graph of its article."""
        for quad in self._quads.quads_for_pattern(None, ENTITY, entity, None):
            mention, graph = triple(quad).subject, quad.graph_name
            if isinstance(graph, ox.NamedNode) and self.of(mention) in (None, entity.value):
                yield mention, graph
        for quad in self._quads.quads_for_pattern(None, IDENTIFIED_AS, entity, self.graph):
            mention = triple(quad).subject
            for said in self._quads.quads_for_pattern(mention, ENTITY, None, None):
                if isinstance(said.graph_name, ox.NamedNode) and triple(said).object != entity:
                    yield mention, said.graph_name

    def label(self, entity: ox.NamedNode) -> ox.Literal | None:
        """Return the name that people have given an entity."""
        found = self._quads.quads_for_pattern(entity, LABEL, None, self.graph)
        return next((quad.object for quad in found if isinstance(quad.object, ox.Literal)), None)

    def stored(self) -> dict[str, str]:
        """Return all mentions that are known otherwise, and as what."""
        found = map(triple, self._quads.quads_for_pattern(None, IDENTIFIED_AS, None, self.graph))
        return {mention.value: known.value for mention, _, known in found}

    def stored_of(self, mentions: Iterable[str]) -> dict[str, str]:
        """Return those of some mentions that are known otherwise, and as what."""
        found = ((mention, self.of(iri(mention))) for mention in mentions)
        return {mention: known for mention, known in found if known is not None}

    def labels(self) -> dict[str, str]:
        """Return all names that people have given, by the entity's IRI."""
        found = map(triple, self._quads.quads_for_pattern(None, LABEL, None, self.graph))
        return {entity.value: name.value for entity, _, name in found}


def identified(mention: str, known: str) -> Triple:
    """Return the triple that tells how the entity of a mention is known."""
    return Triple(iri(mention), IDENTIFIED_AS, iri(known))


def labelled(entity: str, name: str) -> Triple:
    """Return the triple that tells how people have named an entity."""
    return Triple(iri(entity), LABEL, text(name))
