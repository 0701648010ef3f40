"""What the service can do (SPARQL 1.1 Service Description), and what the dataset holds (VoID)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from regiograph.query.engine import explained
from regiograph.rdf.nodes import TYPE, integer, iri, term, text
from regiograph.rdf.vocabulary import DCTERMS, FOAF, PREFIXES, RG, local_name
from regiograph.version import __version__

SD, VOID, FORMATS = (
    "http://www.w3.org/ns/sparql-service-description#",
    "http://rdfs.org/ns/void#",
    "http://www.w3.org/ns/formats/",
)
_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
            "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "entities": "SELECT (COUNT(?e) AS ?n) { ?e rg:articleCount ?any }",
    "documents": "SELECT (COUNT(?a) AS ?n) { GRAPH ?a { ?a a rg:Article } }",
}
_CLASSES = "SELECT ?key (COUNT(*) AS ?n) { ?e a ?key } GROUP BY ?key ORDER BY ?key"
_PROPERTIES = "SELECT ?key (COUNT(*) AS ?n) { ?s ?key ?o } GROUP BY ?key ORDER BY ?key"
_EXAMPLE = "SELECT ?e { ?e rg:articleCount ?n } ORDER BY DESC(?n) ?e LIMIT 1"
_ALL = {**PREFIXES, "sd": SD, "void": VOID, "formats": FORMATS}

Triples = Iterator[ox.Triple]


def service(root: str, *, updates: bool, kind: str) -> bytes:
    """Describe the service at `root` (an address that ends in a slash) as RDF of a media type."""
    return _written(_service(root, updates=updates), kind)


def dataset(quads: ox.Store, base: str, root: str, *, kind: str) -> bytes:
    """Describe the dataset as RDF of a media type: how much it holds, of which classes and properties."""
    return _written(_dataset(quads, base, root), kind)


def _written(triples: Triples, kind: str) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.from_media_type(kind), prefixes=_ALL) or b""


def _service(root: str, *, updates: bool) -> Triples:
    node, data = iri(f"{root}sparql#service"), iri(f"{root}.well-known/void#dataset")
    yield ox.Triple(node, TYPE, iri(SD + "Service"))
    yield ox.Triple(node, iri(SD + "endpoint"), iri(f"{root}sparql"))
    for language in ("SPARQL10Query", "SPARQL11Query", *(("SPARQL11Update",) if updates else ())):
        yield ox.Triple(node, iri(SD + "supportedLanguage"), iri(SD + language))
    for name in _FORMATS:
        yield ox.Triple(node, iri(SD + "resultFormat"), iri(FORMATS + name))
    yield ox.Triple(node, iri(SD + "defaultDataset"), data)
    yield ox.Triple(node, term(DCTERMS.title), text(f"regiograph {__version__}", "en"))
    yield ox.Triple(data, TYPE, iri(SD + "Dataset"))
    yield ox.Triple(data, iri(SD + "defaultGraph"), graph := iri(f"{root}sparql#knowledge"))
    yield ox.Triple(graph, TYPE, iri(SD + "Graph"))
    yield ox.Triple(graph, term(DCTERMS.description), text("What asserted claims of enough confidence say; the claims "
                    "and their sentences lie in a named graph of each article.", "en"))  # fmt: skip


def _dataset(quads: ox.Store, base: str, root: str) -> Triples:
    node = iri(f"{root}.well-known/void#dataset")
    yield ox.Triple(iri(f"{root}.well-known/void"), TYPE, iri(VOID + "DatasetDescription"))
    yield ox.Triple(iri(f"{root}.well-known/void"), term(FOAF.primaryTopic), node)
    yield ox.Triple(node, TYPE, iri(VOID + "Dataset"))
    yield ox.Triple(node, term(DCTERMS.title), text("Regional investment in the news", "en"))
    yield ox.Triple(node, iri(VOID + "sparqlEndpoint"), iri(f"{root}sparql"))
    yield ox.Triple(node, iri(VOID + "uriSpace"), text(base))
    yield ox.Triple(node, iri(VOID + "uriLookupEndpoint"), iri(f"{root}find?name="))
    for namespace in PREFIXES.values():
        yield ox.Triple(node, iri(VOID + "vocabulary"), iri(namespace))
    for name, query in _COUNTS.items():
        yield ox.Triple(node, iri(VOID + name), integer(_rows(quads, query)[0][0].value))
    for (example,) in _rows(quads, _EXAMPLE):
        yield ox.Triple(node, iri(VOID + "exampleResource"), example)
    yield from _partitions(quads, node, "class", "entities", _CLASSES)
    yield from _partitions(quads, node, "property", "triples", _PROPERTIES)


def _partitions(quads: ox.Store, node: ox.NamedNode, name: str, counted: str, query: str) -> Triples:
    for key, n in _rows(quads, query):
        if not key.value.startswith(str(RG._NS)):
            continue
        part = iri(f"{node.value.removesuffix('dataset')}{name}-{local_name(key.value)}")
        yield ox.Triple(node, iri(f"{VOID}{name}Partition"), part)
        yield ox.Triple(part, iri(VOID + name), key)
        yield ox.Triple(part, iri(VOID + counted), integer(n.value))


def _rows(quads: ox.Store, query: str) -> list[list[ox.NamedNode | ox.Literal]]:
    with explained(query, "a count"):
        found = quads.query(query, prefixes=dict(PREFIXES))
        return [list(row) for row in found]  # type: ignore[union-attr]
