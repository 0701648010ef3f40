"""Reads the suite's manifests of query tests: which query, on which data, gives which result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from rdflib import RDF, RDFS, Graph, Literal, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
# What only federation and entailment have, and a version of SPARQL that is still being written.
LEFT_OUT = frozenset({"entailment", "service", "syntax-fed", "sparql12"})
_UPDATE = ".ru"  # some are among the malformed queries


class Kind(StrEnum):
    """What a test asks: an answer, or whether a query is well-formed."""

    ANSWER = "answer"
    WELL_FORMED = "well-formed"
    MALFORMED = "malformed"


KINDS = {
    MF.QueryEvaluationTest: Kind.ANSWER,
    MF.CSVResultFormatTest: Kind.ANSWER,
    MF.PositiveSyntaxTest: Kind.WELL_FORMED,
    MF.PositiveSyntaxTest11: Kind.WELL_FORMED,
    MF.NegativeSyntaxTest: Kind.MALFORMED,
    MF.NegativeSyntaxTest11: Kind.MALFORMED,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A test of a query; `graphs` are named graphs by IRI, `lax` lets an answer leave out repeated rows."""

    folder: str
    name: str
    kind: Kind
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[tuple[str, Path], ...]
    result: Path | None
    lax: bool


class SuiteError(Exception):
    """The suite cannot be read."""


def cases(suite: Path, only: str | None = None) -> tuple[Case, ...]:
    """Return the query tests of a suite, folder by folder, each in the order of its manifest.

    `only` is the name of a folder, or of a test: the fragment of its IRI.

    Raises:
        SuiteError: the folder holds no manifest, or one cannot be read.
    """
    found = (case for path in manifests(suite) for case in _cases(path, suite))
    return tuple(case for case in found if only in (None, case.name, case.folder, case.folder.rpartition("/")[2]))


def manifests(suite: Path) -> tuple[Path, ...]:
    """Return the manifests of a suite, sorted, without what is left out.

    Raises:
        SuiteError: there are none.
    """
    found = tuple(p for p in sorted(suite.rglob("manifest.ttl")) if LEFT_OUT.isdisjoint(p.relative_to(suite).parts))
    if not found:
        raise SuiteError(f"{suite}: no manifest.ttl in it; it should be the folder sparql of w3c/rdf-tests")
    return found


def parsed(path: Path) -> Graph:
    """Return a manifest as RDF.

    Raises:
        SuiteError: it is malformed or cannot be read.
    """
    graph = Graph()
    try:
        graph.parse(path, format="turtle", publicID=path.as_uri())
    except (OSError, SyntaxError, ValueError) as e:
        raise SuiteError(f"{path}: {e}") from e
    return graph


def entries(manifest: Graph) -> Iterator[Node]:
    """Yield the tests of a manifest in their order."""
    for entry in manifest.objects(None, MF.entries):
        yield from Collection(manifest, entry)


def name(test: Node) -> str:
    """Return the fragment of a test's IRI."""
    return str(test).rpartition("#")[2]


def file(iri: Node) -> Path:
    """Return the file that an IRI of this machine names."""
    return Path(url2pathname(urlsplit(str(iri)).path))


def labelled(manifest: Graph, graph: Node, predicate: Node) -> tuple[str, Path]:
    """Return a named graph's IRI and file: the file's own IRI, or the label of a node that has a file."""
    held = manifest.value(graph, predicate)
    return (str(graph), file(graph)) if held is None else (str(manifest.value(graph, RDFS.label)), file(held))


def _cases(path: Path, suite: Path) -> Iterator[Case]:
    manifest, folder = parsed(path), path.parent.relative_to(suite).as_posix()
    for test in entries(manifest):
        for kind in manifest.objects(test, RDF.type):
            if kind in KINDS and (case := _case(manifest, test, folder, KINDS[kind])).query.suffix != _UPDATE:
                yield case


def _case(manifest: Graph, test: Node, folder: str, kind: Kind) -> Case:
    action, result = manifest.value(test, MF.action), manifest.value(test, MF.result)
    if action is None or isinstance(action, Literal):
        raise SuiteError(f"{folder}, {name(test)}: no mf:action")
    return Case(
        folder,
        name(test),
        kind,
        file(manifest.value(action, QT.query, default=action)),
        tuple(sorted(file(each) for each in manifest.objects(action, QT.data))),
        tuple(sorted(labelled(manifest, each, QT.graph) for each in manifest.objects(action, QT.graphData))),
        None if result is None else file(result),
        (test, MF.resultCardinality, MF.LaxCardinality) in manifest,
    )
