"""What follows from the knowledge by the ontology's axioms, kept up as the knowledge changes.

It lies in a graph of its own, apart from what articles state. Inverse and symmetric relations follow from one triple
each; for a transitive one, only what leads to a changed triple is looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType

import pyoxigraph as ox

from regiograph import assets
from regiograph.rdf.draft import Draft
from regiograph.rdf.nodes import TYPE, Triple, iri, term, triple
from regiograph.rdf.vocabulary import OWL


@dataclass(frozen=True, slots=True)
class Axioms:
    """The properties that are reasoned by: the symmetric, the transitive, and those that have a named inverse."""

    symmetric: frozenset[ox.NamedNode]
    transitive: frozenset[ox.NamedNode]
    inverses: Mapping[ox.NamedNode, ox.NamedNode]

    @property
    def premises(self) -> frozenset[ox.NamedNode]:
        """The properties from which something follows."""
        return self.symmetric | self.transitive | self.inverses.keys()


@cache
def axioms() -> Axioms:
    """Return the axioms of the ontology that are reasoned by; others would tell types that every node has."""
    said = [triple(each) for each in ox.parse(path=assets.ontology("regiograph.ttl"), format=ox.RdfFormat.TURTLE)]
    symmetric, transitive = (
        frozenset(subject for subject, predicate, kind in said if predicate == TYPE and kind == term(wanted))
        for wanted in (OWL.SymmetricProperty, OWL.TransitiveProperty)
    )
    inverses = {iri(of.value): inverse for inverse, predicate, of in said if predicate == term(OWL.inverseOf)}
    return Axioms(symmetric, transitive, MappingProxyType(inverses))


def revise(draft: Draft, graph: ox.NamedNode) -> None:
    """Bring the graph of what is inferred in line with the knowledge that a draft changes.

    What the knowledge states itself is not repeated, and nothing is related to itself.
    """
    tails: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for said in list(draft.changed(axioms().premises)):
        if said.predicate in axioms().transitive:
            tails[said.predicate].add(said.subject)
        else:
            _turn(draft, graph, said)
    for predicate, nodes in tails.items():
        for node in nodes | _reached(nodes, partial(_back, draft, predicate)):
            _follow(draft, graph, node, predicate)


def _turn(draft: Draft, graph: ox.NamedNode, said: Triple) -> None:
    """Say a triple from its other end, if the knowledge has it, else no more."""
    subject, predicate, obj = said.subject, said.predicate, iri(said.object.value)
    if predicate in axioms().inverses:
        follows = subject != obj and draft.holds(*said)
        _put(draft, graph, Triple(obj, axioms().inverses[predicate], subject), follows)
    if predicate in axioms().symmetric:
        for one, other in ((subject, obj), (obj, subject)):
            follows = one != other and draft.holds(one, predicate, other) and not draft.holds(other, predicate, one)
            _put(draft, graph, Triple(other, predicate, one), follows)


def _put(draft: Draft, graph: ox.NamedNode, said: Triple, follows: bool) -> None:
    if follows:
        draft.add(said, graph)
    else:
        draft.remove(said, graph)


def _follow(draft: Draft, graph: ox.NamedNode, node: ox.NamedNode, predicate: ox.NamedNode) -> None:
    """Say of a node to what a transitive property leads from it in several steps, and of these that it does."""
    reached = _reached({node}, partial(_on, draft, predicate)) - {node}
    inverse = axioms().inverses.get(predicate)
    follows = {Triple(node, predicate, end) for end in reached if not draft.holds(node, predicate, end)}
    told = set(draft.match(node, predicate, None, graph))
    if inverse is not None:
        follows |= {Triple(end, inverse, node) for end in reached}
        told |= set(draft.match(None, inverse, node, graph))
    for each in follows ^ told:
        _put(draft, graph, each, each in follows)


def _on(draft: Draft, predicate: ox.NamedNode, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    return (iri(obj.value) for _, _, obj in draft.match(node, predicate, None))


def _back(draft: Draft, predicate: ox.NamedNode, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    return (subject for subject, _, _ in draft.match(None, predicate, node))


def _reached(
    nodes: Iterable[ox.NamedNode], steps: Callable[[ox.NamedNode], Iterator[ox.NamedNode]]
) -> set[ox.NamedNode]:
    """Return what is reached from nodes in one step or more."""
    found: set[ox.NamedNode] = set()
    waiting = list(nodes)
    while waiting:
        for node in steps(waiting.pop()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found
