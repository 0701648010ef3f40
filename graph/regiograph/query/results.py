"""What a question can be answered with: a table, a graph, or yes and no."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from regiograph import collector
from regiograph.errors import QueryError
from regiograph.query import converting
from regiograph.query.cells import Term, Value, text, value
from regiograph.query.frames import frame
from regiograph.query.ordering import leading
from regiograph.query.showing import html

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

__all__ = [
    "NO_BINDINGS", "Answer", "Graph", "Table", "Term", "Value", "Verdict", "graph", "solutions", "table", "text",
    "value",
]  # fmt: skip

NO_BINDINGS: Mapping[str, Term] = {}
_LABEL = "Label"
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """The solutions of a SELECT; a cell that a solution leaves unbound is None.

    `truncated` says that there were more rows than were asked for: such a table is not the whole answer.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value | None]]:
        """Yield the rows by column: numbers and truths as Python has them, None for unbound, all else in words."""
        for row in self.rows:
            yield dict(zip(self.columns, map(value, row), strict=True))

    def __repr__(self) -> str:
        return f"<Table of {_counted(len(self), 'row', self.truncated)}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        shown = self.readable()
        return html(shown.columns, shown.texts(), _counted(len(self), "row", self.truncated))

    def to_pandas(self, *, readable: bool = False) -> pd.DataFrame:
        """Return the table as a DataFrame (`frames.frame`); `readable` as the method of that name has it.

        Raises:
            NotInstalledError: pandas is not installed.
        """
        shown = self.readable() if readable else self
        return frame(shown.columns, shown.rows)

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


@dataclass(frozen=True, slots=True, repr=False)
class Graph:
    """The triples of a CONSTRUCT or DESCRIBE, sorted; `truncated` as of a table."""

    triples: tuple[ox.Triple, ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.triples)

    def __repr__(self) -> str:
        return f"<Graph of {_counted(len(self), 'triple', self.truncated)}>"

    def _repr_html_(self) -> str:
        return html(_TRIPLE, self.table().texts(), _counted(len(self), "triple", self.truncated))

    def table(self) -> Table:
        """Return the graph as a table of its triples: subject, predicate, object."""
        return Table(_TRIPLE, tuple((t.subject, t.predicate, t.object) for t in self.triples), self.truncated)

    def to_pandas(self) -> pd.DataFrame:
        """Return the table of the triples as a DataFrame.

        Raises:
            NotInstalledError: pandas is not installed.
        """
        return self.table().to_pandas()

    def to_rdflib(self) -> rdflib.Graph:
        """Return the triples as an rdflib graph of their own.

        Raises:
            QueryError: there is a triple about a triple among them, which rdflib does not know.
        """
        return converting.graph(self.triples)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to an ASK."""

    value: bool

    def __bool__(self) -> bool:
        return self.value


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
    """Return solutions as a table of the first `limit` rows, sorted unless they are ordered."""
    columns = tuple(variable.value for variable in found.variables)
    with collector.paused():
        return Table(columns, *leading(map(tuple, found), limit, ordered=ordered))


def graph(found: Iterable[ox.Triple], limit: int | None) -> Graph:
    """Return triples as a graph of the first `limit` of them, sorted."""
    with collector.paused():
        return Graph(*leading(found, limit, ordered=False))


def _counted(number: int, what: str, truncated: bool) -> str:
    counted = f"{number:,} {what}{'' if number == 1 else 's'}"
    return f"{counted}; there are more, cut off by the limit" if truncated else counted
