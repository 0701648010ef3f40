"""Publishes a store: staging, a count of all that is staged, one request that makes it public.

Nothing that is public changes until everything new is on the server and counted. What is done is noted on the server
alone, in graphs named after their content; so the same command goes on wherever an earlier one was interrupted, from
any machine. A graph that has not changed since it was last published is not sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.errors import EndpointError
from regiograph.publishing.content import Content, Part
from regiograph.publishing.loading import BATCH, Refusal, Tick
from regiograph.publishing.names import Names
from regiograph.publishing.site import Site
from regiograph.publishing.staging import Staging, emptied, whole
from regiograph.publishing.switching import Step, Switch, moving, removing
from regiograph.query.remote import Endpoint
from regiograph.query.updating import Updates
from regiograph.rdf.nodes import DEFAULT, Graph
from regiograph.rdf.store import Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication did.

    `graphs` and `triples` were made public, by that many `requests`; of these triples an earlier attempt had left
    `resumed`. `refused` are triples that the server does not take, `lacking` the number of those in all that is public.
    """

    graphs: int
    triples: int
    resumed: int
    unchanged: int
    withdrawn: int
    requests: int = 0
    refused: tuple[Refusal, ...] = ()
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What the server shows against what it is to show; `unchanged` are the parts as they are listed there."""

    changed: tuple[Part, ...]
    unchanged: tuple[Part, ...]
    withdrawn: tuple[Graph, ...]

    @property
    def wanted(self) -> tuple[Part, ...]:
        """All that is to be public."""
        return (*self.changed, *self.unchanged)


class Publication:
    """A store and a server that is to show it."""

    def __init__(
        self,
        store: Store,
        endpoint: Endpoint,
        updates: Updates,
        *,
        knowledge: Graph = DEFAULT,
        batch: int = BATCH,
        replace: bool = False,
    ) -> None:
        """Name what is published where: `knowledge` is where the store's default graph goes.

        With `replace`, what that graph holds may be replaced though no publication put it there; `batch` is the number
        of triples that a request takes at most.

        Raises:
            TermError: the knowledge would go where another graph of the store goes.
        """
        self._endpoint, self._updates, self._replace = endpoint, updates, replace
        self._names = Names(store.base)
        self._site = Site(endpoint, self._names)
        self._staging = Staging(self._site, updates, self._names, batch)
        self._knowledge, self._content = knowledge, Content(store, self._names, knowledge)

    def run(self, tick: Tick = lambda _: None) -> Outcome:
        """Publish; `tick` is told of triples, as they come to be on the server.

        Raises:
            EndpointError: the server cannot be reached, refuses, or does not hold what it took.
        """
        found = self._difference()
        if not found.changed and not found.withdrawn:
            self._clear_away()
            return Outcome(0, 0, 0, len(found.unchanged), 0, lacking=self._lacking(found.unchanged))
        self._check_place()
        self._staging.prepare(found.wanted)
        resumed = self._staging.fill(found.changed, self._content, tick)
        whole(self._staging.missing(found.changed), f"the staging of {self._endpoint.shown}")
        self._staging.settle(found.wanted)
        requests = Switch(self._updates, self._staging, self._is_done).make(self._steps(found))
        lacking, refused = self._lacking(self._check_public()), self._staging.refused
        sent = sum(part.triples for part in found.changed) - len(refused)
        kept, gone = len(found.unchanged), len(found.withdrawn)
        return Outcome(len(found.changed), sent, resumed, kept, gone, requests, refused, lacking)

    def _difference(self) -> Difference:
        """Compare with what the server lists and, lest somebody else has changed it, with what it holds."""
        listed = self._site.entries(self._names.published)
        wanted = {part.target for part in self._content.parts}
        known = [listed[part.entry] for part in self._content.parts if part.entry in listed]
        held = self._site.counts(part.target for part in known)
        unchanged = tuple(part for part in known if held[part.target] == part.triples)
        entries = {part.entry for part in unchanged}
        changed = tuple(part for part in self._content.parts if part.entry not in entries)
        gone = sorted((part.target for part in listed.values() if part.target not in wanted), key=str)
        return Difference(changed, unchanged, tuple(gone))

    def _clear_away(self) -> None:
        """Remove what an attempt to publish something else has left."""
        if self._site.entries(self._names.staged):
            self._staging.prepare(())
            self._updates.send(emptied(self._names.staged))

    def _check_place(self) -> None:
        """Pass if the knowledge may go where it is to go."""
        lists = (self._names.published, self._names.staged)
        if any(self._knowledge == part.target for of in lists for part in self._site.entries(of).values()):
            return
        if self._knowledge == DEFAULT and self._shows_all():
            raise EndpointError(
                f"the default graph of {self._endpoint.shown} is all its graphs together; give the knowledge a graph "
                f"of its own with --graph IRI, and ask with ?default-graph-uri=IRI at the end of the address"
            )
        held = self._site.counts((self._knowledge,))[self._knowledge]
        if held and not self._replace:
            where = "the default graph" if self._knowledge == DEFAULT else str(self._knowledge)
            raise EndpointError(
                f"{where} of {self._endpoint.shown} holds {held:,} triples that were not published from here; "
                f"take another graph with --graph IRI, or have them replaced with --replace"
            )

    def _shows_all(self) -> bool:
        """Whether what is in a named graph is found in the default graph, too."""
        probe = self._names.probe
        self._updates.send(f"INSERT DATA {{ GRAPH {probe} {{ {probe} {probe} {probe} }} }}")
        try:
            return self._site.shows_by_default(probe)
        finally:
            self._updates.send(emptied(probe))

    def _steps(self, found: Difference) -> Iterator[Step]:
        """Yield what is to be done: first articles, then the knowledge that follows from them, then the list."""
        knowledge = [part for part in found.changed if part.target == self._knowledge]
        yield from (moving(part) for part in found.changed if part not in knowledge)
        yield from map(removing, found.withdrawn)
        yield from map(moving, knowledge)
        if self._content.parts:
            yield Step(f"MOVE GRAPH {self._names.staged} TO GRAPH {self._names.published}")
        else:
            yield removing(self._names.published)

    def _is_done(self) -> bool:
        if self._site.entries(self._names.staged):
            return False
        return self._site.entries(self._names.published).keys() == self._entries()

    def _check_public(self) -> tuple[Part, ...]:
        """Pass if the server lists and holds what it is to show; return it."""
        if not self._is_done():
            raise EndpointError(f"{self._endpoint.shown} does not list what it was to make public")
        public = tuple(self._site.entries(self._names.published).values())
        held = self._site.counts(part.target for part in public)
        whole((part for part in public if held[part.target] != part.triples), self._endpoint.shown)
        return public

    def _lacking(self, public: Iterable[Part]) -> int:
        return sum(part.triples for part in self._content.parts) - sum(part.triples for part in public)

    def _entries(self) -> set[ox.NamedNode]:
        return {part.entry for part in self._content.parts}
