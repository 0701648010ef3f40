"""The shapes of `ontology/shapes.ttl`, compiled once, so that a graph is checked in milliseconds.

What they use of SHACL Core (https://www.w3.org/TR/shacl/) becomes Python functions over an index of the triples;
their SPARQL constraints are run by pyoxigraph, for the whole graph at once. A shape that uses anything else is
refused when it is compiled, so that nothing is left unchecked in silence. pySHACL gives the same verdicts, 300 times
slower, and is the oracle of the tests.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

import pyoxigraph as ox
from rdflib import SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from regiograph import assets
from regiograph.rdf.constraints import COMPONENTS, Check, Path, path, term
from regiograph.rdf.index import Index, Term
from regiograph.rdf.vocabulary import compact

_SUBCLASS = ox.NamedNode(str(RDFS.subClassOf))
_SCHEMA = frozenset(map(str, (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.unionOf, RDF.first, RDF.rest)))
_KNOWN = frozenset(
    {SH.targetClass, SH.targetSubjectsOf, SH.path, SH.message, SH.property, SH.sparql, SH["or"], SH.node}
)


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape rejects: at which node, along which path (as SPARQL writes it), which value, and why."""

    focus: Term
    path: str
    value: Term | None
    message: str
    shape: str

    @property
    def order(self) -> tuple[str, ...]:
        """A key that sorts results the same way everywhere."""
        return (str(self.focus), self.path, self.message, str(self.value), self.shape)


@dataclass(slots=True)
class _Shape:
    """A node shape, or a property shape: then it has a path."""

    message: str
    targets: list[Callable[[Index], Iterable[Term]]] = field(default_factory=list)
    path: tuple[Path, str] | None = None
    checks: list[Check] = field(default_factory=list)
    properties: list[_Shape] = field(default_factory=list)
    queries: list[tuple[str, str]] = field(default_factory=list)  # SPARQL, message

    def focus_nodes(self, index: Index) -> dict[Term, None]:
        return dict.fromkeys(chain.from_iterable(target(index) for target in self.targets))

    def results(self, index: Index, focus: Term, name: str) -> Iterator[Result]:
        walk, shown = self.path or (None, "")
        values = (focus,) if walk is None else walk(index, focus)
        for check in self.checks:
            for value in check(index, focus, values):
                yield Result(focus, shown, value, self.message, name)
        for shape in self.properties:
            for value in values:
                yield from shape.results(index, value, name)

    def allows(self, index: Index, focus: Term) -> bool:
        return next(self.results(index, focus, ""), None) is None


class Shapes:
    """Compiled shapes; `Shapes.load` gives those of the ontology."""

    def __init__(self, shapes: Graph, ontology: Iterable[ox.Triple]) -> None:
        """Compile a shapes graph; the ontology tells subclasses, domains and ranges.

        Raises:
            NotImplementedError: the shapes use something of SHACL that is not compiled.
        """
        schema = tuple(triple for triple in ontology if triple.predicate.value in _SCHEMA)
        self._schema = tuple(ox.Quad(*triple) for triple in schema)
        self._above = _superclasses(schema)
        targeted = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
        self._shapes = {compact(str(node)): _compile(shapes, node) for node in sorted(targeted, key=str)}

    @staticmethod
    @cache
    def load() -> Shapes:
        """Return the shapes of `ontology/shapes.ttl`, compiled against the ontology."""
        ontology = ox.parse(path=str(assets.ontology("regiograph.ttl")), format=ox.RdfFormat.TURTLE)
        shapes = Graph().parse(assets.ontology("shapes.ttl"), format="turtle")
        return Shapes(shapes, (quad.triple for quad in ontology))

    def index(self, triples: Iterable[ox.Triple]) -> Index:
        """Index the triples of one graph for `check`."""
        return Index(triples, self._above)

    def check(self, index: Index) -> tuple[Result, ...]:
        """Return what the shapes reject, sorted; empty if the graph conforms."""
        found = chain(self._core(index), self._sparql(index))
        return tuple(sorted(set(found), key=lambda result: result.order))

    def _core(self, index: Index) -> Iterator[Result]:
        for name, shape in self._shapes.items():
            for focus in shape.focus_nodes(index):
                yield from shape.results(index, focus, name)

    def _sparql(self, index: Index) -> Iterator[Result]:
        store = ox.Store()
        for name, shape in self._shapes.items():
            focus = shape.focus_nodes(index) if shape.queries else {}
            if focus and not len(store):
                store.extend(chain(self._schema, (ox.Quad(*triple) for triple in index.triples)))
            for query, message in shape.queries if focus else ():
                yield from (_result(row, message, name) for row in _rows(store, query) if row["this"] in focus)


