"""Asks a question of the catalogue: what people typed is read, bound, and the answer fetched."""

from __future__ import annotations

from collections.abc import Mapping

from regiograph.errors import QueryError
from regiograph.query import local
from regiograph.query.catalogue import Question
from regiograph.query.lookup import Select, entity
from regiograph.query.results import Answer, Table, Term
from regiograph.query.values import ENTITY, value
from regiograph.rdf.store import Store


def answer(store: Store, question: Question, given: Mapping[str, str], *, limit: int | None = None) -> Answer:
    """Answer a question with the parameters as people type them: entities by name, dates, numbers.

    Raises:
        QueryError: a parameter is missing, unknown, malformed or ambiguous.
        StoreError: the store is closed.
    """

    def select(sparql: str, bindings: Mapping[str, Term]) -> Table:
        return local.select(store, sparql, bindings)

    bindings = terms(question, given, select, base=store.base)
    return local.run(store, question.sparql, bindings, name=question.name, limit=limit)


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
