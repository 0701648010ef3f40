"""What the service can do (SPARQL 1.1 Service Description), and what the dataset holds (VoID, DCAT)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from regiograph.publishing import void
from regiograph.rdf.nodes import TYPE, iri, term, text
from regiograph.rdf.vocabulary import DCTERMS, FOAF
from regiograph.version import __version__

SD, FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
_FORMATS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
            "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
_ALL = {**void.ALL_PREFIXES, "sd": SD, "formats": FORMATS}

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
    node, about = iri(f"{root}.well-known/void#dataset"), iri(f"{root}.well-known/void")
    yield ox.Triple(about, TYPE, iri(void.VOID + "DatasetDescription"))
    yield ox.Triple(about, term(FOAF.primaryTopic), node)
    yield from void.dataset(quads, base, node)
    yield ox.Triple(node, iri(void.VOID + "sparqlEndpoint"), endpoint := iri(f"{root}sparql"))
    yield ox.Triple(node, iri(void.VOID + "uriLookupEndpoint"), iri(f"{root}find?name="))
    service = iri(f"{root}sparql#service")
    yield ox.Triple(service, TYPE, iri(void.DCAT + "DataService"))
    yield ox.Triple(service, iri(void.DCAT + "endpointURL"), endpoint)
    yield ox.Triple(service, iri(void.DCAT + "servesDataset"), node)
