"""What a store leaves in doubt: pairs that may be one entity, and claims that are not sure enough to be believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from regiograph.entities.decisions import Act, Decision
from regiograph.matching.index import Index
from regiograph.matching.resolution import Proposal
from regiograph.matching.settling import Behind, behind, indexed, planned
from regiograph.query.local import select
from regiograph.rdf.nodes import decimal, iri
from regiograph.rdf.store import Store
from regiograph.view.said import Said, Telling

_SHOWN = 4  # names, and entities that one stands with
_DOUBTED = """SELECT ?claim ?article {
  VALUES ?least { UNDEF } VALUES ?enough { UNDEF }
  GRAPH ?article { ?claim a rg:Claim ; rg:confidence ?confidence }
  FILTER(?confidence >= ?least && ?confidence < ?enough)
} ORDER BY DESC(?confidence) ?claim"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim that is not sure enough, by the IRIs of itself and of its article."""

    claim: str
    article: str


Item = Proposal | Doubt


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be one: its names, the IRIs of its articles, and with whom it stands, as IRI and name."""

    entity: str
    names: tuple[str, ...]
    type: str
    articles: tuple[str, ...]
    near: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """What is left to decide after some decisions: pairs, the likeliest first, then claims, the surest first.

    `behind` tells how far the store does not follow the decisions yet, `unfit` which fit nothing in it.
    """

    items: tuple[Item, ...]
    behind: Behind
    unfit: tuple[str, ...]

    def place(self, about: Sequence[str]) -> int | None:
        """Return the number of the item that a decision is about; None where there is none."""
        return next((at for at, item in enumerate(self.items) if _means(item, about)), None)


class Bench:
    """A store as those see it who decide: what does not depend on decisions is read once.

    Claims of a confidence of `least` and more that make no fact are in doubt. The store must not change meanwhile.
    """

    def __init__(self, store: Store, least: float) -> None:
        self.store, self.least = store, least

    def pending(self, decisions: Sequence[Decision]) -> Pending:
        """Return what is left to decide after these decisions."""
        settled = planned(self.store, self._index, decisions)
        claims = (doubt for doubt in self._doubted if doubt.claim not in settled.statuses)
        left = behind(self.store, self._index, settled)
        return Pending((*settled.outcome.proposals, *claims), left, settled.unfit)

    def sides(self, pair: Proposal) -> tuple[Side, Side]:
        """Return what tells the two of a pair apart."""
        return self._side(pair.one), self._side(pair.other)

    def name(self, entity: str) -> str:
        """Return the name of an entity that most articles use; its IRI, where none mentions it."""
        return self._index.profile(entity).names[0] if self._index.count(entity) else entity

    @cached_property
    def _index(self) -> Index:
        return indexed(self.store)

    @cached_property
    def _doubted(self) -> tuple[Doubt, ...]:
        bounds = {"least": decimal(self.least), "enough": decimal(self.store.min_confidence)}
        return tuple(Doubt(*row) for row in select(self.store, _DOUBTED, bounds).texts())

    def _side(self, entity: str) -> Side:
        profile = self._index.profile(entity)
        articles = tuple(article for article, _ in self._index.countries(entity))
        near = tuple((each, self.name(each)) for each in sorted(profile.near or profile.around)[:_SHOWN])
        return Side(entity, profile.names[:_SHOWN], profile.type.value, articles, near)


def claim(store: Store, doubt: Doubt) -> tuple[Telling, Said] | None:
    """Return an article and what a claim of it says; None if it says so no more."""
    return next(((told, said) for _, told, said in claims(store, (doubt,))), None)


def claims(store: Store, doubts: Iterable[Doubt]) -> Iterator[tuple[Doubt, Telling, Said]]:
    """Yield claims in the order given, each with its article and what it says, without those that no article makes."""
    known: dict[str, Telling | None] = {}
    for doubt in doubts:
        if doubt.article not in known:
            known[doubt.article] = Telling.read(store.quads, iri(doubt.article))
        told = known[doubt.article]
        said = told.claim(doubt.claim) if told is not None else None
        if told is not None and said is not None:
            yield doubt, told, said


def _means(item: Item, about: Sequence[str]) -> bool:
    if isinstance(item, Doubt):
        return item.claim == about[0]
    return {item.one, item.other} == set(about)


KEYS = {"s": Act.MERGE, "d": Act.SPLIT, "a": Act.ACCEPT, "r": Act.REJECT}
"""What decides, by the key that does so."""


def keys(item: Item) -> dict[str, Act]:
    """Return what can be decided on an item, yes first, by the key that does so."""
    return {key: act for key, act in KEYS.items() if (act in (Act.MERGE, Act.SPLIT)) == isinstance(item, Proposal)}
