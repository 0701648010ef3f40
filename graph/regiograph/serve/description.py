"""What the service can do (SPARQL 1.1 Service Description), and what the dataset holds (VoID)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from regiograph.query.engine import explained
from regiograph.rdf.nodes import TYPE, iri, term, text
from regiograph.rdf.vocabulary import DCTERMS, FOAF, PREFIXES, RG, VOID
from regiograph.rdf.void import Holdings, described
from regiograph.version import __version__

SD, FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
            "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
_COUNTS = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(?e) AS ?n) { ?e rg:articleCount ?any }",
    "SELECT (COUNT(?a) AS ?n) { GRAPH ?a { ?a a rg:Article } }",
)
_CLASSES = "SELECT ?key (COUNT(*) AS ?n) { ?e a ?key } GROUP BY ?key ORDER BY ?key"
_PROPERTIES = "SELECT ?key (COUNT(*) AS ?n) { ?s ?key ?o } GROUP BY ?key ORDER BY ?key"
_EXAMPLE = "SELECT ?e { ?e rg:articleCount ?n } ORDER BY DESC(?n) ?e LIMIT 1"
_ALL = {**PREFIXES, "sd": SD, "void": str(VOID), "formats": FORMATS}

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
    yield ox.Triple(iri(f"{root}.well-known/void"), TYPE, term(VOID.DatasetDescription))
    yield ox.Triple(iri(f"{root}.well-known/void"), term(FOAF.primaryTopic), node)
    yield from (ox.Triple(*said) for said in described(node, _held(quads), base=base, parts=f"{root}.well-known/void#"))
    yield ox.Triple(node, term(VOID.sparqlEndpoint), iri(f"{root}sparql"))
    yield ox.Triple(node, term(VOID.uriLookupEndpoint), iri(f"{root}find?name="))


def _held(quads: ox.Store) -> Holdings:
    """Count what the default graph holds, by the terms of the ontology."""
    triples, entities, documents = (int(_rows(quads, query)[0][0].value) for query in _COUNTS)
    example = next((node.value for (node,) in _rows(quads, _EXAMPLE)), None)
    return Holdings(triples, entities, documents, _counted(quads, _CLASSES), _counted(quads, _PROPERTIES), example)


def _counted(quads: ox.Store, query: str) -> tuple[tuple[str, int], ...]:
    found = ((key.value, int(n.value)) for key, n in _rows(quads, query))
    return tuple((key, n) for key, n in found if key.startswith(str(RG._NS)))


def _rows(quads: ox.Store, query: str) -> list[list[ox.NamedNode | ox.Literal]]:
    with explained(query, "a count"):
        found = quads.query(query, prefixes=dict(PREFIXES))
        return [list(row) for row in found]  # type: ignore[union-attr]
