"""Runs questions on a SPARQL endpoint elsewhere, through SPARQLWrapper.

SPARQLWrapper alone waits for ever, follows a redirect to another host with the password in hand, and takes a login
page for an answer. Here a question has an end in time and a bound in size, is sent again only where that can help, and
what comes back is looked at before it counts as an answer.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pyoxigraph as ox
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from regiograph.entities.identity import BASE
from regiograph.errors import EndpointError, QueryError
from regiograph.query import guard
from regiograph.query.binding import bind
from regiograph.query.lexing import outline
from regiograph.query.results import NO_BINDINGS, Answer, Term, Verdict, graph, table
from regiograph.query.transport import Deadline, Reply, opener, read
from regiograph.rdf.vocabulary import PREFIXES

TIMEOUT = 60.0  # seconds
LARGEST = 256 * 2**20  # bytes of an answer
_ATTEMPTS = 4
_PAUSE = 0.5  # seconds before the second attempt, twice as many before each further one
_PASSING = frozenset({429, 502, 503, 504})
_SHOWN = 300  # characters of a server's message
_AGENT = "regiograph (SPARQLWrapper)"
_PROLOGUE = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
_RESULTS = frozenset({"application/sparql-results+json", "application/json"})
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint.

    `timeout` is the seconds that a question may take, all attempts together; `largest` the bytes of an answer. `base`
    is the namespace of the IRIs that names of entities stand for.
    """

    url: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT
    largest: int = LARGEST
    base: str = BASE

    def __post_init__(self) -> None:
        """Check the address.

        Raises:
            EndpointError: it is no http or https address, or holds a password, which would show in messages.
        """
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError(f"{self.url!r} is no http or https address of a SPARQL endpoint")
        if parts.username is not None or parts.password is not None:
            raise EndpointError(f"{parts.hostname}: give user and password apart from the address")

    def run(
        self,
        sparql: str,
        bindings: Mapping[str, Term] = NO_BINDINGS,
        *,
        name: str = "the query",
        limit: int | None = None,
    ) -> Answer:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE; everything as `local.run` has it.

        Raises:
            QueryError: the query would do more than read, or the endpoint says that it is malformed.
            EndpointError: the endpoint cannot be reached, refuses, is too slow, or answers with something else.
        """
        kind = guard.admit_reading(sparql, name=name)
        bound = bind(sparql, bindings, name=name)
        reply = self._answered(f"{_PROLOGUE} {bound}", kind, name)
        try:
            return _parsed(reply, kind, limit, ordered=outline(sparql).ordered)
        except (SyntaxError, ValueError, UnicodeDecodeError) as e:
            raise EndpointError(f"{self._shown}: the answer cannot be read: {_line(str(e))}") from e

    @property
    def _shown(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{parts.path}"

    def _answered(self, sparql: str, kind: str, name: str) -> Reply:
        """Ask, and ask again while the endpoint is busy or breaks off, until the time is over."""
        end = time.monotonic() + self.timeout
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._attempt(sparql, kind, name, end - time.monotonic())
            except _PassingError as e:
                if attempt == _ATTEMPTS:
                    raise e.lasting from e
                spread = random.uniform(0.5, 1.5)  # noqa: S311  keeps clients apart, no secret
                pause = max(e.pause, _PAUSE * 2 ** (attempt - 1) * spread)
                if time.monotonic() + pause >= end:
                    raise self._too_slow() from e
                time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _attempt(self, sparql: str, kind: str, name: str, left: float) -> Reply:
        with Deadline(left) as deadline:
            try:
                reply = self._reply(self._wrapper(sparql, kind, deadline, left))
            except HTTPError as e:
                with e:
                    refusal = self._refusal(e, name)
                    if e.code in _PASSING:
                        raise _PassingError(refusal, _retry_after(e.headers.get("Retry-After"))) from e
                    raise refusal from e
            except (URLError, HTTPException, OSError) as e:
                reason = getattr(e, "reason", e)
                if deadline.over or isinstance(reason, TimeoutError):
                    raise self._too_slow() from e
                error = EndpointError(f"{self._shown}: {_line(str(reason))}")
                raise (error if isinstance(e, URLError) else _PassingError(error)) from e
            except EndpointError as e:
                raise EndpointError(f"{self._shown}: {e}") from e
            if deadline.over:  # an answer without a length may have been cut off where it seems to end
                raise self._too_slow()
            return reply

    def _reply(self, wrapper: _Wrapper) -> Reply:
        response = wrapper.query().response
        with response:
            return read(response, self.largest)

    def _wrapper(self, sparql: str, kind: str, deadline: Deadline, left: float) -> _Wrapper:
        wrapper = _Wrapper(self.url, deadline, left)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setReturnFormat(JSON if kind in ("SELECT", "ASK") else TURTLE)
        wrapper.setQuery(sparql)
        wrapper.queryType = kind  # its own guess takes the words of some comments for an update
        if self.user is not None:
            wrapper.setCredentials(self.user, self.password or "")
        return wrapper

    def _refusal(self, error: HTTPError, name: str) -> Exception:
        said = _line(error.read(8 * _SHOWN).decode("utf-8", "replace"))
        if error.code == 400:
            return QueryError(f"{name}: {self._shown} says: {said or 'malformed'}")
        reason = {
            401: "wants a user and a password",
            403: "refuses",
            404: "has no SPARQL endpoint there",
            413: "finds the query too long",
            414: "finds the query too long",
            429: "is asked too often",
            503: "is busy",
        }.get(error.code, "failed")
        return EndpointError(f"{self._shown} {reason} (HTTP {error.code}){': ' if said else ''}{said}")

    def _too_slow(self) -> EndpointError:
        return EndpointError(f"{self._shown}: no answer within {self.timeout:g} seconds")


class _PassingError(Exception):
    """What may be over soon: the error if it lasts, and the seconds that the endpoint asks to wait."""

    def __init__(self, lasting: Exception, pause: float = 0.0) -> None:
        super().__init__(str(lasting))
        self.lasting, self.pause = lasting, pause


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper, save that its request goes through an opener of its own and errors stay as they are."""

    def __init__(self, url: str, deadline: Deadline, timeout: float) -> None:
        super().__init__(url, agent=_AGENT)
        self._opener, self._left = opener(deadline), timeout

    def _query(self) -> tuple[HTTPResponse, Any]:
        return self._opener.open(self._createRequest(), timeout=self._left), self.returnFormat


