"""Exports: the same store gives the same bytes, whatever the order in which it was filled.

Graph by graph, the default graph first, triples are sorted as N-Triples, byte by byte, and then written with prefixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from regiograph.rdf.jsonld import write_jsonld
from regiograph.rdf.nodes import DEFAULT, TYPE, Graph, Triple, iri, term, triple
from regiograph.rdf.reference import reference_iri
from regiograph.rdf.replacing import replacing
from regiograph.rdf.sorting import sorted_lines
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES, PROV

_BATCH = 10_000


class Format(StrEnum):
    """What a store can be written as; the values are the usual file name endings."""

    TURTLE = "ttl"
    TRIG = "trig"
    N_QUADS = "nq"
    JSON_LD = "jsonld"


_SYNTAX = {Format.TRIG: ox.RdfFormat.TRIG, Format.N_QUADS: ox.RdfFormat.N_QUADS}


def write(store: Store, target: Path | IO[bytes], format: Format, *, claims: bool = True) -> None:  # noqa: A002
    """Write the store to a file, which appears whole or not at all, or to a binary stream.

    Turtle holds the union of the graphs, the other formats keep the graphs apart. Without `claims` only knowledge
    and reference data are written.

    Raises:
        OSError: the file cannot be written.
    """
    if isinstance(target, Path):
        with replacing(target) as out:
            write(store, out, format, claims=claims)
    elif format is Format.TURTLE:
        _serialise(_union(store, claims=claims), target, ox.RdfFormat.TURTLE)
    elif format is Format.JSON_LD:
        write_jsonld(_dataset(store, claims=claims), target)
    else:
        _serialise(_dataset(store, claims=claims), target, _SYNTAX[format])


def _serialise(statements: Iterator[ox.Triple] | Iterator[ox.Quad], out: IO[bytes], syntax: ox.RdfFormat) -> None:
    """Write with prefixes, declared in the order of their names: the library declares them in any order."""
    if syntax in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        header = _Header(out, len(PREFIXES))
        ox.serialize(statements, header, syntax, prefixes=dict(PREFIXES))  # type: ignore[arg-type]
        header.finish()
    else:
        ox.serialize(statements, out, syntax)


class _Header:
    """A stream that holds its first lines back until it can pass them on sorted."""

    def __init__(self, out: IO[bytes], lines: int) -> None:
        self._out = out
        self._lines = lines
        self._held = b""

    def write(self, data: bytes) -> int:
        if not self._lines:
            return self._out.write(data)
        self._held += data
        if self._held.count(b"\n") >= self._lines:
            self.finish()
        return len(data)

    def finish(self) -> None:
        *header, rest = self._held.split(b"\n", self._lines)
        self._out.write(b"".join(line + b"\n" for line in sorted(header)) + rest)
        self._held, self._lines = b"", 0

    def flush(self) -> None:
        self._out.flush()


def _dataset(store: Store, *, claims: bool) -> Iterator[ox.Quad]:
    """Yield all quads, graph by graph."""
    named = (*_articles(store), reference_iri(store.base)) if claims else (reference_iri(store.base),)
    graphs: tuple[Graph, ...] = (DEFAULT, *sorted(named, key=str))
    for graph in graphs:
        for said in _sorted(_triples(store, graph)):
            yield said.within(graph)


def _union(store: Store, *, claims: bool) -> Iterator[ox.Triple]:
    """Yield the triples of all graphs, each once: first what is said of things, then article by article who says so."""
    extractors = _extractors(store) if claims else frozenset()
    shared = chain(_triples(store, DEFAULT), _triples(store, reference_iri(store.base)), _about(store, extractors))
    own = (t for graph in _articles(store) for t in _sorted(_triples(store, graph)) if t.subject not in extractors)
    for said in chain(_sorted(shared), own if claims else ()):
        yield ox.Triple(*said)


def _articles(store: Store) -> list[ox.NamedNode]:
    known = reference_iri(store.base)
    return sorted((iri(graph.value) for graph in store.quads.named_graphs() if graph != known), key=str)


def _extractors(store: Store) -> frozenset[ox.NamedNode]:
    found = store.quads.quads_for_pattern(None, TYPE, term(PROV.Activity), None)
    return frozenset(triple(quad).subject for quad in found)


def _about(store: Store, nodes: Iterable[ox.NamedNode]) -> Iterator[Triple]:
    return (triple(quad) for node in nodes for quad in store.quads.quads_for_pattern(node, None, None, None))


def _triples(store: Store, graph: Graph) -> Iterator[Triple]:
    return map(triple, store.quads.quads_for_pattern(None, None, None, graph))


def _sorted(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples, each once, in the order of their N-Triples."""
    lines = sorted_lines(f"{s} {p} {o} .\n".encode() for s, p, o in triples)
    while batch := b"".join(islice(lines, _BATCH)):
        yield from map(triple, ox.parse(batch, format=ox.RdfFormat.N_TRIPLES))
