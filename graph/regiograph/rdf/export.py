"""Exports: the same store gives the same bytes, whatever the order in which it was filled.

Graph by graph, the default graph first, triples are sorted as N-Triples, byte by byte, and then written with prefixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from regiograph.rdf.graphs import decisions_iri, identities_iri, inferred_iri, reference_iri, tallies_iri, texts_iri
from regiograph.rdf.jsonld import write_jsonld
from regiograph.rdf.nodes import DEFAULT, TYPE, Graph, Triple, iri, term, triple
from regiograph.rdf.replacing import replacing
from regiograph.rdf.sorting import LineSorter
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import PREFIXES, PROV

_BATCH = 10_000


class Format(StrEnum):
    """What a store can be written as; the values are the usual file name endings."""

    TURTLE = "ttl"
    TRIG = "trig"
    N_QUADS = "nq"
    JSON_LD = "jsonld"


def write(store: Store, target: Path | IO[bytes], format: Format, *, claims: bool = True) -> None:  # noqa: A002
    """Write the store to a file, which appears whole or not at all, or to a binary stream.

    Turtle holds the union of the graphs, the other formats keep the graphs apart. Without `claims` only knowledge
    and reference data are written, and what is inferred, by the formats that keep it apart. The texts of the articles
    stay in the store.

    Raises:
        OSError: the file cannot be written.
    """
    if isinstance(target, Path):
        with replacing(target) as out:
            write(store, out, format, claims=claims)
    elif format is Format.TURTLE:
        serialise(triples(store, claims=claims), target, ox.RdfFormat.TURTLE)
    elif format is Format.TRIG:
        serialise(_parsed(_dataset(store, claims=claims)), target, ox.RdfFormat.TRIG)
    elif format is Format.N_QUADS:
        target.writelines(_dataset(store, claims=claims))
    else:
        write_jsonld(_parsed(_dataset(store, claims=claims)), target)


def triples(store: Store, *, claims: bool = True) -> Iterator[ox.Triple]:
    """Yield the triples of all graphs, each once, in the order that Turtle has them in.

    Raises:
        OSError: there is no room for temporary files.
    """
    yield from map(attrgetter("triple"), _parsed(_union(store, claims=claims)))


def named(store: Store) -> tuple[ox.NamedNode, ...]:
    """Return the names of the graphs beside the default graph, sorted: articles, reference data, what is inferred."""
    return tuple(sorted((*_articles(store), *_others(store)), key=str))


def _others(store: Store) -> list[ox.NamedNode]:
    """Return the graphs beside the knowledge that are no article's, those that hold something."""
    made = (inferred_iri(store.base), identities_iri(store.base), decisions_iri(store.base))
    return [reference_iri(store.base), *filter(store.quads.contains_named_graph, made)]


def lines(store: Store, graph: Graph) -> Iterator[bytes]:
    """Yield the triples of a graph as lines of N-Triples, sorted byte by byte.

    Raises:
        OSError: there is no room for temporary files.
    """
    yield from _lines(store, (graph,))


def serialise(
    statements: Iterable[ox.Triple] | Iterable[ox.Quad],
    out: IO[bytes],
    syntax: ox.RdfFormat,
    *,
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write statements with prefixes, declared in the order of their names: the library declares them in any order.

    Raises:
        OSError: the stream cannot be written to.
    """
    header = _Header(out, len(prefixes))
    ox.serialize(statements, cast("IO[bytes]", header), syntax, prefixes=dict(prefixes))
    header.finish()


def _dataset(store: Store, *, claims: bool) -> Iterator[bytes]:
    """Yield all quads as lines of N-Quads, graph by graph, the default graph first."""
    yield from _lines(store, (DEFAULT,))
    for graph in named(store) if claims else sorted(_others(store), key=str):
        ending = f" {graph} .\n".encode()
        for line in _lines(store, (graph,)):
            yield line.removesuffix(b" .\n") + ending


def _union(store: Store, *, claims: bool) -> Iterator[bytes]:
    """Yield the triples of all graphs as lines of N-Triples, each once.

    First comes what is said of things and of the extractors, then, article by article, who says so.
    """
    extractors = _extractors(store) if claims else frozenset()
    others = (reference_iri(store.base), identities_iri(store.base), decisions_iri(store.base))
    yield from _lines(store, (DEFAULT, *others), also=_about(store, extractors))
    shared = tuple(f"{extractor} ".encode() for extractor in extractors)
    for graph in _articles(store) if claims else ():
        yield from (line for line in _lines(store, (graph,)) if not line.startswith(shared))


def _lines(store: Store, graphs: Iterable[Graph], also: Iterable[Triple] = ()) -> Iterator[bytes]:
    with LineSorter() as sorter:
        for graph in graphs:
            store.quads.dump(cast("IO[bytes]", sorter), ox.RdfFormat.N_TRIPLES, from_graph=graph)
        for s, p, o in also:
            sorter.write(f"{s} {p} {o} .\n".encode())
        yield from sorter.lines()


def _parsed(lines: Iterator[bytes]) -> Iterator[ox.Quad]:
    batches = iter(lambda: b"".join(islice(lines, _BATCH)), b"")
    return chain.from_iterable(ox.parse(batch, format=ox.RdfFormat.N_QUADS) for batch in batches)


def _articles(store: Store) -> list[ox.NamedNode]:
    made = (reference_iri, texts_iri, tallies_iri, inferred_iri, identities_iri, decisions_iri)
    others = {make(store.base) for make in made}
    return sorted((iri(graph.value) for graph in store.quads.named_graphs() if graph not in others), key=str)


def _extractors(store: Store) -> frozenset[ox.NamedNode]:
    found = store.quads.quads_for_pattern(None, TYPE, term(PROV.Activity), None)
    return frozenset(triple(quad).subject for quad in found)


def _about(store: Store, nodes: Iterable[ox.NamedNode]) -> Iterator[Triple]:
    return (triple(quad) for node in nodes for quad in store.quads.quads_for_pattern(node, None, None, None))


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
