"""Facts stand as long as a claim supports them: nodes, confidence and direct triples by counting supporters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import pyoxigraph as ox

from regiograph.rdf.draft import DEFAULT, Draft
from regiograph.rdf.facts import (
    ASSERTED,
    CONFIDENCE,
    LOCATED_IN,
    MODALITY,
    SUPPORTED_BY,
    SYMMETRIC,
    WITHIN,
    Fact,
    direct,
)
from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, Term, decimal, iri

Supported = Mapping[str, tuple[Fact, Decimal]]
"""Of each claim (by its IRI) that is believed, the fact that it supports and how surely."""


def confidences(quads: Iterable[ox.Quad]) -> dict[str, Decimal]:
    """Return the confidence of each claim among the quads of an article's graph, by the claim's IRI."""
    return {q.subject.value: Decimal(q.object.value) for q in quads if q.predicate == CONFIDENCE}


def revise(draft: Draft, gone: Mapping[str, Decimal], come: Supported) -> None:
    """Take the claims `gone` from under the facts they support, and put the claims that `come` under theirs."""
    facts = {found.iri: found for found, _ in come.values()}
    lost = {claim: node for claim in gone if (node := _fact_of(draft, claim)) is not None}
    for node in sorted({*lost.values(), *facts}, key=str):
        leaving = [claim for claim, of in lost.items() if of == node]
        joining = {claim: sure for claim, (found, sure) in come.items() if found.iri == node}
        _revise_fact(draft, node, facts.get(node), {claim: gone[claim] for claim in leaving}, joining)


def stated(draft: Draft, triple: ox.Triple) -> bool:
    """Whether some asserted fact states this direct triple."""
    subject, predicate, obj = triple
    said = LOCATED_IN if predicate == WITHIN else predicate
    ends = [(subject, obj), (obj, subject)] if predicate in SYMMETRIC else [(subject, obj)]
    return any(_asserts(draft, fact, said) for s, o in ends for fact in _facts_about(draft, s, o))


def _fact_of(draft: Draft, claim: str) -> ox.NamedNode | None:
    return next((q.subject for q in draft.match(None, SUPPORTED_BY, iri(claim), DEFAULT)), None)


def _revise_fact(
    draft: Draft, node: ox.NamedNode, found: Fact | None, leaving: Mapping[str, Decimal], joining: Mapping[str, Decimal]
) -> None:
    before = next((Decimal(q.object.value) for q in draft.match(node, CONFIDENCE, None, DEFAULT)), None)
    for claim in leaving:
        draft.remove(ox.Quad(node, SUPPORTED_BY, iri(claim), DEFAULT))
    sure = _confidence(draft, node, before, leaving, joining)
    if sure is None:
        _drop(draft, node)
        return
    if before is None and found is not None:
        for triple in (*found.node, *found.direct):
            draft.add(ox.Quad(*triple, DEFAULT))
    for claim in joining:
        draft.add(ox.Quad(node, SUPPORTED_BY, iri(claim), DEFAULT))
    draft.replace(
        list(draft.match(node, CONFIDENCE, None, DEFAULT)), [ox.Quad(node, CONFIDENCE, decimal(f"{sure:f}"), DEFAULT)]
    )


def _confidence(
    draft: Draft,
    node: ox.NamedNode,
    before: Decimal | None,
    leaving: Mapping[str, Decimal],
    joining: Mapping[str, Decimal],
) -> Decimal | None:
    """Return the greatest confidence among the supporters, None where there is none left.

    The rest are looked at only if the surest left, and only until one as sure is met.
    """
    best = max(joining.values(), default=None)
    if before is None or (best is not None and best >= before):
        return best
    if not leaving or max(leaving.values()) < before:
        return before
    for quad in draft.match(node, SUPPORTED_BY, None, DEFAULT):
        sure = _claimed(draft, quad.object)
        best = sure if best is None else max(best, sure)
        if best == before:
            break
    return best


def _claimed(draft: Draft, claim: ox.NamedNode) -> Decimal:
    return next(Decimal(q.object.value) for q in draft.match(claim, CONFIDENCE, None, None))


def _drop(draft: Draft, node: ox.NamedNode) -> None:
    """Remove a fact that has lost its last supporter, and the direct triples that nothing else states."""
    quads = list(_subtree(draft, node))
    for quad in quads:
        draft.remove(quad)
    for triple in direct((quad.triple for quad in quads), node):
        if not stated(draft, triple) and not _known(draft, triple):
            draft.remove(ox.Quad(*triple, DEFAULT))


def _subtree(draft: Draft, node: ox.NamedNode) -> Iterator[ox.Quad]:
    for quad in draft.match(node, None, None, DEFAULT):
        yield quad
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(node.value + "/"):
            yield from _subtree(draft, quad.object)


def _known(draft: Draft, triple: ox.Triple) -> bool:
    """Whether the reference data says so."""
    return triple.predicate == WITHIN and any(q.graph_name != DEFAULT for q in draft.match(*triple, None))


def _facts_about(draft: Draft, subject: ox.NamedNode, obj: Term) -> Iterator[ox.NamedNode]:
    for quad in draft.match(None, OBJECT, obj, DEFAULT):
        if next(draft.match(quad.subject, SUBJECT, subject, DEFAULT), None) is not None:
            yield quad.subject


def _asserts(draft: Draft, fact: ox.NamedNode, predicate: ox.NamedNode) -> bool:
    said = ((PREDICATE, predicate), (MODALITY, ASSERTED))
    return all(next(draft.match(fact, p, o, DEFAULT), None) is not None for p, o in said)
