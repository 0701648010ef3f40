"""What a dataset holds, told in VoID (https://www.w3.org/TR/void/) and DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from regiograph.query.engine import explained
from regiograph.rdf.export import serialise
from regiograph.rdf.nodes import TYPE, integer, iri, term, text
from regiograph.rdf.vocabulary import DCTERMS, PREFIXES, RG, XSD, local_name

VOID, DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
ALL_PREFIXES = {**PREFIXES, "void": VOID, "dcat": DCAT}

_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "entities": "SELECT (COUNT(?e) AS ?n) { ?e rg:articleCount ?any }",
    "documents": "SELECT (COUNT(?a) AS ?n) { GRAPH ?a { ?a a rg:Article } }",
}
_CLASSES = "SELECT ?key (COUNT(*) AS ?n) { ?e a ?key } GROUP BY ?key ORDER BY ?key"
_PROPERTIES = "SELECT ?key (COUNT(*) AS ?n) { ?s ?key ?o } GROUP BY ?key ORDER BY ?key"
_EXAMPLE = "SELECT ?e { ?e rg:articleCount ?n } ORDER BY DESC(?n) ?e LIMIT 1"
_DATES = """SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) {
  GRAPH ?a { ?a a rg:Article ; dcterms:issued ?date } BIND(STR(?date) AS ?day) }"""

Triples = Iterator[ox.Triple]


def write(quads: ox.Store, base: str, out: IO[bytes]) -> None:
    """Write the description of the dataset whose IRIs begin with `base` as Turtle."""
    triples = sorted(dataset(quads, base, iri(f"{base}dataset")), key=str)
    serialise(triples, out, ox.RdfFormat.TURTLE, ALL_PREFIXES)


def dataset(quads: ox.Store, base: str, node: ox.NamedNode) -> Triples:
    """Yield how much a dataset holds, of which classes and properties, and of which time its articles are."""
    for kind in (f"{VOID}Dataset", f"{DCAT}Dataset"):
        yield ox.Triple(node, TYPE, iri(kind))
    yield ox.Triple(node, term(DCTERMS.title), text("Regional investment in the news", "en"))
    yield ox.Triple(node, iri(VOID + "uriSpace"), text(base))
    for namespace in PREFIXES.values():
        yield ox.Triple(node, iri(VOID + "vocabulary"), iri(namespace))
    for name, query in _COUNTS.items():
        yield ox.Triple(node, iri(VOID + name), integer(_rows(quads, query)[0][0].value))
    for (example,) in _rows(quads, _EXAMPLE):
        yield ox.Triple(node, iri(VOID + "exampleResource"), example)
    yield from _temporal(quads, node)
    yield from _partitions(quads, node, "class", "entities", _CLASSES)
    yield from _partitions(quads, node, "property", "triples", _PROPERTIES)


def _temporal(quads: ox.Store, node: ox.NamedNode) -> Triples:
    ends = [value for row in _rows(quads, _DATES) for value in row if value is not None]
    if len(ends) < 2:
        return
    period = iri(f"{_stem(node)}period")
    yield ox.Triple(node, term(DCTERMS.temporal), period)
    yield ox.Triple(period, TYPE, term(DCTERMS.PeriodOfTime))
    for name, value in zip(("startDate", "endDate"), ends, strict=True):
        yield ox.Triple(period, iri(DCAT + name), _date(value.value))


def _date(value: str) -> ox.Literal:
    kinds = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
    return ox.Literal(value, datatype=term(kinds[len(value)])) if len(value) in kinds else text(value)


def _stem(node: ox.NamedNode) -> str:
    return node.value.removesuffix("dataset")


def _partitions(quads: ox.Store, node: ox.NamedNode, name: str, counted: str, query: str) -> Triples:
    for key, n in _rows(quads, query):
        if not key.value.startswith(str(RG._NS)):
            continue
        part = iri(f"{_stem(node)}{name}-{local_name(key.value)}")
        yield ox.Triple(node, iri(f"{VOID}{name}Partition"), part)
        yield ox.Triple(part, iri(VOID + name), key)
        yield ox.Triple(part, iri(VOID + counted), integer(n.value))


def _rows(quads: ox.Store, query: str) -> list[list[ox.NamedNode | ox.Literal]]:
    with explained(query, "a count"):
        found = quads.query(query, prefixes=dict(PREFIXES))
        return [list(row) for row in found]  # type: ignore[union-attr]
