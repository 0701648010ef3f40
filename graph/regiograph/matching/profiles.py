"""What a store's articles say of each entity that helps to know it again: names, codes, posts, whom it stands with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pyoxigraph as ox

from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, iri, rg, term, triple
from regiograph.rdf.vocabulary import TIME, local_name
from regiograph.terms import EntityType, Predicate

_ENTITY, _TYPE, _NAME, _POST = rg("entity"), rg("entityType"), rg("name"), rg(Predicate.HOLDS_POST)
_DATE, _BEGINS, _ENDS = rg(Predicate.EVENT_DATE), term(TIME.hasBeginning), term(TIME.hasEnd)
_LONGEST = 14  # days
_CODES = (rg("isoCode"), rg("geonamesId"))
_NOWHERE = frozenset({EntityType.COUNTRY, EntityType.SECTOR})  # to stand with these tells nothing


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity in one article: the IRIs of the mention and of the article's graph."""

    node: str
    article: str


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity by its own IRI, as the articles alone have it.

    `names` are the most frequent first; `near` are the entities that a claim ties to it, `around` all that its articles
    mention, countries and sectors apart; `posts` are the bodies in which it holds one; `countries` are ISO 3166-1
    codes, by the article; `days` are those of an event, or its months or years, as ISO 8601 has them.
    """

    entity: str
    type: EntityType
    names: tuple[str, ...]
    codes: frozenset[str]
    mentions: tuple[Mention, ...]
    near: frozenset[str]
    around: frozenset[str]
    posts: frozenset[str]
    countries: Mapping[str, frozenset[str]]
    days: frozenset[str] = frozenset()
    articles: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Gather the graphs of the articles that mention it."""
        object.__setattr__(self, "articles", frozenset(mention.article for mention in self.mentions))


def profiles(quads: ox.Store) -> dict[str, Profile]:
    """Return the profiles of all entities that articles mention, by their own IRIs."""
    mentions = _mentions(quads)
    kinds, names, codes = _said(quads, mentions)
    in_article: dict[str, set[str]] = defaultdict(set)
    for entity, found in mentions.items():
        for mention in found:
            in_article[mention.article].add(entity)
    telling = {e for e, kind in kinds.items() if kind not in _NOWHERE}
    countries = {a: frozenset(c for e in there for c in _countries(codes[e])) for a, there in in_article.items()}
    near, posts, days = _ties(quads)
    return {
        entity: Profile(
            entity,
            kinds[entity],
            tuple(sorted(names[entity], key=lambda name: (-names[entity][name], -len(name), name))),
            frozenset(codes[entity]),
            tuple(sorted(found, key=lambda mention: mention.node)),
            frozenset((near[entity] & telling) - {entity}),
            frozenset(e for m in found for e in in_article[m.article] if e in telling and e != entity),
            frozenset(posts[entity]),
            {mention.article: countries[mention.article] for mention in found},
            frozenset(days[entity]),
        )
        for entity, found in sorted(mentions.items())
        if entity in kinds
    }


def _mentions(quads: ox.Store) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for quad in quads.quads_for_pattern(None, _ENTITY, None, None):
        if isinstance(quad.graph_name, ox.NamedNode):
            said = triple(quad)
            found[said.object.value].append(Mention(said.subject.value, quad.graph_name.value))
    return found


def _said(
    quads: ox.Store, mentions: Mapping[str, list[Mention]]
) -> tuple[dict[str, EntityType], dict[str, Counter[str]], dict[str, set[str]]]:
    """Return type, names and codes by entity."""
    entity_of = {mention.node: entity for entity, found in mentions.items() for mention in found}
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    codes: dict[str, set[str]] = defaultdict(set)
    for entity, value in _of(quads, _TYPE, entity_of):
        kinds[entity][local_name(value)] += 1
    for entity, value in _of(quads, _NAME, entity_of):
        names[entity][value] += 1
    for predicate in _CODES:
        for entity, value in _of(quads, predicate, entity_of):
            codes[entity].add(value)
    chief = {e: EntityType(min(found, key=lambda kind: (-found[kind], kind))) for e, found in kinds.items()}
    return chief, names, codes


def _of(quads: ox.Store, predicate: ox.NamedNode, entity_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for quad in quads.quads_for_pattern(None, predicate, None, None):
        said = triple(quad)
        if (entity := entity_of.get(said.subject.value)) is not None:
            yield entity, said.object.value


def _ties(quads: ox.Store) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    """Return by entity those that a claim ties to it, those in which it holds a post, and the days of an event."""
    ends: dict[str, dict[ox.NamedNode, str]] = defaultdict(dict)
    for part in (SUBJECT, OBJECT, PREDICATE):
        for quad in quads.quads_for_pattern(None, part, None, None):
            if isinstance(quad.graph_name, ox.NamedNode):
                ends[triple(quad).subject.value][part] = triple(quad).object.value
    near: dict[str, set[str]] = defaultdict(set)
    posts: dict[str, set[str]] = defaultdict(set)
    days: dict[str, set[str]] = defaultdict(set)
    for claim in ends.values():
        if claim.keys() == {SUBJECT, OBJECT, PREDICATE}:
            near[claim[SUBJECT]].add(claim[OBJECT])
            near[claim[OBJECT]].add(claim[SUBJECT])
            if claim[PREDICATE] == _POST.value:
                posts[claim[SUBJECT]].add(claim[OBJECT])
            elif claim[PREDICATE] == _DATE.value:
                days[claim[SUBJECT]].update(_days(quads, claim[OBJECT]))
    return near, posts, days


def _days(quads: ox.Store, told: str) -> Iterator[str]:
    """Yield the date itself, or the days of the interval with this IRI, of a long one its first and last."""
    if not told.startswith("http"):
        yield told
        return
    ends = [date for end in (_BEGINS, _ENDS) for date in _instant(quads, told, end)]
    try:
        first, last = date.fromisoformat(ends[0]), date.fromisoformat(ends[-1])
    except (ValueError, IndexError):
        yield from ends
        return
    length = min((last - first).days, _LONGEST)
    yield from sorted({*ends, *((first + timedelta(n)).isoformat() for n in range(length + 1))})


def _instant(quads: ox.Store, interval: str, end: ox.NamedNode) -> Iterator[str]:
    for quad in quads.quads_for_pattern(iri(interval), end, None, None):
        for said in quads.quads_for_pattern(iri(triple(quad).object.value), None, None, None):
            if isinstance(value := triple(said).object, ox.Literal):
                yield value.value


def _countries(codes: set[str]) -> Iterator[str]:
    for code in codes:
        if not code.isdigit():
            yield code[:2]
