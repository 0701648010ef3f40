"""The engine asked, and what it says of a query that it does not understand, in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from regiograph.errors import QueryError

_PLACE = re.compile(r"error at (\d+):\d+: ?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Z]\w+ \w+ \w+ [\w ?]+")
FAILURES = (SyntaxError, ValueError, RuntimeError)  # of the engine
_SHOWN = 160  # characters of the engine's message


def has_graph(quads: ox.Store, graph: str) -> bool:
    """Whether a database has a graph of that IRI."""
    try:
        return quads.contains_named_graph(ox.NamedNode(graph))
    except ValueError:
        return False


@contextmanager
def explained(sparql: str, name: str) -> Iterator[None]:
    """Turn what the engine raises over a query into an error that names the query, and the line where it can.

    Raises:
        QueryError: the engine does not understand the query, or cannot answer it.
    """
    try:
        yield
    except FAILURES as e:
        raise explanation(e, sparql, name) from e


def explanation(failure: Exception, sparql: str, name: str) -> QueryError:
    """Return what the engine says by one of `FAILURES` over a query, naming the query, and the line where it can."""
    if isinstance(failure, SyntaxError):
        return _malformed(sparql, str(failure), name)
    return QueryError(f"{name}: {str(failure)[:_SHOWN]}")


def _malformed(sparql: str, message: str, name: str) -> QueryError:
    if not (match := _PLACE.match(message)):
        return QueryError(f"{name}: {message[:_SHOWN]}")
    line, lines = int(match[1]), sparql.splitlines() or [""]
    here = lines[min(line, len(lines)) - 1].strip()
    return QueryError(f"{name}, line {line}: {here[:_SHOWN]!r}: {_reason(match[2])}")


def _reason(message: str) -> str:
    """Return the sentence in which the engine explains itself, if there is one among the words it expected."""
    words = " ".join(message.split())
    explained = _SENTENCE.search(words)
    return (explained.group() if explained else words)[:_SHOWN]
