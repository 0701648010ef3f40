"""Runs questions on a store of this machine."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from regiograph.errors import QueryError
from regiograph.query.binding import bind
from regiograph.query.guard import admit
from regiograph.query.lexing import outline
from regiograph.query.results import NO_BINDINGS, Answer, Table, Term, Verdict, graph, solutions, table
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES

_PLACE = re.compile(r"error at (\d+):\d+: ?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Z]\w+ \w+ \w+ [\w ?]+")
_PREFIXES = dict(PREFIXES)
_SHOWN = 160  # characters of the engine's message


def run(
    store: Store,
    sparql: str,
    bindings: Mapping[str, Term] = NO_BINDINGS,
    *,
    name: str = "the query",
    limit: int | None = None,
) -> Answer:
    """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE from the store's default graph and its named graphs.

    `bindings` are the values of the query's parameters (`binding.bind`), `name` is what errors call the query. More
    than `limit` rows or triples are cut off; the answer says so. The prefixes of the ontology need no declaration. Rows
    of a query without ORDER BY are sorted, so that equal questions give equal bytes.

    Raises:
        QueryError: the query is malformed or would do more than read; the message names query and line.
        StoreError: the store is closed.
    """
    quads = store.quads
    admit(sparql, name=name, knows=lambda graph: _has_graph(quads, graph))
    bound = bind(sparql, bindings, name=name)
    try:
        answer = quads.query(bound, prefixes=_PREFIXES)
    except SyntaxError as e:
        raise _malformed(bound, str(e), name) from e
    except (ValueError, RuntimeError) as e:
        raise QueryError(f"{name}: {e}") from e
    if isinstance(answer, ox.QueryBoolean):
        return Verdict(bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return graph(answer, limit)
    return table(answer, limit, ordered=outline(sparql).ordered)


def select(
    store: Store,
    sparql: str,
    bindings: Mapping[str, Term] = NO_BINDINGS,
    *,
    name: str = "the query",
    limit: int | None = None,
) -> Table:
    """Answer a SELECT; as `run` otherwise.

    Raises:
        QueryError: as `run`, or the query is no SELECT.
    """
    return solutions(run(store, sparql, bindings, name=name, limit=limit), name)


def _has_graph(quads: ox.Store, graph: str) -> bool:
    try:
        return quads.contains_named_graph(ox.NamedNode(graph))
    except ValueError:
        return False


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
