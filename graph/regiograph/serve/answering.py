"""Answers a question in the format that is asked for, or says why it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from typing import Any, cast

import pyoxigraph as ox

from regiograph.errors import InputError, QueryError
from regiograph.query import guard
from regiograph.query.capping import capped
from regiograph.query.engine import FAILURES, explained, explanation, has_graph
from regiograph.query.using import using
from regiograph.serve.counting import exceeds
from regiograph.serve.limits import Limits
from regiograph.serve.wire import Job, Kind, Reply, wrong

_NAME, _UPDATE = "the query", "the update"
_REMEMBERED = 128  # questions
_Admitted = tuple[str, dict[str, str]]
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class Answering:
    """A database and what a question to it may cost; `prefixes` need no declaration."""

    quads: ox.Store
    limits: Limits
    prefixes: Mapping[str, str]
    _admitted: Callable[[str], _Admitted] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Remember the questions that may be asked: most are asked again, and nothing changes while a worker lives."""
        object.__setattr__(self, "_admitted", lru_cache(_REMEMBERED)(self._admit))

    def query(self, job: Job) -> Reply:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE."""
        try:
            admitted = self._admitted(job.text)
            self._check_dataset(job)
            reply = self._answered(job, admitted)
        except InputError as e:
            return wrong(e)
        except FAILURES as e:  # not by `explained`, which costs a small question a tenth
            return wrong(explanation(e, job.text, _NAME))
        if len(reply.body) > self.limits.answer:
            said = f"the answer is larger than {self.limits.answer:,} bytes; ask for less, with LIMIT"
            return Reply(Kind.TOO_LARGE, False, said.encode())
        return reply

    def update(self, job: Job) -> Reply:
        """Carry out an update: all of it, or, where it is wrong, nothing."""
        try:
            text = _writable(job)
            with explained(text, _UPDATE):
                self.quads.update(text, base_iri=job.base, prefixes=dict(self.prefixes))
        except InputError as e:
            return wrong(e)
        self.quads.flush()
        return Reply(Kind.DONE, False, b"")

    def checked(self, job: Job) -> Reply:
        """Say what is wrong with the text of an update; the engine parses only what it carries out, here on nothing."""
        try:
            text = _writable(job)
            with explained(text, _UPDATE), suppress(ValueError, RuntimeError):  # as "there is no such graph"
                ox.Store().update(text, base_iri=job.base, prefixes=dict(self.prefixes))
        except InputError as e:
            return wrong(e)
        return Reply(Kind.DONE, False, b"")

    def _admit(self, text: str) -> _Admitted:
        """Return a question that may be asked, bound to a row more than there may be, and the prefixes it may use.

        Raises:
            QueryError: it may not.
        """
        guard.admit(text, name=_NAME, knows=partial(has_graph, self.quads), prefixes=self.prefixes)
        escaped = "\\" in text  # a letter of a prefix may be, too
        used = {prefix: iri for prefix, iri in self.prefixes.items() if escaped or f"{prefix}:" in text}
        return capped(text, self.limits.rows + 1), used

    def _check_dataset(self, job: Job) -> None:
        for graph in (*(job.default_graphs or ()), *(job.named_graphs or ())):
            if not has_graph(self.quads, graph):
                raise QueryError(f"the store has no graph <{graph}>, and nothing is fetched")

    def _answered(self, job: Job, admitted: _Admitted) -> Reply:
        rows = self.limits.rows
        bound, prefixes = admitted
        found = self._asked(job, bound, prefixes)
        if isinstance(found, ox.QueryTriples):
            return self._graph(found, job.graph)
        if job.results is None:
            return Reply(Kind.UNACCEPTABLE, False, b"results")
        syntax = ox.QueryResultsFormat.from_media_type(job.results)
        body = found.serialize(format=syntax) or b""
        if isinstance(found, ox.QueryBoolean) or not exceeds(body, job.results, rows):
            return Reply(Kind.RESULTS, False, body)
        body = (
            cast("ox.QuerySolutions", self._asked(job, capped(job.text, rows), prefixes)).serialize(format=syntax)
            or b""
        )
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

    def _asked(self, job: Job, text: str, prefixes: dict[str, str]) -> Found:
        return self.quads.query(
            text,
            base_iri=job.base,
            prefixes=prefixes,
            default_graph=_nodes(job.default_graphs),
            named_graphs=_nodes(job.named_graphs),
        )


def _writable(job: Job) -> str:
    """Return the text of an update, with its dataset in it.

    Raises:
        InputError: it may not be carried out.
    """
    guard.admit_update(job.text, name=_UPDATE)
    return using(job.text, job.default_graphs or (), job.named_graphs or (), name=_UPDATE)


def _nodes(graphs: tuple[str, ...] | None) -> list[Any] | None:
    return None if graphs is None else [ox.NamedNode(graph) for graph in graphs]
