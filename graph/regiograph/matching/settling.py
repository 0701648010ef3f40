"""Makes a store know who is who and what people have decided; a function of its articles and of the log alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.entities.decisions import Act, Decision, Standing, standing
from regiograph.entities.identity import article_iri
from regiograph.matching.profiles import Profile, profiles
from regiograph.matching.resolution import Resolution, Ruled, resolve
from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, TYPE, iri, rg, term, triple
from regiograph.rdf.reviews import ACCEPTED, REJECTED
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import DCTERMS, local_name

_IDENTIFIER = term(DCTERMS.identifier)
_STATUS = {Act.ACCEPT: ACCEPTED.value, Act.REJECT: REJECTED.value}


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled: who is who, and the decisions, in words, that fit nothing in the store any more."""

    resolution: Resolution
    profiles: Mapping[str, Profile]
    unfit: tuple[str, ...]


def settle(store: Store, decisions: Sequence[Decision]) -> Settled:
    """Bring who is who, and what is believed, in line with the articles and the decisions.

    A decision on a claim holds for every claim of that article with the same subject, predicate and object, so that
    another reading of the article, which quotes more or less, keeps it.

    Raises:
        StoreError: the disk is full, or the store is damaged, closed or read-only.
    """
    held = standing(decisions)
    statuses, unfit = _statuses(store, held)
    store.review(statuses)
    known = profiles(store.quads)
    ruled = Ruled(*(frozenset(p for p in pairs if known.keys() >= set(p)) for pairs in (held.same, held.different)))
    resolution = resolve(known, ruled)
    called = {e: members[0] for members in resolution.united for e in members}
    names = {called.get(e, e): name for e, name in sorted(held.names.items()) if e in known}
    store.identify(resolution.mentions, names)
    return Settled(resolution, known, (*unfit, *_strange(held, known)))


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


def _strange(held: Standing, known: Mapping[str, Profile]) -> Iterator[str]:
    for word, pairs in (("merge", held.same), ("split", held.different)):
        for pair in sorted(pairs):
            for gone in sorted(set(pair) - known.keys()):
                yield f"{word} of {' and '.join(pair)}: no article mentions {gone}"
    for entity in sorted(held.names.keys() - known.keys()):
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
