"""Asks a question of the catalogue: what people typed is read, bound, and the answer fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from regiograph.entities.identity import BASE
from regiograph.errors import QueryError
from regiograph.query.catalogue import Question
from regiograph.query.lookup import Select, entity
from regiograph.query.results import NO_BINDINGS, Answer, Table, Term, solutions
from regiograph.query.values import ENTITY, value


class Run(Protocol):
    """Runs a query: `local.run` on a store, or the `run` of an endpoint elsewhere."""

    def __call__(
        self, sparql: str, bindings: Mapping[str, Term] = NO_BINDINGS, *, name: str = ..., limit: int | None = None
    ) -> Answer:
        """Answer a query with its parameters bound."""


def is_sparql(words: str) -> bool:
    """Whether someone who asks this has written SPARQL, and not the name of a question."""
    return any(character in words for character in "{ \n")


def answer(
    run: Run, question: Question, given: Mapping[str, str], *, base: str = BASE, limit: int | None = None
) -> Answer:
    """Answer a question with the parameters as people type them: entities by name, dates, numbers.

    `base` is the namespace of the IRIs that names stand for.

    Raises:
        QueryError: a parameter is missing, unknown, malformed or ambiguous.
        StoreError: the store is closed.
        EndpointError: the endpoint gives no answer.
    """

    def select(sparql: str, bindings: Mapping[str, Term]) -> Table:
        return solutions(run(sparql, bindings), "the look-up of a name")

    bindings = terms(question, given, select, base=base)
    return run(question.sparql, bindings, name=question.name, limit=limit)


def terms(question: Question, given: Mapping[str, str], select: Select, *, base: str) -> dict[str, Term]:
    """Return the given parameters as RDF terms; `select` is used to look names up, here or elsewhere.

    Raises:
        QueryError: a parameter is missing, unknown, malformed or ambiguous.
    """
    for name in given:
        question.parameter(name)
    if missing := [p for p in question.parameters if not p.optional and p.name not in given]:
        raise QueryError(f"{question.name} needs the parameter {missing[0].name!r}; for example: {question.example}")
    bound: dict[str, Term] = {}
    for name, words in given.items():
        kind = question.parameter(name).type
        if kind == ENTITY:
            bound[name] = entity(words, select, parameter=name, base=base)
        else:
            bound[name] = value(kind, words, parameter=name)
    return bound
