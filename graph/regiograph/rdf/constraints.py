"""The paths and constraint components of SHACL Core that our shapes use, as Python functions over an index.

Section numbers are those of https://www.w3.org/TR/shacl/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from operator import ge, le, lt
from types import MappingProxyType

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from regiograph.rdf.index import Index, Term
from regiograph.rdf.lexical import number, well_formed
from regiograph.rdf.vocabulary import compact

Path = Callable[[Index, Term], Sequence[Term]]
Test = Callable[[Index, Term], bool]
Check = Callable[[Index, Term, Sequence[Term]], Iterable[Term | None]]
"""Given index, focus node and value nodes, yields the values that offend; None where it is no single one."""

_KINDS = {SH.IRI: ox.NamedNode, SH.Literal: ox.Literal, SH.BlankNode: ox.BlankNode}


def term(node: Node) -> Term:
    """Return an rdflib term as pyoxigraph has it."""
    if isinstance(node, Literal):
        datatype = None if node.datatype is None else ox.NamedNode(str(node.datatype))
        return ox.Literal(str(node), datatype=datatype, language=node.language)
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


def path(shapes: Graph, node: Node) -> tuple[Path, str]:
    """Compile a property path (2.3.1); the second value writes it as SPARQL does.

    Raises:
        NotImplementedError: a kind of path that our shapes have not used so far.
    """
    if isinstance(node, URIRef):
        predicate = term(node)
        return (lambda index, focus: index.objects(focus, predicate)), compact(str(node))
    if (inverse := shapes.value(node, SH.inversePath)) is not None:
        predicate = term(inverse)
        return (lambda index, focus: index.subjects(predicate, focus)), f"^{compact(str(inverse))}"
    if (options := shapes.value(node, SH.alternativePath)) is not None:
        steps, shown = zip(*(path(shapes, each) for each in Collection(shapes, options)), strict=True)
        return _alternative(steps), "|".join(shown)
    if (node, RDF.first, None) in shapes:
        steps, shown = zip(*(path(shapes, each) for each in Collection(shapes, node)), strict=True)
        return _sequence(steps), "/".join(shown)
    raise NotImplementedError(f"a property path that the gate does not know: {shapes.cbd(node).serialize()}")


def _alternative(steps: Sequence[Path]) -> Path:
    return lambda index, focus: tuple(dict.fromkeys(chain.from_iterable(step(index, focus) for step in steps)))


def _sequence(steps: Sequence[Path]) -> Path:
    def walk(index: Index, focus: Term) -> Sequence[Term]:
        nodes: Iterable[Term] = (focus,)
        for step in steps:
            nodes = dict.fromkeys(chain.from_iterable(step(index, node) for node in nodes))
        return tuple(nodes)

    return walk


def _each(test: Test) -> Check:
    return lambda index, _, values: [value for value in values if not test(index, value)]


def _datatype(_: Graph, node: Node) -> Check:
    wanted = str(node)
    return _each(lambda _, v: isinstance(v, ox.Literal) and v.datatype.value == wanted and well_formed(v))


def _node_kind(_: Graph, node: Node) -> Check:
    kind = _KINDS[URIRef(str(node))]
    return _each(lambda _, v: isinstance(v, kind))


def _class(_: Graph, node: Node) -> Check:
    wanted = term(node)
    return _each(lambda index, v: v in index.instances(wanted))


def _in(shapes: Graph, node: Node) -> Check:
    allowed = frozenset(term(each) for each in Collection(shapes, node))
    return _each(lambda _, v: v in allowed)


def _pattern(_: Graph, node: Node) -> Check:
    # "$" ends the string in XPath, and would let a line feed follow in Python
    pattern = re.compile(re.sub(r"\$(?=\)?\Z)", r"\\Z", str(node)))
    return _each(lambda _, v: isinstance(v, ox.Literal | ox.NamedNode) and pattern.search(v.value) is not None)


def _min_length(_: Graph, node: Node) -> Check:
    least = int(str(node))
    return _each(lambda _, v: isinstance(v, ox.Literal | ox.NamedNode) and len(v.value) >= least)


def _limit(holds: Callable[[Decimal, Decimal], bool]) -> Callable[[Graph, Node], Check]:
    def component(_: Graph, node: Node) -> Check:
        limit = Decimal(str(node))
        return _each(lambda _, v: (n := _number(v)) is not None and holds(n, limit))

    return component


def _min_count(_: Graph, node: Node) -> Check:
    least = int(str(node))
    return lambda _, __, values: () if len(values) >= least else (None,)


def _max_count(_: Graph, node: Node) -> Check:
    most = int(str(node))
    return lambda _, __, values: () if len(values) <= most else (None,)


def _compared(holds: Callable[[Decimal, Decimal], bool]) -> Callable[[Graph, Node], Check]:
    def component(_: Graph, node: Node) -> Check:
        other = term(node)

        def check(index: Index, focus: Term, values: Sequence[Term]) -> Iterable[Term]:
            others = [_number(each) for each in index.objects(focus, other)]
            for value in values:
                if any((n := _number(value)) is None or o is None or not holds(n, o) for o in others):
                    yield value

        return check

    return component


def _equals(_: Graph, node: Node) -> Check:
    other = term(node)
    return lambda index, focus, values: sorted(set(values) ^ set(index.objects(focus, other)), key=str)


def _number(value: Term) -> Decimal | None:
    return number(value) if isinstance(value, ox.Literal) else None


COMPONENTS: Mapping[URIRef, Callable[[Graph, Node], Check]] = MappingProxyType(
    {
        SH["class"]: _class,  # 4.1.1
        SH.datatype: _datatype,
        SH.nodeKind: _node_kind,
        SH.minCount: _min_count,  # 4.2
        SH.maxCount: _max_count,
        SH.minInclusive: _limit(ge),  # 4.3
        SH.maxInclusive: _limit(le),
        SH.minLength: _min_length,  # 4.4
        SH.pattern: _pattern,
        SH.equals: _equals,  # 4.5
        SH.lessThan: _compared(lt),
        SH.lessThanOrEquals: _compared(le),
        SH["in"]: _in,  # 4.8.3
    }
)
"""Constraint components by the property that states their parameter; sh:or and sh:node need shapes, see `shapes`."""
