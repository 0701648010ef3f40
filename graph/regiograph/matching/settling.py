"""Makes a store know who is who and what people have decided; a function of its articles and of the log alone."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from regiograph.entities.decisions import Act, Decision, Standing, standing
from regiograph.entities.identity import article_iri
from regiograph.matching.grouping import Ruled
from regiograph.matching.index import Index
from regiograph.matching.resolution import Followed, Outcome, Resolution
from regiograph.matching.sheets import Sheet
from regiograph.rdf.identities import ENTITY, Identities
from regiograph.rdf.inference import infer
from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, TYPE, iri, rg, term, triple
from regiograph.rdf.reviews import ACCEPTED, REJECTED, Reviews
from regiograph.rdf.store import Store
from regiograph.rdf.vocabulary import DCTERMS, local_name

_IDENTIFIER = term(DCTERMS.identifier)
_STATUS = {Act.ACCEPT: ACCEPTED.value, Act.REJECT: REJECTED.value}


FILE = "matching.sqlite"
"""The index, in a store's folder."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a store is to say: who is who, names by entity, statuses by claim, all by IRI.

    `unfit` are the decisions, in words, that fit nothing in the store any more.
    """

    outcome: Outcome
    names: Mapping[str, str]
    statuses: Mapping[str, str]
    unfit: tuple[str, ...]


def settle(store: Store, decisions: Sequence[Decision]) -> Settled:
    """Bring who is who, and what is believed, in line with the articles and the decisions.

    It costs what the articles and decisions touch that have changed since the last time.

    Raises:
        StoreError: the disk is full, or the store is damaged, closed or read-only.
    """
    held = standing(decisions)
    with closing(Index.open(store.path / FILE if store.path is not None else None, _version())) as index:
        resolution = Resolution(index)
        changed = store.changes.noted() if index.made else tuple(_articles(store))
        followed = resolution.follow(_sheets(store, changed), Ruled(held.same, held.different))
        settled = _settled(store, index, held, resolution.outcome())
        store.review(settled.statuses)
        mentions = _changed(store, resolution, settled.outcome, _mentions(store, followed, changed))
        store.identify({m: to for m, to in mentions.items() if to}, settled.names, mentions)
        store.save()  # the index must never know more than the store
        index.commit()
    store.changes.forget(changed)
    return settled


def follow(store: Store, decisions: Sequence[Decision]) -> Settled:
    """Settle, and infer anew what follows.

    Raises:
        StoreError: the disk is full, or the store is damaged, closed or read-only.
    """
    settled = settle(store, decisions)
    infer(store)
    return settled


def indexed(store: Store) -> Index:
    """Return an index of the articles of a store, to be read: the store's own, or one in memory where that is behind.

    Raises:
        StoreError: the store is damaged or closed.
    """
    own = Index.consult(store.path / FILE, _version()) if store.path is not None and not store.changes.noted() else None
    if own is None:
        own = Index.open(None, _version())
        Resolution(own).follow(_sheets(store, _articles(store)), Ruled())
    return own


def planned(store: Store, index: Index, decisions: Sequence[Decision]) -> Settled:
    """Return what a store is to say by the decisions, but for what then follows of company."""
    held = standing(decisions)
    ruled = Ruled(held.same, held.different)
    return _settled(store, index, held, Resolution(index).outcome(ruled))


@dataclass(frozen=True, slots=True)
class Behind:
    """How far a store is behind a plan: how many claims, mentions and names it has to say something else of."""

    claims: int
    mentions: int
    names: int


def behind(store: Store, index: Index, settled: Settled) -> Behind:
    """Return how far a store is behind a plan."""
    known = Identities(store.quads, store.base)
    moved = Followed(settled.outcome.moved, frozenset())
    mentions = _changed(store, Resolution(index), settled.outcome, _mentions(store, moved, ()))
    return Behind(
        _apart(Reviews(store.quads, store.base).stored(), settled.statuses),
        len(mentions),
        _apart(known.labels(), settled.names),
    )


def _settled(store: Store, index: Index, held: Standing, outcome: Outcome) -> Settled:
    """Return what a store is to say.

    A decision on a claim holds for every claim of that article with the same subject, predicate and object, so that
    another reading of the article, which quotes more or less, keeps it.
    """
    statuses, unfit = _statuses(store, held)
    names = {outcome.firsts.get(e, e): name for e, name in sorted(held.names.items()) if index.count(e)}
    return Settled(outcome, names, statuses, (*unfit, *_strange(held, index)))


def _mentions(store: Store, followed: Followed, changed: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the mentions of entities that may be known otherwise than before, each with its entity and article."""
    for entity in sorted(followed.everywhere):
        yield from store.quads.quads_for_pattern(None, ENTITY, iri(entity), None)
    there = followed.there - followed.everywhere
    for article in changed:
        for quad in store.quads.quads_for_pattern(None, ENTITY, None, iri(article)):
            if triple(quad).object.value in there:
                yield quad


def _changed(store: Store, resolution: Resolution, outcome: Outcome, mentions: Iterable[ox.Quad]) -> dict[str, str]:
    """Return which of some mentions are to be known otherwise than the store says, and as what; "" is as their own."""
    known, called = Identities(store.quads, store.base), cache(lambda entity: resolution.known_as(entity, outcome))
    found: dict[str, str] = {}
    for quad in mentions:
        (mention, _, entity), article = triple(quad), quad.graph_name
        if isinstance(article, ox.NamedNode):
            first, otherwise = called(entity.value)
            to = otherwise.get(article.value, first)
            if known.of(mention) != to:
                found[mention.value] = to or ""
    return found


def _articles(store: Store) -> Iterator[str]:
    """Yield the graphs of all articles, sorted."""
    yield from sorted(
        triple(quad).subject.value for quad in store.quads.quads_for_pattern(None, _IDENTIFIER, None, None)
    )


def _sheets(store: Store, articles: Iterable[str]) -> Iterator[tuple[str, Sheet | None]]:
    return ((article, Sheet.read(store.quads, article)) for article in articles)


@cache
def _version() -> str:
    """Return a digest of the code that judges, so that another version makes an index of its own."""
    found = hashlib.sha256()
    for package in ("matching", "entities"):
        for file in sorted(Path(__file__).parents[1].joinpath(package).rglob("*")):
            if file.suffix in (".py", ".json", ".tsv", ".txt", ".csv"):
                found.update(file.read_bytes())
    return found.hexdigest()


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


def _strange(held: Standing, index: Index) -> Iterator[str]:
    for word, pairs in (("merge", held.same), ("split", held.different)):
        for pair in sorted(pairs):
            for gone in sorted(entity for entity in set(pair) if not index.count(entity)):
                yield f"{word} of {' and '.join(pair)}: no article mentions {gone}"
    for entity in sorted(entity for entity in held.names if not index.count(entity)):
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
