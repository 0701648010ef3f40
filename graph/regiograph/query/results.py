"""What a question can be answered with: a table, a graph, or yes and no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from typing import TypeVar

import pyoxigraph as ox

from regiograph.errors import QueryError

Item = TypeVar("Item")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
NO_BINDINGS: Mapping[str, Term] = {}
_LABEL = "Label"


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT; a cell that a solution leaves unbound is None.

    `truncated` says that there were more rows than were asked for: such a table is not the whole answer.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the cells as plain words: IRIs whole, literals without datatype, "" for unbound."""
        return tuple(tuple(text(cell) for cell in row) for row in self.rows)

    def readable(self) -> Table:
        """Return the table for people: where `x` has a label in `xLabel`, the label stands in its place."""
        twins = {c for c in self.columns if c + _LABEL in self.columns}
        kept = [i for i, column in enumerate(self.columns) if column not in twins]
        names = tuple(self.columns[i].removesuffix(_LABEL) for i in kept)
        rows = tuple(tuple(row[i] for i in kept) for row in self.rows)
        return Table(names, rows, self.truncated)


@dataclass(frozen=True, slots=True)
class Graph:
    """The triples of a CONSTRUCT or DESCRIBE, sorted; `truncated` as of a table."""

    triples: tuple[ox.Triple, ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.triples)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to an ASK."""

    value: bool


Answer = Table | Graph | Verdict


def solutions(answer: Answer, name: str) -> Table:
    """Return the answer to a SELECT; `name` is what errors call the query.

    Raises:
        QueryError: it is the answer to something else.
    """
    if not isinstance(answer, Table):
        raise QueryError(f"{name} is no SELECT")
    return answer


def table(found: ox.QuerySolutions, limit: int | None, *, ordered: bool) -> Table:
    """Return solutions as a table of the first `limit` rows."""
    columns = tuple(variable.value for variable in found.variables)
    rows = (tuple(solution[i] for i in range(len(columns))) for solution in found)
    return Table(columns, *leading(rows, limit, ordered=ordered))


def leading(items: Iterable[Item], limit: int | None, *, ordered: bool) -> tuple[tuple[Item, ...], bool]:
    """Return the first `limit` items, sorted unless they are ordered, and whether there are more."""
    if limit is None:
        return tuple(items if ordered else sorted(items, key=str)), False
    found = list(islice(items, limit + 1)) if ordered else nsmallest(limit + 1, items, key=str)
    return tuple(found[:limit]), len(found) > limit


def text(term: Term | None) -> str:
    """Return a term as SPARQL's CSV writes it: an IRI or a literal's lexical form, "" for None."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
