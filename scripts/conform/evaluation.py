"""Runs the query tests over the bare engine and over regiograph's own way to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from conform.data import load
from conform.manifests import Case, Kind
from conform.results import Result, Rows, difference, expected, read, rows
from regiograph.errors import QueryError
from regiograph.query import local
from regiograph.query.results import Answer, Table, Verdict
from regiograph.query.writing import write
from regiograph.rdf.store import Store

_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_WRITTEN = {".csv": "csv", ".tsv": "tsv", ".srj": "json"}  # what regiograph writes itself is compared as written

Ask = Callable[[Store, str, Case], Result]


@dataclass(frozen=True, slots=True)
class Judged:
    """A test, what was wrong with the engine alone and with regiograph, "" for nothing, and how the two differ."""

    case: Case
    bare: str
    ours: str
    apart: str

    @property
    def lost(self) -> bool:
        """Whether regiograph spoils what the engine can do."""
        return bool(self.ours) and not self.bare


def judge(cases: Iterable[Case]) -> Iterator[Judged]:
    """Run tests and yield how they went.

    Raises:
        SyntaxError, ValueError, OSError: a file of the suite cannot be read.
    """
    for case in cases:
        sparql = case.query.read_text(encoding="utf-8")
        with Store.open(None) as store:
            load(store, case, sparql)
            bare, ours = (_asked(ask, store, sparql, case) for ask in (_bare, _ours))
        yield Judged(case, _fault(bare, sparql, case), _fault(ours, sparql, case), _apart(bare, ours, sparql, case))


def _asked(ask: Ask, store: Store, sparql: str, case: Case) -> Result | Exception:
    try:
        return ask(store, sparql, case)
    except (QueryError, SyntaxError, ValueError, RuntimeError) as e:
        return e


def _fault(given: Result | Exception, sparql: str, case: Case) -> str:
    if case.kind is Kind.ANSWER and case.result is not None:
        if isinstance(given, Exception):
            return _words(given)
        return difference(expected(case.result), given, ordered=_is_ordered(sparql, case), lax=case.lax)
    refused = isinstance(given, Exception) and not _is_understood(given)
    if case.kind is Kind.MALFORMED:
        return "" if refused else "malformed, and accepted"
    return _words(given) if refused else ""


def _is_understood(error: Exception) -> bool:
    """Whether the engine's parser took a query that could not be answered, for want of a function of the test's own."""
    cause = error.__cause__ if isinstance(error, QueryError) else error
    return cause is not None and not isinstance(cause, SyntaxError)


def _apart(bare: Result | Exception, ours: Result | Exception, sparql: str, case: Case) -> str:
    if isinstance(bare, Exception) and isinstance(ours, Exception):
        return ""
    if isinstance(bare, Exception) or isinstance(ours, Exception):
        return _words(ours) if isinstance(ours, Exception) else "answered, and the engine alone does not"
    return difference(bare, ours, ordered=_is_ordered(sparql, case), lax=False)


def _words(error: object) -> str:
    return " ".join(str(error).split())


def _bare(store: Store, sparql: str, case: Case) -> Result:
    found = store.quads.query(sparql, base_iri=case.query.as_uri())
    if isinstance(found, ox.QueryTriples):
        return frozenset(found)
    if (suffix := _suffix(case)) in _WRITTEN:
        return read(found.serialize(format=ox.QueryResultsFormat.from_extension(suffix[1:])), suffix)
    return bool(found) if isinstance(found, ox.QueryBoolean) else rows(found)


def _ours(store: Store, sparql: str, case: Case) -> Result:
    """Ask as `regiograph query` does; where a query is found is told by BASE, with which it may go on as it likes."""
    answer = local.run(store, f"BASE <{case.query.as_uri()}> {sparql}")
    if (suffix := _suffix(case)) in _WRITTEN:
        return read(write(answer, _WRITTEN[suffix]).encode(), suffix)
    return _plain(answer)


def _plain(answer: Answer) -> Result:
    if isinstance(answer, Table):
        return Rows(answer.columns, answer.rows)
    return answer.value if isinstance(answer, Verdict) else frozenset(answer.triples)


def _suffix(case: Case) -> str:
    return "" if case.result is None else case.result.suffix


def _is_ordered(sparql: str, case: Case) -> bool:
    """Whether the order of the rows is told: by the query's own modifiers, and by a format that keeps one."""
    return bool(_ORDER.search(sparql.rpartition("}")[2])) and _suffix(case) not in (".ttl", ".rdf")
