"""Reads expected results in all formats of the suite, and tells whether an answer is the same."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]
Triples = frozenset[ox.Triple]

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_SET, _VARIABLE, _SOLUTION, _BINDING = (ox.NamedNode(_RS + n) for n in ("ResultSet", "variable", "solution", "binding"))
_COLUMN, _VALUE, _INDEX, _BOOLEAN = (ox.NamedNode(_RS + n) for n in ("resultVariable", "value", "index", "boolean"))
_COUNT, _CELL = ox.NamedNode("x:count"), "x:cell:"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of solutions; `ordered` says that their order matters."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    ordered: bool = False

    def under(self, columns: tuple[str, ...]) -> tuple[Row, ...]:
        """Return the rows with their cells in another order of columns."""
        places = [self.columns.index(column) for column in columns]
        return tuple(tuple(row[i] for i in places) for row in self.rows)


Result = Rows | Triples | bool


def expected(path: Path) -> Result:
    """Read the result that a file of the suite holds.

    Raises:
        SyntaxError, ValueError, OSError: it is malformed, of no known format or cannot be read.
    """
    if path.suffix in (".ttl", ".rdf"):
        return _from_graph(ox.Store(), path)
    return read(path.read_bytes(), path.suffix)


def read(content: bytes, suffix: str) -> Result:
    """Read results in XML, JSON, CSV or TSV; the cells of CSV are strings, having no other type.

    Raises:
        SyntaxError, ValueError: they are malformed.
    """
    if suffix == ".csv":
        return _from_csv(content.decode("utf-8"))
    found = ox.parse_query_results(content, ox.QueryResultsFormat.from_extension(suffix[1:]))
    return bool(found) if isinstance(found, ox.QueryBoolean) else rows(found)


def rows(found: ox.QuerySolutions) -> Rows:
    """Return an engine's solutions as a table."""
    columns = tuple(variable.value for variable in found.variables)
    return Rows(columns, tuple(tuple(solution[i] for i in range(len(columns))) for solution in found))


def difference(wanted: Result, given: Result, *, ordered: bool, lax: bool) -> str:
    """Say how an answer differs from the expected one, "" if it does not but for the names of blank nodes."""
    if isinstance(wanted, Rows) and isinstance(given, Rows):
        return _of_rows(wanted, given, ordered=ordered or wanted.ordered, lax=lax)
    if isinstance(wanted, frozenset) and isinstance(given, frozenset):
        same = _canonical(wanted) == _canonical(given)
        return "" if same else f"{len(given)} triples that are not the {len(wanted)} expected"
    return "" if type(wanted) is type(given) and wanted == given else f"{_shown(given)} where {_shown(wanted)} is right"


def _of_rows(wanted: Rows, given: Rows, *, ordered: bool, lax: bool) -> str:
    if set(wanted.columns) != set(given.columns):
        return f"columns {' '.join(given.columns)}; expected {' '.join(wanted.columns)}"
    right, mine = wanted.rows, given.under(wanted.columns)
    if lax:
        right, mine = tuple(dict.fromkeys(right)), tuple(dict.fromkeys(mine))
    if _are_same(right, mine, ordered=ordered):
        return ""
    if ordered and _are_same(right, mine, ordered=False):
        return "another order"
    if _are_same(_as_stored(right), mine, ordered=ordered):
        return "the values are right, their spelling is the engine's"
    return f"{len(mine)} rows that are not the {len(right)} expected"


def _are_same(right: tuple[Row, ...], mine: tuple[Row, ...], *, ordered: bool) -> bool:
    if right == mine:
        return True
    return _canonical(_described(right, ordered=ordered)) == _canonical(_described(mine, ordered=ordered))


def _as_stored(table: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return a table as the engine's store gives it back: it keeps the values of numbers and dates, not their forms."""
    store, node = ox.Store(), ox.NamedNode("x:node")
    places = {cell: ox.NamedNode(f"{_CELL}{i}") for i, cell in enumerate({cell for row in table for cell in row})}
    store.extend(ox.Quad(node, place, cell) for cell, place in places.items() if cell is not None)
    kept = {cell: next(iter(_objects(store, node, place)), None) for cell, place in places.items()}
    return tuple(tuple(kept[cell] for cell in row) for row in table)


def _described(table: Iterable[Row], *, ordered: bool) -> Iterator[ox.Triple]:
    """Yield a table as triples, so that two tables are the same when the graphs are: a node for each distinct row."""
    numbered = list(enumerate(table)) if ordered else [(n, row) for row, n in Counter(table).items()]
    for number, row in numbered:
        node = ox.BlankNode()
        yield ox.Triple(node, _COUNT, ox.Literal(number))
        for place, cell in enumerate(row):
            if cell is not None:
                yield ox.Triple(node, ox.NamedNode(f"{_CELL}{place}"), cell)


def _canonical(triples: Iterable[ox.Triple]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _from_graph(graph: ox.Store, path: Path) -> Result:
    """Read a result in the suite's own vocabulary, or else the graph that a CONSTRUCT should give."""
    graph.load(path=path, base_iri=path.as_uri())
    if (found := next(graph.quads_for_pattern(None, None, _SET, None), None)) is None:
        return frozenset(quad.triple for quad in graph)
    if truth := _objects(graph, found.subject, _BOOLEAN):
        return _text(truth[0]) == "true"
    columns = tuple(sorted(_text(each) for each in _objects(graph, found.subject, _COLUMN)))
    solutions = _objects(graph, found.subject, _SOLUTION)
    numbers = [int(_text(index)) for each in solutions for index in _objects(graph, each, _INDEX)]
    if numbers:
        solutions = [each for _, each in sorted(zip(numbers, solutions, strict=True), key=lambda pair: pair[0])]
    return Rows(columns, tuple(_row(graph, each, columns) for each in solutions), bool(numbers))


def _row(graph: ox.Store, solution: Term, columns: tuple[str, ...]) -> Row:
    bindings = _objects(graph, solution, _BINDING)
    cells = {_text(_objects(graph, each, _VARIABLE)[0]): _objects(graph, each, _VALUE)[0] for each in bindings}
    return tuple(cells.get(column) for column in columns)


def _objects(graph: ox.Store, subject: Term, predicate: ox.NamedNode) -> list[Term]:
    return [quad.object for quad in graph.quads_for_pattern(subject, predicate, None, None)]


def _text(term: Term) -> str:
    return term.value if isinstance(term, ox.Literal) else str(term)


def _from_csv(text: str) -> Rows:
    header, *lines = csv.reader(io.StringIO(text))
    return Rows(tuple(header), tuple(tuple(map(_cell, line)) for line in lines))


def _cell(text: str) -> Term:
    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.Literal(text)


def _shown(result: Result) -> str:
    if isinstance(result, bool):
        return str(result).lower()
    return "a table" if isinstance(result, Rows) else "a graph"
