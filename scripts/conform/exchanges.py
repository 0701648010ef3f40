"""Reads the manifest of the protocol tests: the very requests to send, and what the answers must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from conform.manifests import MF, SuiteError, entries, labelled, manifests, name, parsed

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_STATUS = "StatusCode"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what must come back.

    `query` is the address from its "?" on, `statuses` are first digits, `form` is "boolean", "tabular", "RDF" or "" for
    anything, `truth` the answer to an ASK, None where none is told.
    """

    method: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    is_update: bool
    statuses: frozenset[int]
    form: str
    truth: bool | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A test of the protocol: what the server must hold beforehand, and the requests in their order."""

    name: str
    graphs: tuple[tuple[str, Path], ...]
    exchanges: tuple[Exchange, ...]


def conversations(suite: Path, only: str | None = None) -> tuple[Conversation, ...]:
    """Return the protocol tests of a suite in their order; `only` is the name of one, or of their folder.

    Raises:
        SuiteError: a manifest cannot be read, or tells of a request what is not understood.
    """
    found = (each for path in manifests(suite) for each in _conversations(path))
    return tuple(test for folder, test in found if only in (None, test.name, folder))


def quads(tests: tuple[Conversation, ...]) -> Iterator[ox.Quad]:
    """Yield what a server must hold for tests: their data under its IRIs.

    Raises:
        SyntaxError, OSError: a file is malformed or missing.
    """
    for iri, path in sorted({graph for test in tests for graph in test.graphs}):
        for quad in ox.parse(path=path, base_iri=path.as_uri()):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(iri))


def _conversations(path: Path) -> Iterator[tuple[str, Conversation]]:
    manifest = parsed(path)
    for test in entries(manifest):
        if (test, RDF.type, MF.ProtocolTest) in manifest:
            yield path.parent.name, _conversation(manifest, test)


def _conversation(manifest: Graph, test: Node) -> Conversation:
    graphs = sorted(labelled(manifest, each, UT.graph) for each in manifest.objects(test, UT.graphData))
    requests = Collection(manifest, manifest.value(manifest.value(test, MF.action), HT.requests))
    return Conversation(name(test), tuple(graphs), tuple(_exchange(manifest, each, name(test)) for each in requests))


def _exchange(manifest: Graph, request: Node, test: str) -> Exchange:
    _, mark, query = str(manifest.value(request, HT.absolutePath)).partition("?")
    headers = tuple(_headers(manifest, request))
    response = manifest.value(request, HT.resp)
    truth = manifest.value(response, MF.expectedBoolean)
    body, text = _body(manifest, request)
    return Exchange(
        str(manifest.value(request, HT.methodName)),
        mark + query,
        headers,
        body,
        _is_update(query, headers, text, test),
        frozenset(_status(each, test) for each in manifest.objects(response, MF.expectedStatus)),
        str(manifest.value(response, MF.expectedFormat, default="")),
        None if truth is None else str(truth) == "true",
    )


def _headers(manifest: Graph, request: Node) -> Iterator[tuple[str, str]]:
    for listed in manifest.objects(request, HT.headers):
        for header in Collection(manifest, listed):
            yield str(manifest.value(header, HT.fieldName)), str(manifest.value(header, HT.fieldValue))


def _body(manifest: Graph, request: Node) -> tuple[bytes | None, str]:
    if (body := manifest.value(request, HT.body)) is None:
        return None, ""
    text = str(manifest.value(body, CNT.chars))
    return text.encode(str(manifest.value(body, CNT.characterEncoding))), text


def _is_update(query: str, headers: tuple[tuple[str, str], ...], body: str, test: str) -> bool:
    """Whether a request goes to where updates go: it says so, or else its test does."""
    said = " ".join((query, body, *(value for _, value in headers)))
    if "sparql-query" in said or "query=" in said:
        return False
    return "sparql-update" in said or "update=" in said or "update" in test


def _status(code: Node, test: str) -> int:
    digit = str(code).rpartition(_STATUS)[2][:1]
    if not digit.isdigit():
        raise SuiteError(f"{test}: the status {code} is not understood")
    return int(digit)
