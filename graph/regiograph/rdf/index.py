"""Triples, found from both ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox
from rdflib.namespace import RDF

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_TYPE = ox.NamedNode(str(RDF.type))


class Index:
    """The triples of a graph."""

    def __init__(self, triples: Iterable[ox.Triple], above: Mapping[Term, Sequence[Term]]) -> None:
        """Index triples; `above` gives the superclasses of a class, itself included."""
        self.triples = tuple(triples)
        self._objects: dict[Term, dict[Term, list[Term]]] = defaultdict(dict)
        self._subjects: dict[Term, dict[Term, list[Term]]] = defaultdict(dict)
        for subject, predicate, obj in self.triples:
            self._objects[predicate].setdefault(subject, []).append(obj)
            self._subjects[predicate].setdefault(obj, []).append(subject)
        self._instances: dict[Term, dict[Term, None]] = defaultdict(dict)
        for kind, nodes in self._subjects.get(_TYPE, {}).items():
            for each in above.get(kind, (kind,)):
                self._instances[each].update(dict.fromkeys(nodes))

    def objects(self, subject: Term, predicate: Term) -> Sequence[Term]:
        """Return the objects of a subject and predicate."""
        return self._objects[predicate].get(subject, ()) if predicate in self._objects else ()

    def subjects(self, predicate: Term, obj: Term) -> Sequence[Term]:
        """Return the subjects of a predicate and object."""
        return self._subjects[predicate].get(obj, ()) if predicate in self._subjects else ()

    def subjects_of(self, predicate: Term) -> Iterable[Term]:
        """Return every subject of a predicate."""
        return self._objects.get(predicate, {})

    def instances(self, kind: Term) -> Mapping[Term, None]:
        """Return the instances of a class and of its subclasses."""
        return self._instances.get(kind, {})

    def incoming(self, node: Term) -> Iterator[Term]:
        """Yield the subjects that point to a node, by any predicate."""
        for subjects in self._subjects.values():
            yield from subjects.get(node, ())
