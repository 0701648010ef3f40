"""Sends the requests of the protocol tests to a server on this machine and checks what comes back."""

from __future__ import annotations

import csv
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from conform.exchanges import Conversation, Exchange, quads

_HOSTS = ("127.0.0.1", "::1", "localhost")
_SECONDS, _PORT = 30, 80
_BOOLEAN = frozenset({"application/sparql-results+xml", "application/sparql-results+json"})
_TABULAR = _BOOLEAN | {"text/csv", "text/tab-separated-values"}
_RDF = frozenset({"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"})
_MEDIA = {"boolean": _BOOLEAN, "tabular": _TABULAR, "RDF": _RDF}
_DATASET = ("default-graph-uri", "named-graph-uri")


class ServerError(Exception):
    """There is no server to test, or it is not to be tested."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server of this machine: the addresses that take queries and updates, the token, "" for none."""

    queries: str
    updates: str
    token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse other machines: the tests empty the store.

        Raises:
            ServerError: an address is of another machine, or not understood.
        """
        for url in (self.queries, self.updates):
            if (parts := urlsplit(url)).scheme != "http" or parts.hostname not in _HOSTS:
                raise ServerError(f"{url}: the tests empty the store, so it must be at http://127.0.0.1")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the media type without parameters, the bytes."""

    status: int
    media: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """A protocol test, the statuses that came back, and what was wrong, "" for nothing."""

    name: str
    statuses: tuple[int, ...]
    fault: str


def converse(tests: Iterable[Conversation], server: Server, *, prepare: bool = True) -> Iterator[Heard]:
    """Run protocol tests and yield how they went; with `prepare`, their data is sent before each, as an update.

    Raises:
        ServerError: nothing listens there.
    """
    _check_presence(server)
    for test in tests:
        statuses: list[int] = []
        faults: list[str] = []
        try:
            refusal = _prepared(test, server) if prepare else ""
            for number, exchange in enumerate(test.exchanges, 1):
                reply = send(exchange, server)
                statuses.append(reply.status)
                if fault := wrong(exchange, reply):
                    faults.append(f"request {number}: {fault}")
            if faults and refusal:
                faults.append(refusal)
        except ServerError as e:
            faults.append(str(e))
        yield Heard(test.name, tuple(statuses), "; ".join(faults))


def send(exchange: Exchange, server: Server) -> Reply:
    """Send a request as it is described; Host, the length of the body, no compression and the token are added.

    Raises:
        ServerError: the connection fails or breaks off.
    """
    parts = urlsplit(server.updates if exchange.is_update else server.queries)
    token = {"Authorization": f"Bearer {server.token}"} if server.token else {}
    connection = HTTPConnection(parts.hostname or "", parts.port or _PORT, timeout=_SECONDS)
    try:
        path = (parts.path or "/") + exchange.query
        connection.request(exchange.method, path, exchange.body, {**dict(exchange.headers), **token})
        reply = connection.getresponse()
        media = (reply.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        return Reply(reply.status, media, reply.read())
    except (OSError, HTTPException) as e:
        raise ServerError(f"{parts.geturl()}: {str(e) or type(e).__name__}") from e
    finally:
        connection.close()


def wrong(exchange: Exchange, reply: Reply) -> str:
    """Say what is wrong with an answer, "" for nothing."""
    if reply.status // 100 not in exchange.statuses:
        right = " or ".join(f"{digit}xx" for digit in sorted(exchange.statuses))
        return f"status {reply.status}; expected {right}"
    if exchange.form and reply.media not in _MEDIA[exchange.form]:
        return f"{reply.media or 'no media type'} where a {exchange.form} result is expected"
    try:
        truth = _read(exchange.form, reply)
    except (SyntaxError, ValueError, csv.Error) as e:
        return f"not the {reply.media} that it claims to be: {' '.join(str(e).split())}"
    if exchange.truth is not None and truth is not exchange.truth:
        return f"the answer is {truth}; expected {exchange.truth}"
    return ""


def missing_data(tests: Iterable[Conversation]) -> Iterator[ox.Quad]:
    """Yield the data that tests need: theirs, and a triple in each other graph that their queries name as a dataset.

    Raises:
        SyntaxError, OSError: a file of the suite is malformed or missing.
    """
    tests = tuple(tests)
    yield from quads(tests)
    held = {iri for test in tests for iri, _ in test.graphs}
    named = {iri for test in tests for exchange in test.exchanges for iri in _dataset(exchange)}
    for graph in map(ox.NamedNode, sorted(named - held)):
        yield ox.Quad(graph, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal("a graph"), graph)


def _check_presence(server: Server) -> None:
    for url in (server.queries, server.updates):
        parts = urlsplit(url)
        try:
            socket.create_connection((parts.hostname or "", parts.port or _PORT), _SECONDS).close()
        except OSError as e:
            raise ServerError(f"{url}: {e}") from e


def _dataset(exchange: Exchange) -> Iterator[str]:
    given = parse_qs(exchange.query.removeprefix("?"))
    return (iri for parameter in _DATASET for iri in given.get(parameter, ()))


def _prepared(test: Conversation, server: Server) -> str:
    """Send the data that a test needs; say so if the server will not have it."""
    data = tuple(missing_data([test]))
    if not data:
        return ""
    graphs = "\n".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in data)
    headers = (("Content-Type", "application/sparql-update"),)
    update = f"INSERT DATA {{\n{graphs}\n}}".encode()
    reply = send(Exchange("POST", "", headers, update, True, frozenset({2}), "", None), server)
    return "" if reply.status // 100 == 2 else f"the data of the test was refused with status {reply.status}"


def _read(form: str, reply: Reply) -> bool | None:
    """Read an answer to its end; return what it says if it is the answer to an ASK.

    Raises:
        SyntaxError, ValueError, csv.Error: it is malformed.
    """
    if form == "RDF":
        deque(ox.parse(reply.content, ox.RdfFormat.from_media_type(reply.media)), maxlen=0)
    elif reply.media == "text/csv":
        deque(csv.reader(reply.content.decode("utf-8").splitlines(), strict=True), maxlen=0)
    elif form:
        return _results(form, reply)
    return None


def _results(form: str, reply: Reply) -> bool | None:
    found = ox.parse_query_results(reply.content, ox.QueryResultsFormat.from_media_type(reply.media))
    if isinstance(found, ox.QueryBoolean) is not (form == "boolean"):
        raise ValueError(f"it holds no {form} result")
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    deque(found, maxlen=0)
    return None
