"""What no question or update may do: call another machine, read a file, exhaust the stack; nor a question write.

pyoxigraph offers no switch against SERVICE, and 2,500 nested braces overflow its stack and end the process, so a query
is looked at before the engine sees it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from regiograph.errors import QueryError
from regiograph.query.lexing import Token, line_of, outline, tokens
from regiograph.query.prologue import prologue, spelling

MAX_BYTES = 65_536
MAX_DEPTH = 64
MAX_OPERATORS = 1_000

_READING = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WRITING = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_NO_PREFIXES: Mapping[str, str] = {}
# Looked for in the raw text, strings and comments included: no trick with quotes or "<" can hide it from these.
# White space is the engine's: names may have characters that Python takes for space (U+1680) or no word (U+00B7).
# Only directly behind ? or $ is it no keyword, but a variable's name: nothing that may precede the keyword ends so.
_GAP = r"(?:[ \t\r\n]|\#[^\n\r]*+[\n\r])*"
# A prefix with SERVICE in it need not be read past that, as the pattern is found there, too: so one pass is enough.
_PREFIX = r"(?:(?!(?i:SERVICE))[^ \t\r\n{}<>\"'?$\#:])*:"
_NAME = r"(?:[^ \t\r\n{}\#\\]++|\\.)*"
_SERVICE = re.compile(
    rf"(?<![?$])(?i:SERVICE){_GAP}(?:(?i:SILENT){_GAP})?"
    rf"(?:<[^<>]*>|[?$][^ \t\r\n{{}}\#]++|{_PREFIX}{_NAME}){_GAP}\{{"
)
_LOAD = re.compile(rf"(?<![^ \t\r\n;}}>\"'])(?i:LOAD){_GAP}(?:(?i:SILENT){_GAP})?(?:<|[^ \t\r\n{{}}<>\"'?$\#:]*+:)")


def admit(sparql: str, *, name: str, knows: Callable[[str], bool], prefixes: Mapping[str, str] = _NO_PREFIXES) -> None:
    """Let a query pass that only reads this store; `knows` says whether the store has a graph of that IRI.

    `prefixes` are those that the query need not declare.

    Raises:
        QueryError: it is too long or too deep, an update, or asks for other machines or files; the message names the
            query and the line.
    """
    _check_size(sparql, name)
    _check_calls(sparql, name)
    found = tokens(sparql)
    _check_form(sparql, found, name)
    _check_depth(sparql, name)
    if "FROM" in sparql.upper():
        _check_dataset(sparql, found, name, knows, prefixes)


def admit_reading(sparql: str, *, name: str) -> str:
    """Let a query pass that only reads, wherever it is sent; return its form, SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises:
        QueryError: it is too long or an update; the message names the query and the line.
    """
    _check_size(sparql, name)
    return _check_form(sparql, tokens(sparql), name)


def admit_update(sparql: str, *, name: str) -> None:
    """Let an update pass that touches this store alone.

    Raises:
        QueryError: it is too long or too deep, a question, or asks for other machines or files; the message names the
            update and the line.
    """
    _check_size(sparql, name)
    _check_calls(sparql, name)
    if match := _LOAD.search(sparql):
        raise _refusal(name, sparql, match.start(), "LOAD would fetch from another machine, or read a file")
    verb = next((token for token in tokens(sparql) if token.says(*_READING, *_WRITING)), None)
    if verb is not None and verb.says(*_READING):
        raise _refusal(name, sparql, verb.start, f"{verb.text.upper()} is a question, and updates only write")
    _check_depth(sparql, name)


def _check_size(sparql: str, name: str) -> None:
    try:
        size = len(sparql.encode("utf-8"))
    except UnicodeEncodeError as e:
        raise QueryError(f"{name}: not valid Unicode ({e})") from e
    if size > MAX_BYTES:
        raise QueryError(f"{name}: {size:,} bytes are too long for a query; the limit is {MAX_BYTES:,}")


def _check_calls(sparql: str, name: str) -> None:
    if match := _SERVICE.search(sparql):
        raise _refusal(name, sparql, match.start(), "SERVICE would call another machine")


def _check_form(sparql: str, found: tuple[Token, ...], name: str) -> str:
    _, start = prologue(found, _NO_PREFIXES)  # a prefix may be called insert-1
    verb = next((token for token in found[start:] if token.says(*_READING, *_WRITING)), None)
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


def _check_dataset(
    sparql: str, found: tuple[Token, ...], name: str, knows: Callable[[str], bool], prefixes: Mapping[str, str]
) -> None:
    """Refuse FROM with anything but a graph that the store has."""
    declared, start = prologue(found, prefixes)
    for at, clause in enumerate(found[start:], start + 1):
        if clause.says("FROM"):
            named = at < len(found) and found[at].says("NAMED")
            graph, _ = spelling(found, at + named)
            iri = declared.iri(graph)
            if graph and (iri is None or not knows(iri)):
                what = f"FROM {graph}: the store has no such graph, and nothing is fetched"
                raise _refusal(name, sparql, clause.start, what)


def _refusal(name: str, sparql: str, offset: int, reason: str) -> QueryError:
    return QueryError(f"{name}, line {line_of(sparql, offset)}: {reason}")
