"""The graph as Python asks it: one object for a store of this machine and for an endpoint elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from keyword import iskeyword
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from regiograph.errors import QueryError, StoreError
from regiograph.query import asking, catalogue, local
from regiograph.query.asking import Run
from regiograph.query.catalogue import Question
from regiograph.query.results import Answer
from regiograph.rdf.store import Store

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

Given = str | int | float | Decimal | date | None


def opened(
    place: str | PathLike[str], *, user: str | None = None, password: str | None = None, timeout: float
) -> KnowledgeGraph:
    """Return the graph in a store's folder, or that of an endpoint if `place` begins with http:// or https://.

    Raises:
        StoreError: there is no store, or it cannot be used; nothing is made.
        EndpointError: the address is no address of an endpoint; whether one answers there shows when it is asked.
    """
    named = str(place)
    if named.lower().startswith(("http://", "https://")):
        from regiograph.query.remote import Endpoint

        there = Endpoint(named, user, password, timeout=timeout)
        return KnowledgeGraph(named, there.run, there.base)
    store = Store.open(Path(place), read_only=True)
    return KnowledgeGraph(named, partial(local.run, store), store.base, store)


class KnowledgeGraph:
    """A graph that is asked and never changed; `regiograph.open` gives it, `with` or `close` lets a store go."""

    def __init__(self, place: str, run: Run, base: str, store: Store | None = None) -> None:
        self._place, self._run, self._base, self._store = place, run, base, store

    def __repr__(self) -> str:
        return f"<graph in {self._place}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; what `graph` gave must not be used any more."""
        if self._store is not None:
            self._store.close()

    def query(self, question: str | Path, /, *, limit: int | None = None, **parameters: Given) -> Answer:
        """Answer a question of the catalogue by its name, one in a file by its path, or any SPARQL.

        Parameters are given as people type them: entities by name or IRI, dates as "2015-06" or a `date`; one that is
        a keyword of Python gets an underscore: `from_="2005"`. None is as good as not given. SPARQL has no parameters,
        and the prefixes of the ontology need no declaration in it. More than `limit` rows or triples are cut off, and
        the answer says so. The answer to a SELECT is a Table, to CONSTRUCT and DESCRIBE a Graph, to ASK a Verdict.

        Raises:
            QueryError: no question is called so, a parameter is missing, unknown, malformed or ambiguous, or the SPARQL
                is malformed or would do more than read.
            StoreError: the store is closed.
            EndpointError: the endpoint gives no answer.
        """
        if limit is not None and limit < 1:
            raise QueryError(f"a limit is 1 or more, not {limit}")
        given = {name: str(value) for name, value in parameters.items() if value is not None}
        if isinstance(question, str) and asking.is_sparql(question):
            if given:
                raise QueryError(f"SPARQL takes no parameters, such as {min(given)!r}; a question with a header does")
            return self._run(question, limit=limit)
        asked = catalogue.read(question) if isinstance(question, Path) else catalogue.question(question)
        return asking.answer(self._run, asked, _declared(asked, given), base=self._base, limit=limit)

    def queries(self) -> tuple[Question, ...]:
        """Return the questions of the catalogue, in the order of their names."""
        return catalogue.questions()

    def graph(self) -> rdflib.Dataset:
        """Return an rdflib view of a store: the knowledge is its default graph, each article has a graph of its own.

        Raises:
            StoreError: the store is closed, or the graph is that of an endpoint.
        """
        return self._here().graph()

    def network(self) -> nx.MultiDiGraph[Any]:
        """Return the knowledge in a store as a networkx multigraph, by `network.projection.project`.

        Raises:
            StoreError: the store is closed, or the graph is that of an endpoint.
        """
        from regiograph.network.projection import project

        return project(self._here().quads)

    def _here(self) -> Store:
        if self._store is None:
            raise StoreError(f"{self._place} is an endpoint, which answers questions; a whole graph needs a store here")
        return self._store


def _declared(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return what was given by the names that the question has for it: "from" for "from_"."""
    names = {parameter.name for parameter in question.parameters}
    return {_plain(name) if name not in names else name: words for name, words in given.items()}


def _plain(name: str) -> str:
    word = name.removesuffix("_")
    return word if iskeyword(word) else name
