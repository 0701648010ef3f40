"""Staging: what is to be published waits in graphs of its own until all of it is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

import pyoxigraph as ox

from regiograph.errors import EndpointError
from regiograph.publishing.content import Content, Part
from regiograph.publishing.loading import Loader, Refusal, Tick
from regiograph.publishing.names import Names
from regiograph.publishing.site import Site
from regiograph.query.updating import Updates
from regiograph.rdf.nodes import integer, iri, term
from regiograph.rdf.vocabulary import VOID

_NAME, _TRIPLES = iri("http://www.w3.org/ns/sparql-service-description#name"), term(VOID.triples)
_AT_ONCE = 100  # graphs removed by one request


class Staging:
    """The graphs of a server in which what is to be published waits."""

    def __init__(self, site: Site, updates: Updates, names: Names, batch: int) -> None:
        """Load at most `batch` triples at once."""
        self._site, self._updates, self._names, self._batch = site, updates, names, batch
        self._loader = Loader(updates, batch=batch)
        self._refused: dict[ox.NamedNode, tuple[Refusal, ...]] = defaultdict(tuple)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """The triples that the server does not take, and which are left out."""
        return tuple(refusal for each in self._refused.values() for refusal in each)

    def prepare(self, wanted: Iterable[Part]) -> None:
        """Have the list of what is staged hold just these parts, and clear away what waits there of others.

        A part is listed before its graph is made, and struck off after the graph is gone: whenever this is
        interrupted, no graph is forgotten.

        Raises:
            EndpointError: the server does not do it.
        """
        parts = {part.entry: part for part in wanted}
        listed = self._site.entries(self._names.staged)
        missing = [part for entry, part in parts.items() if entry not in listed]
        for refusal in self._loader.load(self._names.staged, (line for part in missing for line in self._entry(part))):
            raise EndpointError(refusal.reason)
        self._forget([part for entry, part in listed.items() if entry not in parts])

    def fill(self, parts: Iterable[Part], content: Content, tick: Tick) -> int:
        """Load the parts, from where an earlier attempt ended; return the number of triples that were there already.

        Raises:
            EndpointError: the server does not do it, or does not hold what it took.
        """
        wanted = tuple(parts)
        there = self._site.counts(part.entry for part in wanted)
        return sum(self._load(part, content, there[part.entry], tick) for part in wanted)

    def missing(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """Return those of the parts that are not staged, or not whole.

        Raises:
            EndpointError: the server gives no answer.
        """
        wanted = tuple(parts)
        there = self._site.counts(part.entry for part in wanted)
        return tuple(part for part in wanted if there[part.entry] != self._size(part))

    def settle(self, parts: Iterable[Part]) -> None:
        """Have the list say how many triples each part has, less those that the server does not take.

        Raises:
            EndpointError: the server does not do it, or somebody else publishes at the same time.
        """
        listed = self._site.entries(self._names.staged)
        settled = {part.entry: replace(part, triples=self._size(part)) for part in parts}
        if listed.keys() != settled.keys():
            raise EndpointError("another publication is under way; wait until that is done")
        wrong = [part for entry, part in listed.items() if part.triples != settled[entry].triples]
        if wrong:
            old, new = (
                b"".join(self._entry(part)[1] for part in which).decode()
                for which in (wrong, [settled[part.entry] for part in wrong])
            )
            staged = self._names.staged
            changes = f"DELETE DATA {{ GRAPH {staged} {{\n{old}}} }} ;\nINSERT DATA {{ GRAPH {staged} {{\n{new}}} }}"
            self._updates.send(changes)

    def _load(self, part: Part, content: Content, there: int, tick: Tick) -> int:
        """Load a part of which some is `there`.

        Triples are sent in their order, so that those which are there are the first ones; but a server may have kept
        some of a batch only, which therefore is sent again. Should the count be wrong then, all is sent again.
        """
        start = max(0, there - self._batch) if there < part.triples else part.triples
        tick(start)
        if start < part.triples:
            self._refused[part.entry] = self._loader.load(part.entry, islice(content.lines(part), start, None), tick)
        if there and self.missing((part,)):
            self._updates.send(emptied(part.entry))
            self._refused[part.entry] = self._loader.load(part.entry, content.lines(part))
            return 0
        return start

    def _size(self, part: Part) -> int:
        return part.triples - len(self._refused[part.entry])

    def _entry(self, part: Part) -> tuple[bytes, bytes]:
        name, size = self._names.listed(part.target), integer(part.triples)
        return f"{part.entry} {_NAME} {name} .\n".encode(), f"{part.entry} {_TRIPLES} {size} .\n".encode()

    def _forget(self, parts: list[Part]) -> None:
        for i in range(0, len(parts), _AT_ONCE):
            some = parts[i : i + _AT_ONCE]
            entries = b"".join(line for part in some for line in self._entry(part)).decode()
            gone = [emptied(part.entry) for part in some]
            gone.append(f"DELETE DATA {{ GRAPH {self._names.staged} {{\n{entries}}} }}")
            self._updates.send(" ;\n".join(gone))


def emptied(graph: ox.NamedNode) -> str:
    """Return the update that removes a graph, whether or not it is there.

    Virtuoso does not drop a graph that came to be by an INSERT, and others list one that was only cleared.
    """
    return f"CLEAR SILENT GRAPH {graph} ;\nDROP SILENT GRAPH {graph}"


def whole(missing: Iterable[Part], where: str) -> None:
    """Pass if nothing is missing.

    Raises:
        EndpointError: the counts of something are wrong; the message names the first graph.
    """
    for part in missing:
        raise EndpointError(f"{where} does not hold the {part.triples:,} triples of {part.target} that it took")