def _parsed(reply: Reply, kind: str, limit: int | None, *, ordered: bool) -> Answer:
    """Return the answer that a reply holds.

    Raises:
        ValueError: it is of another kind, or malformed (SyntaxError).
    """
    is_graph = kind in ("CONSTRUCT", "DESCRIBE")
    if reply.media in _RESULTS and not is_graph:
        found = ox.parse_query_results(reply.content, format=ox.QueryResultsFormat.JSON)
        return Verdict(bool(found)) if isinstance(found, ox.QueryBoolean) else table(found, limit, ordered=ordered)
    if reply.media in _GRAPHS and is_graph:
        quads = ox.parse(reply.content, format=_GRAPHS[reply.media])
        return graph((quad.triple for quad in quads), limit)
    hint = "; is that the address of a SPARQL endpoint?" if reply.media == "text/html" else ""
    raise ValueError(f"it is {reply.media or 'of no stated type'}{hint}")


def _retry_after(said: str | None) -> float:
    """Return the seconds that a server asks to wait: a number, or the time until a date."""
    if said is None:
        return 0.0
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except ValueError:
        return 0.0


def _line(message: str) -> str:
    """Return a server's message as one short line without markup and control characters."""
    plain = re.sub(r"<[^<>]*>", " ", message)
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())[:_SHOWN]
