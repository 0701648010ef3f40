"""Facts stand as long as a claim supports them: nodes, confidence and direct triples by counting supporters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import pyoxigraph as ox

from regiograph.rdf.draft import Draft
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
from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, Term, Triple, decimal, iri, triple

Supported = Mapping[str, tuple[Fact, Decimal]]
"""Of each claim (by its IRI) that is believed, the fact that it supports and how surely."""


def confidences(quads: Iterable[ox.Quad]) -> dict[str, Decimal]:
    """Return the confidence of each claim among the quads of an article's graph, by the claim's IRI."""
    said = (triple(quad) for quad in quads if quad.predicate == CONFIDENCE)
    return {claim.value: Decimal(sure.value) for claim, _, sure in said}


def revise(draft: Draft, gone: Mapping[str, Decimal], come: Supported) -> tuple[Triple, ...]:
    """Take the claims `gone` from under the facts they support, and put the claims that `come` under theirs.

    Returns the direct triples that no fact states any more, and that the draft no longer holds.
    """
    facts = {found.iri: found for found, _ in come.values()}
    leaving = _by_fact((node, claim, sure) for claim, sure in gone.items() for node in _facts_of(draft, claim))
    joining = _by_fact((found.iri, claim, sure) for claim, (found, sure) in come.items())
    unsaid: list[Triple] = []
    for node in sorted(leaving.keys() | joining.keys(), key=str):
        before = next((Decimal(sure.value) for _, _, sure in draft.match(node, CONFIDENCE, None)), None)
        sure = _revise_support(draft, node, before, leaving.get(node, {}), joining.get(node, {}))
        if sure is None:
            unsaid += _drop(draft, node)
        elif before is None:
            for said in (*facts[node].node, *facts[node].direct):
                draft.add(said)
    lost = tuple(said for said in unsaid if not stated(draft, said))
    for said in lost:
        draft.remove(said)
    return lost


def stated(draft: Draft, said: Triple) -> bool:
    """Whether some asserted fact states this direct triple."""
    subject, predicate, obj = said
    wanted = LOCATED_IN if predicate == WITHIN else predicate
    ends = [(subject, obj), (obj, subject)] if predicate in SYMMETRIC else [(subject, obj)]
    return any(_asserts(draft, fact, wanted) for s, o in ends for fact in _facts_about(draft, s, o))


def _by_fact(support: Iterable[tuple[ox.NamedNode, str, Decimal]]) -> dict[ox.NamedNode, dict[str, Decimal]]:
    found: dict[ox.NamedNode, dict[str, Decimal]] = defaultdict(dict)
    for node, claim, sure in support:
        found[node][claim] = sure
    return found


def _facts_of(draft: Draft, claim: str) -> Iterator[ox.NamedNode]:
    return (fact for fact, _, _ in draft.match(None, SUPPORTED_BY, iri(claim)))


def _revise_support(
    draft: Draft,
    node: ox.NamedNode,
    before: Decimal | None,
    leaving: Mapping[str, Decimal],
    joining: Mapping[str, Decimal],
) -> Decimal | None:
    """Change who supports a fact of confidence `before`; return its confidence now, None where nobody is left."""
    for claim in leaving:
        draft.remove(Triple(node, SUPPORTED_BY, iri(claim)))
    now = _confidence(draft, node, before, leaving, joining)
    for claim in joining:
        draft.add(Triple(node, SUPPORTED_BY, iri(claim)))
    if before is not None and before != now:
        draft.remove(Triple(node, CONFIDENCE, decimal(f"{before:f}")))
    if now is not None:
        draft.add(Triple(node, CONFIDENCE, decimal(f"{now:f}")))
    return now


def _confidence(
    draft: Draft,
    node: ox.NamedNode,
    before: Decimal | None,
    leaving: Mapping[str, Decimal],
    joining: Mapping[str, Decimal],
) -> Decimal | None:
    """Return the greatest confidence among the supporters.

    Those that stay are looked at only if the surest has left, and only until one as sure is met.
    """
    best = max(joining.values(), default=None)
    if before is None or (best is not None and best >= before):
        return best
    if max(leaving.values(), default=Decimal(-1)) < before:
        return before
    for _, _, claim in draft.match(node, SUPPORTED_BY, None):
        sure = max(Decimal(sure.value) for _, _, sure in draft.match(iri(claim.value), CONFIDENCE, None, None))
        best = sure if best is None else max(best, sure)
        if best == before:
            break
    return best


def _drop(draft: Draft, node: ox.NamedNode) -> tuple[Triple, ...]:
    """Remove a fact that has lost its last supporter; return the direct triples that it stated."""
    said = tuple(_subtree(draft, node))
    for each in said:
        draft.remove(each)
    return direct(said, node)


def _subtree(draft: Draft, node: ox.NamedNode) -> Iterator[Triple]:
    for said in draft.match(node, None, None):
        yield said
        if isinstance(said.object, ox.NamedNode) and said.object.value.startswith(node.value + "/"):
            yield from _subtree(draft, said.object)


def _facts_about(draft: Draft, subject: Term, obj: Term) -> Iterator[ox.NamedNode]:
    return (node for node, _, _ in draft.match(None, OBJECT, obj) if draft.holds(node, SUBJECT, subject))


def _asserts(draft: Draft, fact: ox.NamedNode, predicate: ox.NamedNode) -> bool:
    return draft.holds(fact, PREDICATE, predicate) and draft.holds(fact, MODALITY, ASSERTED)
