"""Makes a store know who is who and what people have decided; a function of its articles and of the log alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.entities.decisions import Act, Decision, Standing, standing
from regiograph.entities.identity import article_iri
from regiograph.matching.resolution import Known, Resolution, Ruled, decided
from regiograph.rdf.identities import Identities
from regiograph.rdf.inference import infer
from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, TYPE, iri, rg, term, triple
from regiograph.rdf.reviews import ACCEPTED, REJECTED, Reviews
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import DCTERMS, local_name

_IDENTIFIER = term(DCTERMS.identifier)
_STATUS = {Act.ACCEPT: ACCEPTED.value, Act.REJECT: REJECTED.value}


@dataclass(frozen=True, slots=True)
class Settled:
    """What a store is to say: who is who, names by entity, statuses by claim, all by IRI.

    `unfit` are the decisions, in words, that fit nothing in the store any more.
    """

    resolution: Resolution
    names: Mapping[str, str]
    statuses: Mapping[str, str]
    unfit: tuple[str, ...]


def plan(store: Store, decisions: Sequence[Decision], known: Known) -> Settled:
    """Return what a store is to say by its articles, which are `known`, and the decisions.

    A decision on a claim holds for every claim of that article with the same subject, predicate and object, so that
    another reading of the article, which quotes more or less, keeps it.
    """
    held = standing(decisions)
    there = frozenset(known.profiles)
    statuses, unfit = _statuses(store, held)
    ruled = Ruled(*(frozenset(p for p in pairs if there.issuperset(p)) for pairs in (held.same, held.different)))
    resolution = decided(known, ruled)
    called = {e: members[0] for members in resolution.united for e in members}
    names = {called.get(e, e): name for e, name in sorted(held.names.items()) if e in there}
    return Settled(resolution, names, statuses, (*unfit, *_strange(held, there)))


def settle(store: Store, decisions: Sequence[Decision]) -> Settled:
    """Bring who is who, and what is believed, in line with the articles and the decisions.

    Raises:
        StoreError: the disk is full, or the store is damaged, closed or read-only.
    """
    settled = plan(store, decisions, Known.read(store.quads))
    store.review(settled.statuses)
    store.identify(settled.resolution.mentions, settled.names)
    return settled


def follow(store: Store, decisions: Sequence[Decision]) -> Settled:
    """Settle, and infer anew what follows.

    Raises:
        StoreError: the disk is full, or the store is damaged, closed or read-only.
    """
    settled = settle(store, decisions)
    infer(store)
    return settled


@dataclass(frozen=True, slots=True)
class Behind:
    """How far a store is behind a plan: how many claims, mentions and names it has to say something else of."""

    claims: int
    mentions: int
    names: int


def behind(store: Store, settled: Settled) -> Behind:
    """Return how far a store is behind a plan."""
    known = Identities(store.quads, store.base)
    return Behind(
        _apart(Reviews(store.quads, store.base).stored(), settled.statuses),
        _apart(known.stored(), settled.resolution.mentions),
        _apart(known.labels(), settled.names),
    )


def _apart(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    return sum(one.get(key) != other.get(key) for key in one.keys() | other.keys())


def _statuses(store: Store, held: Standing) -> tuple[dict[str, str], list[str]]:
    """Return statuses by the IRI of the claim, and what fits no claim."""
    found: dict[str, str] = {}
    unfit: list[str] = []
    for about, act in sorted(held.claims.items()):
        claims = list(_claims(store, about))
        found.update(dict.fromkeys(claims, _STATUS[act]))
        if not claims:
            _, article, subject, predicate, obj = about
            unfit.append(f"{act} of “{subject} {predicate} {obj}” in article {article!r}: there is no such claim")
    return found, unfit


def _claims(store: Store, about: tuple[str, ...]) -> Iterator[str]:
    """Yield the claims that a decision is about: that of the very IRI, and those of the same content in its article."""
    claim, article, *content = about
    graph = iri(article_iri(store.base, article))
    ends: dict[str, dict[ox.NamedNode, str]] = defaultdict(dict)
    for part in (SUBJECT, PREDICATE, OBJECT):
        for quad in store.quads.quads_for_pattern(None, part, None, graph):
            ends[triple(quad).subject.value][part] = triple(quad).object.value
    for node, said in sorted(ends.items()):
        own = [said.get(SUBJECT, ""), local_name(said.get(PREDICATE, "")), said.get(OBJECT, "").removeprefix(node)]
        if node == claim or own == content:
            yield node


def _strange(held: Standing, known: frozenset[str]) -> Iterator[str]:
    for word, pairs in (("merge", held.same), ("split", held.different)):
        for pair in sorted(pairs):
            for gone in sorted(set(pair) - known):
                yield f"{word} of {' and '.join(pair)}: no article mentions {gone}"
    for entity in sorted(held.names.keys() - known):
        yield f"rename of {entity}: no article mentions it"


def content(store: Store, claim: str) -> tuple[str, ...] | None:
    """Return what a decision on a claim is about, as `entities.decisions` has it; None if there is no such claim."""
    node = iri(claim)
    graph = next((q.graph_name for q in store.quads.quads_for_pattern(node, TYPE, rg("Claim"), None)), None)
    if not isinstance(graph, ox.NamedNode):
        return None
    said = {triple(q).predicate: triple(q).object.value for q in store.quads.quads_for_pattern(node, None, None, graph)}
    article = next(triple(q).object.value for q in store.quads.quads_for_pattern(graph, _IDENTIFIER, None, graph))
    return claim, article, said[SUBJECT], local_name(said[PREDICATE]), said[OBJECT].removeprefix(claim)
