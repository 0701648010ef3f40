"""Puts a bound on the rows of a SELECT, in its own words: LIMIT is added, or lowered where it is higher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regiograph.query.lexing import Token, tokens

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def capped(sparql: str, rows: int) -> str:
    """Return the query with at most that many rows; other forms than SELECT stay as they are.

    >>> capped("SELECT * { ?s ?p ?o } OFFSET 3 VALUES ?s { <a:b> }", 10)
    'SELECT * { ?s ?p ?o } OFFSET 3 LIMIT 10 VALUES ?s { <a:b> }'
    >>> capped("SELECT * { ?s ?p ?o } LIMIT 20", 10)
    'SELECT * { ?s ?p ?o } LIMIT 10'
    """
    outer = tuple(_outermost(sparql))
    form = next((i for i, token in enumerate(outer) if token.says(*_FORMS)), None)
    if form is None or not outer[form].says("SELECT"):
        return sparql
    where = next((i for i in range(form, len(outer)) if outer[i].text == "}"), None)
    if where is None:
        return sparql  # the engine says what is wrong with it
    return _limited(sparql, outer[where:], rows)


def _limited(sparql: str, modifiers: Sequence[Token], rows: int) -> str:
    """Bound a query; `modifiers` are its outermost tokens from the end of WHERE on."""
    end = modifiers[0].end
    for token, following in zip(modifiers, (*modifiers[1:], None), strict=True):
        if token.says("LIMIT") and following is not None and following.kind == "digits":
            least = min(rows, int(following.text))
            return f"{sparql[: following.start]}{least}{sparql[following.end :]}"
        if token.says("VALUES"):
            break
        end = token.end
    return f"{sparql[:end]} LIMIT {rows}{sparql[end:]}"


def _outermost(sparql: str) -> Iterator[Token]:
    """Yield the tokens within no brackets, and of each pair of braces that lies within no other the closing one."""
    depth = 0
    for token in tokens(sparql):
        if token.kind == "mark" and token.text in "({[":
            depth += 1
        elif token.kind == "mark" and token.text in ")}]":
            depth -= 1
            if depth == 0 and token.text in "})":
                yield token
        elif depth == 0:
            yield token
