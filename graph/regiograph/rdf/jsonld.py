"""JSON-LD under the ontology's own context, written node by node."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import IO, NamedTuple

import pyoxigraph as ox

from regiograph import assets
from regiograph.rdf.nodes import DEFAULT, TYPE, Term, Triple, triple
from regiograph.rdf.vocabulary import PREFIXES, XSD

Json = str | dict[str, "Json"] | list["Json"]

_STRING = str(XSD.string)


class _Term(NamedTuple):
    """How the context writes a property: its name there, and the type that its plain strings have."""

    name: str
    coercion: str | None


def write_jsonld(quads: Iterable[ox.Quad], out: IO[bytes]) -> None:
    """Write quads, which come graph by graph and within a graph subject by subject, one node a line.

    The context is written into the document: nothing is to be fetched in order to read it.

    Raises:
        OSError: the stream cannot be written to.
    """
    out.write(b'{"@context": ' + json.dumps(_context(), ensure_ascii=False).encode() + b',\n"@graph": [')
    separator = b"\n"
    for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
        named = graph != DEFAULT
        if isinstance(graph, ox.NamedNode):
            out.write(separator + b'{"id": ' + json.dumps(graph.value).encode() + b', "@graph": [')
            separator = b"\n"
        for node in _nodes(map(triple, group)):
            out.write(separator + json.dumps(node, ensure_ascii=False).encode())
            separator = b",\n"
        if named:
            out.write(b"]}")
    out.write(b"\n]}\n")


def _nodes(triples: Iterable[Triple]) -> Iterator[Json]:
    for subject, about in groupby(triples, key=lambda said: said.subject):
        node: dict[str, Json] = {"id": _id(subject)}
        for predicate, said in groupby(about, key=lambda each: each.predicate):
            objects = [each.object for each in said]
            if predicate == TYPE:
                node["type"] = _one([_terms()[o.value].name if o.value in _terms() else _id(o) for o in objects])
            else:
                term = _terms().get(predicate.value) or _Term(_id(predicate), None)
                node[term.name] = _one([_value(o, term) for o in objects])
        yield node


def _one(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _value(obj: Term, term: _Term) -> Json:
    if isinstance(obj, ox.NamedNode):
        return _id(obj) if term.coercion == "@id" else {"id": _id(obj)}
    if obj.language is not None:
        return {"@value": obj.value, "@language": obj.language}
    datatype = obj.datatype.value
    if (term.coercion or _STRING) == datatype:
        return obj.value
    return {"@value": obj.value} if datatype == _STRING else {"@value": obj.value, "@type": _compact(datatype)}


def _id(node: Term) -> str:
    return _compact(node.value)


@cache
def _prefixes() -> tuple[tuple[str, str], ...]:
    return tuple((name, namespace) for name, namespace in PREFIXES.items() if _context().get(name) == namespace)


def _compact(iri: str) -> str:
    for name, namespace in _prefixes():
        if iri.startswith(namespace):
            return f"{name}:{iri.removeprefix(namespace)}"
    return iri


@cache
def _context() -> Mapping[str, Json]:
    context: Mapping[str, Json] = json.loads(assets.ontology("context.jsonld").read_text(encoding="utf-8"))["@context"]
    return context


@cache
def _terms() -> Mapping[str, _Term]:
    """Return the context's terms by the IRI that they stand for."""
    found: dict[str, _Term] = {}
    for name, defined in _context().items():
        iri = defined.get("@id") if isinstance(defined, dict) else defined
        kind = defined.get("@type") if isinstance(defined, dict) else None
        if isinstance(iri, str) and not iri.startswith("@") and name not in PREFIXES:
            found[_expanded(iri)] = _Term(name, _expanded(kind) if isinstance(kind, str) else None)
    return found


def _expanded(iri: str) -> str:
    prefix, _, rest = iri.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES else iri