def _compile(shapes: Graph, node: Node) -> _Shape:
    _refuse_unknown(shapes, node)
    shape = _Shape(str(shapes.value(node, SH.message) or ""))
    shape.targets = [_instances(term(kind)) for kind in _sorted(shapes, node, SH.targetClass)]
    shape.targets += [_subjects(term(predicate)) for predicate in _sorted(shapes, node, SH.targetSubjectsOf)]
    if (along := shapes.value(node, SH.path)) is not None:
        shape.path = path(shapes, along)
    for parameter, component in COMPONENTS.items():
        shape.checks += [component(shapes, value) for value in _sorted(shapes, node, parameter)]
    for each in _sorted(shapes, node, SH["or"]):
        shape.checks.append(_any([_compile(shapes, option) for option in Collection(shapes, each)]))
    shape.checks += [_any([_compile(shapes, each)]) for each in _sorted(shapes, node, SH.node)]
    shape.properties = [_compile(shapes, each) for each in _sorted(shapes, node, SH.property)]
    shape.queries = [_query(shapes, each) for each in _sorted(shapes, node, SH.sparql)]
    return shape


def _refuse_unknown(shapes: Graph, node: Node) -> None:
    for predicate in shapes.predicates(node):
        if str(predicate).startswith(SH._NS) and predicate not in _KNOWN and predicate not in COMPONENTS:
            raise NotImplementedError(f"{compact(str(node))}: the gate does not know {compact(str(predicate))}")


def _sorted(shapes: Graph, node: Node, predicate: URIRef) -> list[Node]:
    return sorted(shapes.objects(node, predicate), key=str)


def _instances(kind: Term) -> Callable[[Index], Iterable[Term]]:
    return lambda index: index.instances(kind)


def _subjects(predicate: Term) -> Callable[[Index], Iterable[Term]]:
    return lambda index: index.subjects_of(predicate)


def _any(options: Sequence[_Shape]) -> Check:
    def check(index: Index, _: Term, values: Sequence[Term]) -> list[Term]:
        return [value for value in values if not any(option.allows(index, value) for option in options)]

    return check


def _query(shapes: Graph, node: Node) -> tuple[str, str]:
    declared = [
        f"PREFIX {shapes.value(prefix, SH.prefix)}: <{shapes.value(prefix, SH.namespace)}>"
        for scope in shapes.objects(node, SH.prefixes)
        for prefix in shapes.objects(scope, SH.declare)
    ]
    return "\n".join([*sorted(declared), str(shapes.value(node, SH.select))]), str(shapes.value(node, SH.message))


def _rows(store: ox.Store, query: str) -> Iterator[Mapping[str, Term]]:
    solutions = store.query(query)
    if not isinstance(solutions, ox.QuerySolutions):
        raise NotImplementedError(f"a constraint that is no SELECT: {query}")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: value for name in names if (value := solution[name]) is not None}


def _result(row: Mapping[str, Term], message: str, name: str) -> Result:
    said = re.sub(r"\{[?$](\w+)\}", lambda match: _shown(row.get(match[1])), message)
    return Result(row["this"], _shown(row.get("path")), row.get("value"), said, name)


def _shown(value: Term | None) -> str:
    return compact(value.value) if isinstance(value, ox.NamedNode | ox.Literal) else ""


def _superclasses(schema: Iterable[ox.Triple]) -> dict[Term, tuple[Term, ...]]:
    parents: dict[Term, list[Term]] = defaultdict(list)
    for triple in schema:
        if triple.predicate == _SUBCLASS:
            parents[triple.subject].append(triple.object)
    return {kind: tuple(dict.fromkeys(_upward(kind, parents))) for kind in parents}


def _upward(kind: Term, parents: Mapping[Term, Sequence[Term]]) -> Iterator[Term]:
    yield kind
    for parent in parents.get(kind, ()):
        yield from _upward(parent, parents)
