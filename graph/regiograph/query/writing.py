"""Writes answers for other programs: CSV, TSV, SPARQL JSON, JSON Lines, Turtle."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import takewhile
from types import MappingProxyType

import pyoxigraph as ox

from regiograph.errors import QueryError
from regiograph.query.cells import guarded
from regiograph.query.results import Answer, Graph, Table, Term, Verdict, text
from regiograph.rdf.vocabulary import PREFIXES, XSD

_NUMERIC = frozenset(str(XSD[name]) for name in ("integer", "decimal", "double", "float"))
_TRIPLE = ("subject", "predicate", "object")


def write(answer: Answer, syntax: str) -> str:
    """Return the answer in one of `FORMATS`, with a line end at its end.

    "csv" is meant for spreadsheets: a cell that one could take for a formula gets an apostrophe before it (numbers
    excepted). "tsv" and "json" are SPARQL 1.1's formats for results, to the letter. "jsonl" is one plain object a row,
    without the unbound cells. "ttl" is for graphs; a graph in the other formats is a table of its triples.

    Raises:
        QueryError: the answer cannot be written so.
    """
    if syntax not in FORMATS:
        raise QueryError(f"unknown format {syntax!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[syntax](answer)


def _csv(answer: Answer) -> str:
    if isinstance(answer, Verdict):
        return f"{_boolean(answer)}\r\n"
    table, out = _tabular(answer), io.StringIO()
    rows = csv.writer(out)
    rows.writerow(table.columns)
    rows.writerows([_cell(term) for term in row] for row in table.rows)
    return out.getvalue()


def _cell(term: Term | None) -> str:
    shown = text(term)
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC:
        return shown
    return guarded(shown)


def _tsv(answer: Answer) -> str:
    if isinstance(answer, Verdict):
        return f"{_boolean(answer)}\n"
    table = _tabular(answer)
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in table.rows]
    return "\n".join(lines) + "\n"


def _json(answer: Answer) -> str:
    if isinstance(answer, Verdict):
        return _dumped({"head": {}, "boolean": answer.value})
    table = _tabular(answer)
    bindings = [
        {column: _described(term) for column, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    return _dumped({"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}})


def _described(term: Term) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            plain: dict[str, object] = {"type": "literal", "value": term.value}
            if term.language:
                return {**plain, "xml:lang": term.language}
            return plain if term.datatype.value == str(XSD.string) else {**plain, "datatype": term.datatype.value}
    ends = zip(_TRIPLE, (term.subject, term.predicate, term.object), strict=True)
    return {"type": "triple", "value": {name: _described(end) for name, end in ends}}


def _jsonl(answer: Answer) -> str:
    if isinstance(answer, Verdict):
        return _dumped(answer.value)
    table = _tabular(answer)
    rows = (zip(table.columns, row, strict=True) for row in table.rows)
    return "".join(_dumped({column: _plain(term) for column, term in row if term is not None}) for row in rows)


def _plain(term: Term) -> str | int | float | bool:
    if isinstance(term, ox.Literal):
        if term.datatype.value == str(XSD.boolean):
            return term.value in ("true", "1")
        if term.datatype.value in (str(XSD.integer), str(XSD.decimal)):
            number = Decimal(term.value)
            return int(number) if number == number.to_integral_value() else float(number)
    return text(term)


def _turtle(answer: Answer) -> str:
    if not isinstance(answer, Graph):
        raise QueryError("ttl is for the graph that a CONSTRUCT or DESCRIBE gives; take csv, tsv, json or jsonl")
    out = io.BytesIO()
    ox.serialize(answer.triples, out, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    lines = out.getvalue().decode("utf-8").splitlines(keepends=True)
    declared = sum(1 for _ in takewhile(lambda line: line.startswith("@prefix "), lines))
    return "".join(sorted(lines[:declared]) + lines[declared:])  # the library declares prefixes in any order


def _tabular(answer: Table | Graph) -> Table:
    return answer if isinstance(answer, Table) else answer.table()


def _boolean(answer: Verdict) -> str:
    return "true" if answer.value else "false"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


FORMATS: Mapping[str, Callable[[Answer], str]] = MappingProxyType(
    {"csv": _csv, "tsv": _tsv, "json": _json, "jsonl": _jsonl, "ttl": _turtle}
)
