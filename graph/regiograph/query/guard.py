"""What no question or update may do: call another machine, read a file, exhaust the stack; nor a question write.

pyoxigraph offers no switch against SERVICE, and 2,500 nested braces overflow its stack and end the process, so a query
is looked at before the engine sees it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from regiograph.errors import QueryError
from regiograph.query.lexing import Token, line_of, tokens

MAX_BYTES = 65_536
MAX_DEPTH = 64
MAX_OPERATORS = 1_000

_OPENING, _CLOSING, _OPERATORS = frozenset("{(["), frozenset("})]"), frozenset("!+-*/|&^<")  # "<<" nests, too
_JOINING = ("UNION", "OPTIONAL", "MINUS")
_READING = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WRITING = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
# Looked for in the raw text, strings and comments included: no trick with quotes or "<" can hide it from these.
# White space is the engine's: names may have characters that Python takes for space (U+1680) or no word (U+00B7).
_GAP = r"(?:[ \t\r\n]|\#[^\n\r]*+[\n\r])*"
_PREFIX, _NAME = r"[^ \t\r\n{}<>\"'?$\#:]*+:", r"(?:[^ \t\r\n{}\#\\]|\\.)*"
_SERVICE = re.compile(
    rf"(?<![?$])SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^<>]*>|[?$][^ \t\r\n{{}}\#]+|{_PREFIX}{_NAME}){_GAP}\{{",
    re.IGNORECASE,
)
_LOAD = re.compile(rf"(?<![^ \t\r\n;}}>\"'])LOAD{_GAP}(?:SILENT{_GAP})?(?:<|{_PREFIX})", re.IGNORECASE)


def admit(sparql: str, *, name: str, knows: Callable[[str], bool]) -> None:
    """Let a query pass that only reads this store; `knows` says whether the store has a graph of that IRI.

    Raises:
        QueryError: it is too long or too deep, an update, or asks for other machines or files; the message names the
            query and the line.
    """
    _check_size(sparql, name)
    if match := _SERVICE.search(sparql):
        raise _refusal(name, sparql, match.start(), "SERVICE would call another machine")
    found = tuple(tokens(sparql))
    _check_form(sparql, found, name)
    _check_depth(sparql, found, name)
    _check_dataset(sparql, found, name, knows)


def admit_reading(sparql: str, *, name: str) -> str:
    """Let a query pass that only reads, wherever it is sent; return its form, SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises:
        QueryError: it is too long or an update; the message names the query and the line.
    """
    _check_size(sparql, name)
    return _check_form(sparql, tuple(tokens(sparql)), name)


def admit_update(sparql: str, *, name: str) -> None:
    """Let an update pass that touches this store alone.

    Raises:
        QueryError: it is too long or too deep, a question, or asks for other machines or files; the message names the
            update and the line.
    """
    _check_size(sparql, name)
    if match := _SERVICE.search(sparql):
        raise _refusal(name, sparql, match.start(), "SERVICE would call another machine")
    if match := _LOAD.search(sparql):
        raise _refusal(name, sparql, match.start(), "LOAD would fetch from another machine, or read a file")
    found = tuple(tokens(sparql))
    verb = next((token for token in found if token.says(*_READING, *_WRITING)), None)
    if verb is not None and verb.says(*_READING):
        raise _refusal(name, sparql, verb.start, f"{verb.text.upper()} is a question, and updates only write")
    _check_depth(sparql, found, name)


def _check_size(sparql: str, name: str) -> None:
    try:
        size = len(sparql.encode("utf-8"))
    except UnicodeEncodeError as e:
        raise QueryError(f"{name}: not valid Unicode ({e})") from e
    if size > MAX_BYTES:
        raise QueryError(f"{name}: {size:,} bytes are too long for a query; the limit is {MAX_BYTES:,}")


def _check_form(sparql: str, found: tuple[Token, ...], name: str) -> str:
    verb = next((token for token in found if token.says(*_READING, *_WRITING)), None)
    if verb is None:
        raise QueryError(f"{name}: neither SELECT nor ASK, CONSTRUCT or DESCRIBE")
    if verb.says(*_WRITING):
        raise _refusal(name, sparql, verb.start, f"{verb.text.upper()} is an update, and questions only read")
    return verb.text.upper()


def _check_depth(sparql: str, found: tuple[Token, ...], name: str) -> None:
    depth = operators = 0
    for token in found:
        if token.kind == "mark":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            operators += token.text in _OPERATORS
        operators += token.says(*_JOINING)
        if depth > MAX_DEPTH:
            raise _refusal(name, sparql, token.start, f"nested more than {MAX_DEPTH} deep")
        if operators > MAX_OPERATORS:
            raise _refusal(name, sparql, token.start, f"more than {MAX_OPERATORS:,} operators")


def _check_dataset(sparql: str, found: tuple[Token, ...], name: str, knows: Callable[[str], bool]) -> None:
    """Refuse FROM with anything but a graph that the store has."""
    for clause, first, second in zip(found, found[1:], found[2:], strict=False):
        if clause.says("FROM"):
            graph = second if first.says("NAMED") else first
            if graph.kind != "iri" or not knows(graph.text[1:-1]):
                what = f"FROM {graph.text}: the store has no such graph, and nothing is fetched"
                raise _refusal(name, sparql, clause.start, what)


def _refusal(name: str, sparql: str, offset: int, reason: str) -> QueryError:
    return QueryError(f"{name}, line {line_of(sparql, offset)}: {reason}")
