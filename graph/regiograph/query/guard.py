"""What no question may do: write, call another machine, read a file, or exhaust the engine's stack.

pyoxigraph offers no switch against SERVICE, and 2,500 nested braces overflow its stack and end the process, so a query
is looked at before the engine sees it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from regiograph.errors import QueryError
from regiograph.query.lexing import line_of, outline, tokens

MAX_BYTES = 65_536
MAX_DEPTH = 64
MAX_OPERATORS = 1_000

_READING = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WRITING = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_GAP = r"(?:\s|\#[^\n\r]*[\n\r])*"
# Looked for in the raw text, strings and comments included: no trick with quotes or "<" can hide it from this pattern.
_SERVICE = re.compile(
    rf"SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^<>]*>|[?$]\w+|[\w.-]*+:[^\s{{]*+){_GAP}\{{", re.IGNORECASE | re.VERBOSE
)


def admit(sparql: str, *, name: str, knows: Callable[[str], bool]) -> None:
    """Let a query pass that only reads this store; `knows` says whether the store has a graph of that IRI.

    Raises:
        QueryError: it is too long or too deep, an update, or asks for other machines or files; the message names the
            query and the line.
    """
    _check_size(sparql, name)
    if match := _SERVICE.search(sparql):
        raise _refusal(name, sparql, match.start(), "SERVICE would call another machine")
    _check_form(sparql, name)
    _check_depth(sparql, name)
    if "FROM" in sparql.upper():
        _check_dataset(sparql, name, knows)


def admit_reading(sparql: str, *, name: str) -> str:
    """Let a query pass that only reads, wherever it is sent; return its form, SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises:
        QueryError: it is too long or an update; the message names the query and the line.
    """
    _check_size(sparql, name)
    return _check_form(sparql, name)


def _check_size(sparql: str, name: str) -> None:
    try:
        size = len(sparql.encode("utf-8"))
    except UnicodeEncodeError as e:
        raise QueryError(f"{name}: not valid Unicode ({e})") from e
    if size > MAX_BYTES:
        raise QueryError(f"{name}: {size:,} bytes are too long for a query; the limit is {MAX_BYTES:,}")


def _check_form(sparql: str, name: str) -> str:
    verb = next((token for token in tokens(sparql) if token.says(*_READING, *_WRITING)), None)
    if verb is None:
        raise QueryError(f"{name}: neither SELECT nor ASK, CONSTRUCT or DESCRIBE")
    if verb.says(*_WRITING):
        raise _refusal(name, sparql, verb.start, f"{verb.text.upper()} is an update, and questions only read")
    return verb.text.upper()


def _check_depth(sparql: str, name: str) -> None:
    found = outline(sparql)
    if found.depth > MAX_DEPTH:
        raise _refusal(name, sparql, found.deepest, f"nested more than {MAX_DEPTH} deep")
    if found.operators > MAX_OPERATORS:
        raise QueryError(f"{name}: more than {MAX_OPERATORS:,} operators")


def _check_dataset(sparql: str, name: str, knows: Callable[[str], bool]) -> None:
    """Refuse FROM with anything but a graph that the store has."""
    found = tuple(tokens(sparql))
    for clause, first, second in zip(found, found[1:], found[2:], strict=False):
        if clause.says("FROM"):
            graph = second if first.says("NAMED") else first
            if graph.kind != "iri" or not knows(graph.text[1:-1]):
                what = f"FROM {graph.text}: the store has no such graph, and nothing is fetched"
                raise _refusal(name, sparql, clause.start, what)


def _refusal(name: str, sparql: str, offset: int, reason: str) -> QueryError:
    return QueryError(f"{name}, line {line_of(sparql, offset)}: {reason}")
