"""What one article tells of its entities that helps to know them again: names, codes, ties, posts, days of events."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

import pyoxigraph as ox

from regiograph.rdf.nodes import OBJECT, PREDICATE, SUBJECT, iri, rg, term, triple
from regiograph.rdf.vocabulary import TIME, local_name
from regiograph.terms import EntityType, Predicate

_ENTITY, _TYPE, _NAME = rg("entity"), rg("entityType"), rg("name")
_CODES = (rg("isoCode"), rg("geonamesId"))
_POST, _DATE = rg(Predicate.HOLDS_POST).value, rg(Predicate.EVENT_DATE).value
_BEGINS, _ENDS = term(TIME.hasBeginning), term(TIME.hasEnd)
_LONGEST = 14  # days

Tie = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """An entity as one article has it: its type, its names there and its codes, sorted."""

    type: EntityType
    names: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The entities of one article by their own IRIs, and what its claims tell.

    `ties` are the pairs, subject and object, that a claim ties, `posts` those of them of a person and the body in which
    he holds one; `days` are those of an event, or its months or years, as ISO 8601 has them.
    """

    entities: Mapping[str, Told]
    ties: tuple[Tie, ...] = ()
    posts: tuple[Tie, ...] = ()
    days: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, quads: ox.Store, article: str) -> Self | None:
        """Return the sheet of the article with this graph; None if the store has none."""
        graph = iri(article)
        mentions = dict(_said(quads, _ENTITY, graph))
        if not mentions:
            return None
        types, names = dict(_said(quads, _TYPE, graph)), _several(quads, (_NAME,), graph)
        codes = _several(quads, _CODES, graph)
        nodes: dict[str, list[str]] = defaultdict(list)
        for node, entity in sorted(mentions.items()):
            nodes[entity].append(node)
        entities = {
            entity: Told(
                EntityType(local_name(types[own[0]])),
                tuple(sorted(name for node in own for name in names[node])),
                tuple(sorted({code for node in own for code in codes[node]})),
            )
            for entity, own in sorted(nodes.items())
        }
        return cls(entities, *_claimed(quads, graph, entities))

    def to_json(self) -> str:
        """Return it as JSON."""
        told = {entity: [each.type.value, each.names, each.codes] for entity, each in self.entities.items()}
        return json.dumps([told, self.ties, self.posts, self.days], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the sheet of which `to_json` made this."""
        told, ties, posts, days = json.loads(text)
        return cls(
            {
                sys.intern(entity): Told(EntityType(kind), tuple(names), tuple(codes))
                for entity, (kind, names, codes) in told.items()
            },
            tuple((sys.intern(one), sys.intern(other)) for one, other in ties),
            tuple((sys.intern(one), sys.intern(other)) for one, other in posts),
            {event: tuple(each) for event, each in days.items()},
        )

    def countries(self) -> tuple[str, ...]:
        """Return the countries of what it tells of, as ISO 3166-1 codes, sorted."""
        codes = {code[:2] for told in self.entities.values() for code in told.codes if not code.isdigit()}
        return tuple(sorted(codes))


def _claimed(
    quads: ox.Store, graph: ox.NamedNode, entities: Mapping[str, Told]
) -> tuple[tuple[Tie, ...], tuple[Tie, ...], dict[str, tuple[str, ...]]]:
    subjects, objects, predicates = (dict(_said(quads, part, graph)) for part in (SUBJECT, OBJECT, PREDICATE))
    ties: set[Tie] = set()
    posts: set[Tie] = set()
    days: dict[str, set[str]] = defaultdict(set)
    for claim, subject in subjects.items():
        if claim not in objects or claim not in predicates:
            continue
        if objects[claim] in entities:
            ties.add((subject, objects[claim]))
            if predicates[claim] == _POST:
                posts.add((subject, objects[claim]))
        elif predicates[claim] == _DATE:
            days[subject].update(_days(quads, objects[claim]))
    return tuple(sorted(ties)), tuple(sorted(posts)), {event: tuple(sorted(days[event])) for event in sorted(days)}


def _said(quads: ox.Store, predicate: ox.NamedNode, graph: ox.NamedNode) -> Iterator[tuple[str, str]]:
    for quad in quads.quads_for_pattern(None, predicate, None, graph):
        said = triple(quad)
        yield said.subject.value, said.object.value


def _several(quads: ox.Store, predicates: tuple[ox.NamedNode, ...], graph: ox.NamedNode) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for predicate in predicates:
        for node, value in _said(quads, predicate, graph):
            found[node].append(value)
    return found


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
