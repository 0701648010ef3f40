"""Which facts and quotations are taken where not all can be: facts that rest on the most claims, the surest first."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

import pyoxigraph as ox

from regiograph.rdf.nodes import DEFAULT, TYPE, iri, rg, triple
from regiograph.rdf.vocabulary import PREFIXES

_ABOUT = """SELECT ?node { VALUES ?entity { %s } ?node rdf:subject|rdf:object ?entity ; a rg:Fact ;
    rg:confidence ?sure ; rg:supportedBy ?claim }
  GROUP BY ?node ?sure ORDER BY DESC(COUNT(?claim)) DESC(?sure) ?node LIMIT %d"""
_HOW_MANY_ABOUT = """SELECT (COUNT(DISTINCT ?fact) AS ?n) { VALUES ?entity { %s }
  ?fact rdf:subject|rdf:object ?entity ; a rg:Fact }"""
_HOW_MANY = "SELECT (COUNT(*) AS ?n) { ?entity rg:articleCount ?articles }"


class LeftOut(NamedTuple):
    """How much a network leaves out, and of how many sentences at most a fact is told where not all are: None is all.

    `entities` is 0 where only what is about some entities was asked for.
    """

    entities: int
    facts: int
    sentences: int | None


NOTHING = LeftOut(0, 0, None)


def best(quads: ox.Store, at_most: int) -> tuple[list[str], int]:
    """Return the IRIs of the best supported facts, the best first, and how many facts there are.

    Facts are looked at one by one, so that their number takes time and no memory.
    """
    looked_at = 0

    def ranked() -> Iterator[tuple[int, Decimal, str]]:
        nonlocal looked_at
        for quad in quads.quads_for_pattern(None, TYPE, rg("Fact"), DEFAULT):
            fact = triple(quad).subject
            sure = [triple(q).object.value for q in quads.quads_for_pattern(fact, rg("confidence"), None, DEFAULT)]
            if claims := len(_claims(quads, fact)):
                looked_at += 1
                yield -claims, -Decimal(sure[0]), fact.value

    found = sorted(ranked()) if at_most > _MANY else heapq.nsmallest(at_most, ranked())
    return list(map(itemgetter(2), found)), looked_at


_MANY = 1_000_000  # of more than these, sorting all takes no more memory than keeping the best


def best_about(quads: ox.Store, entities: Iterable[str], at_most: int) -> tuple[list[str], int]:
    """Return the same of the facts that such entities are an end of."""
    listed = " ".join(str(iri(entity)) for entity in entities)
    found = [s["node"].value for s in quads.query(_ABOUT % (listed, at_most), prefixes=dict(PREFIXES))]  # type: ignore[union-attr]
    return found, len(found) if len(found) < at_most else _number(quads, _HOW_MANY_ABOUT % listed)


def entities(quads: ox.Store) -> int:
    """Return how many entities a store has."""
    return _number(quads, _HOW_MANY)


def supporters(quads: ox.Store, facts: Collection[str], at_most: int) -> tuple[Mapping[str, str], int | None]:
    """Return, by claim, which fact it supports, and how many claims of one fact are taken at most: None is all.

    Of more than `at_most` claims, each fact has as many as that leaves room for, one at least, in the order of their
    IRIs, which come from their content.
    """
    counts = [len(_claims(quads, iri(fact))) for fact in facts]
    each = None if sum(counts) <= at_most else _share(counts, at_most)
    return {claim: fact for fact in facts for claim in sorted(_claims(quads, iri(fact)))[:each]}, each


def _share(counts: Collection[int], at_most: int) -> int:
    """Return the largest number, 1 at least, to which counts can be cut so that their sum is not above `at_most`."""
    share, spent, left = max(counts), 0, sorted(counts)
    for position, count in enumerate(left):
        if spent + count * (len(left) - position) > at_most:
            share = (at_most - spent) // (len(left) - position)
            break
        spent += count
    return max(1, share)


def _claims(quads: ox.Store, fact: ox.NamedNode) -> list[str]:
    return [triple(quad).object.value for quad in quads.quads_for_pattern(fact, rg("supportedBy"), None, DEFAULT)]


def _number(quads: ox.Store, query: str) -> int:
    (solution,) = quads.query(query, prefixes=dict(PREFIXES))  # type: ignore[misc]
    return int(solution["n"].value)
