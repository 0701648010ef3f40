"""Gives a question its parameters: values are bound as inline data (SPARQL 1.1, section 10), never pasted as words.

A query declares a parameter by the data block `VALUES ?place { UNDEF }`, once in each sub-SELECT that needs it, so that
the file runs anywhere as it is, with nothing bound. Binding puts an RDF term in the place of UNDEF, in the spelling
that the RDF library gives it: whatever characters the value has, it stays one term. The same text then goes to an
engine here or to an endpoint elsewhere.

(pyoxigraph's own `substitutions=` was measured and is not used: it is silently without effect inside BIND and BOUND
and in a sub-SELECT that does not project the variable, the optimiser does not see the value, which makes a selective
question a hundred times slower, and the SPARQL protocol has nothing like it.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from regiograph.errors import QueryError
from regiograph.query.lexing import Token, tokens
from regiograph.query.results import Term


class Hole(NamedTuple):
    """Where a query waits for the value of a parameter: the offsets of UNDEF in `VALUES ?name { UNDEF }`."""

    name: str
    start: int
    end: int


def holes(sparql: str) -> Iterator[Hole]:
    """Yield the places of a query that wait for a value."""
    found = tokens(sparql)
    for i, token in enumerate(found):
        if token.says("VALUES") and _is_hole(found[i + 1 : i + 5]):
            yield Hole(found[i + 1].text[1:], found[i + 3].start, found[i + 3].end)


def bind(sparql: str, values: Mapping[str, Term], *, name: str) -> str:
    """Return the query with its parameters bound; those without a value stay UNDEF.

    Raises:
        QueryError: the query has no such parameter; the message names query and parameter.
    """
    if not values:
        return sparql
    places = tuple(holes(sparql))
    if unknown := sorted(values.keys() - {hole.name for hole in places}):
        raise QueryError(f"{name} has no parameter {unknown[0]!r}; one is declared by VALUES ?{unknown[0]} {{ UNDEF }}")
    for hole in reversed(places):
        if hole.name in values:
            sparql = f"{sparql[: hole.start]}{values[hole.name]}{sparql[hole.end :]}"
    return sparql


def _is_hole(following: tuple[Token, ...]) -> bool:
    match following:
        case (Token(kind="variable"), Token(text="{"), undef, Token(text="}")):
            return undef.says("UNDEF")
        case _:
            return False
