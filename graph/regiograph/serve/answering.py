"""Answers a question in the format that is asked for, or says why it does not."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, cast

import pyoxigraph as ox

from regiograph.errors import InputError, QueryError
from regiograph.query import guard
from regiograph.query.capping import capped
from regiograph.query.engine import explained, has_graph
from regiograph.query.using import using
from regiograph.serve.counting import exceeds
from regiograph.serve.limits import Limits
from regiograph.serve.wire import Job, Kind, Reply, wrong

_NAME, _UPDATE = "the query", "the update"
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class Answering:
    """A database and what a question to it may cost; `prefixes` need no declaration."""

    quads: ox.Store
    limits: Limits
    prefixes: Mapping[str, str]

    def query(self, job: Job) -> Reply:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE."""
        try:
            self._admit(job)
            with explained(job.text, _NAME):
                reply = self._answered(job)
        except InputError as e:
            return wrong(e)
        if len(reply.body) > self.limits.answer:
            said = f"the answer is larger than {self.limits.answer:,} bytes; ask for less, with LIMIT"
            return Reply(Kind.TOO_LARGE, False, said.encode())
        return reply

    def update(self, job: Job) -> Reply:
        """Carry out an update: all of it, or, where it is wrong, nothing."""
        try:
            text = _admitted(job)
            with explained(text, _UPDATE):
                self.quads.update(text, base_iri=job.base, prefixes=dict(self.prefixes))
        except InputError as e:
            return wrong(e)
        self.quads.flush()
        return Reply(Kind.DONE, False, b"")

    def checked(self, job: Job) -> Reply:
        """Say what is wrong with the text of an update; the engine parses only what it carries out, here on nothing."""
        try:
            text = _admitted(job)
            with explained(text, _UPDATE), suppress(ValueError, RuntimeError):  # as "there is no such graph"
                ox.Store().update(text, base_iri=job.base, prefixes=dict(self.prefixes))
        except InputError as e:
            return wrong(e)
        return Reply(Kind.DONE, False, b"")

    def _admit(self, job: Job) -> None:
        guard.admit(job.text, name=_NAME, knows=partial(has_graph, self.quads), prefixes=self.prefixes)
        for graph in (*(job.default_graphs or ()), *(job.named_graphs or ())):
            if not has_graph(self.quads, graph):
                raise QueryError(f"the store has no graph <{graph}>, and nothing is fetched")

    def _answered(self, job: Job) -> Reply:
        rows = self.limits.rows
        found = self._asked(job, rows + 1)
        if isinstance(found, ox.QueryTriples):
            return self._graph(found, job.graph)
        if job.results is None:
            return Reply(Kind.UNACCEPTABLE, False, b"results")
        syntax = ox.QueryResultsFormat.from_media_type(job.results)
        body = found.serialize(format=syntax) or b""
        if isinstance(found, ox.QueryBoolean) or not exceeds(body, job.results, rows):
            return Reply(Kind.RESULTS, False, body)
        body = cast("ox.QuerySolutions", self._asked(job, rows)).serialize(format=syntax) or b""
        if exceeds(body, job.results, rows):  # the text is of a kind that `capped` does not see through
            return Reply(Kind.TOO_LARGE, False, f"the answer has more than {rows:,} rows; ask for less".encode())
        return Reply(Kind.RESULTS, True, body)

    def _graph(self, found: ox.QueryTriples, media: str | None) -> Reply:
        if media is None:
            return Reply(Kind.UNACCEPTABLE, False, b"graph")
        triples = list(islice(found, self.limits.rows + 1))
        syntax = ox.RdfFormat.from_media_type(media)
        body = ox.serialize(triples[: self.limits.rows], format=syntax, prefixes=dict(self.prefixes))
        return Reply(Kind.GRAPH, len(triples) > self.limits.rows, body or b"")

    def _asked(self, job: Job, rows: int) -> Found:
        """Run a question, a SELECT for that many rows at most."""
        return self.quads.query(
            capped(job.text, rows),
            base_iri=job.base,
            prefixes=dict(self.prefixes),
            default_graph=_nodes(job.default_graphs),
            named_graphs=_nodes(job.named_graphs),
        )


def _admitted(job: Job) -> str:
    """Return the text of an update, with its dataset in it.

    Raises:
        InputError: it may not be carried out.
    """
    guard.admit_update(job.text, name=_UPDATE)
    return using(job.text, job.default_graphs or (), job.named_graphs or (), name=_UPDATE)


def _nodes(graphs: tuple[str, ...] | None) -> list[Any] | None:
    return None if graphs is None else [ox.NamedNode(graph) for graph in graphs]
