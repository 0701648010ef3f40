"""Under which names articles speak of an entity, counted, so that its label follows from all of them.

The counts lie in a graph of their own and change with each article, so that a name known to ten thousand articles is
not counted anew for another one.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.rdf.draft import Draft
from regiograph.rdf.graphs import tallies_iri
from regiograph.rdf.identities import IDENTIFIED_AS, Identities
from regiograph.rdf.nodes import Triple, iri, rg, text, triple

_ENTITY, _TYPE, _NAME = rg("entity"), rg("entityType"), rg("name")
_ISO, _GEONAMES = rg("isoCode"), rg("geonamesId")
_SAID = frozenset({_ENTITY, _TYPE, _NAME, _ISO, _GEONAMES})
_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Record:
    """What one article's mention of an entity says: its type, its name, its gazetteer codes."""

    type: str
    name: str
    codes: tuple[tuple[str, str], ...]


class Tally(Counter[Record]):
    """How many articles mention an entity with each record."""

    @property
    def types(self) -> tuple[str, ...]:
        """IRIs of the classes it is mentioned as."""
        return tuple(sorted({record.type for record in self}))

    @property
    def names(self) -> tuple[str, ...]:
        """Its names, the most frequent first, of equals the longest, then in the order of their code points."""
        counts: Counter[str] = Counter()
        for record, count in self.items():
            counts[record.name] += count
        return tuple(sorted(counts, key=lambda name: (-counts[name], -len(name), name)))

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """All (scheme, code) pairs given for it."""
        return tuple(sorted({code for record in self for code in record.codes}))


class Tallies:
    """The tallies of a store's entities, the latest used ones kept in memory.

    They are `stored` unless the store was written by somebody who does not count; then they are read from the mentions.
    """

    def __init__(self, quads: ox.Store, identities: Identities, base: str, *, stored: bool) -> None:
        self._quads, self._identities = quads, identities
        self.graph, self._counted = tallies_iri(base), iri(base + "tally")
        self.stored = stored
        self._kept: OrderedDict[str, Tally] = OrderedDict()

    def of(self, entity: str) -> Tally:
        """Return the tally of the entity with this IRI; empty if no article mentions it."""
        if entity not in self._kept:
            self._kept[entity] = self._read(entity)
        self._kept.move_to_end(entity)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[entity]

    def after(self, old: Iterable[tuple[str, Record]], new: Iterable[tuple[str, Record]]) -> dict[str, Tally]:
        """Return the tallies of the entities of an article once its mentions change from `old` to `new`."""
        gone, come = _by_entity(old), _by_entity(new)
        found: dict[str, Tally] = {}
        for entity in sorted(gone.keys() | come.keys()):
            counts = Tally(self.of(entity))
            counts.subtract(gone.get(entity, ()))
            counts.update(come.get(entity, ()))
            found[entity] = Tally({record: count for record, count in counts.items() if count > 0})
        return found

    def revise(self, draft: Draft, tallies: Mapping[str, Tally]) -> None:
        """Write new tallies of entities in place of the stored ones."""
        if not self.stored:
            return
        for entity, tally in tallies.items():
            before, after = (frozenset(self._told(entity, each)) for each in (self.of(entity), tally))
            for said in before - after:
                draft.remove(said, self.graph)
            for said in after - before:
                draft.add(said, self.graph)

    def counted(self) -> Iterator[ox.Quad]:
        """Yield what is to be stored, counted anew from the mentions of all articles."""
        ends = (rg("entity"), IDENTIFIED_AS)
        for entity in {
            triple(q).object.value for p in ends for q in self._quads.quads_for_pattern(None, p, None, None)
        }:
            for said in self._told(entity, self._counted_anew(entity)):
                yield said.within(self.graph)

    def keep(self, tallies: Mapping[str, Tally]) -> None:
        """Take over tallies that have been committed."""
        self._kept.update(tallies)

    def close(self) -> None:
        """Forget everything, the database included."""
        self._kept.clear()
        del self._quads, self._identities

    def _told(self, entity: str, tally: Tally) -> Iterator[Triple]:
        for record, count in tally.items():
            told = json.dumps([record.type, record.name, record.codes, count], ensure_ascii=False)
            yield Triple(iri(entity), self._counted, text(told))

    def _read(self, entity: str) -> Tally:
        if not self.stored:
            return self._counted_anew(entity)
        found: dict[Record, int] = {}
        for quad in self._quads.quads_for_pattern(iri(entity), self._counted, None, self.graph):
            kind, name, codes, count = json.loads(triple(quad).object.value)
            found[Record(kind, name, tuple((scheme, code) for scheme, code in codes))] = count
        return Tally(found)

    def _counted_anew(self, entity: str) -> Tally:
        """Read the mentions of an entity, each with its graph, from all articles."""
        found = self._identities.mentions(iri(entity))
        said = (quad for node, graph in found for quad in self._quads.quads_for_pattern(node, None, None, graph))
        return Tally(record for _, record in _mentions(said))


def records(quads: Iterable[ox.Quad], called: Mapping[str, str]) -> list[tuple[str, Record]]:
    """Return the mention records among the quads of one article's graph, each with the IRI of its entity.

    `called` tells under which IRI the graph's entities are known; one that it does not name keeps its own.
    """
    return [(called.get(entity, entity), record) for entity, record in _mentions(quads)]


def _by_entity(told: Iterable[tuple[str, Record]]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for entity, record in told:
        found[entity].append(record)
    return found


def _mentions(quads: Iterable[ox.Quad]) -> list[tuple[str, Record]]:
    said: dict[str, list[tuple[ox.NamedNode, str]]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in _SAID:
            node, predicate, obj = triple(quad)
            said[node.value].append((predicate, obj.value))
    return [_record(mention) for mention in said.values()]


def _record(mention: list[tuple[ox.NamedNode, str]]) -> tuple[str, Record]:
    said = dict(mention)
    codes = ((_scheme(predicate, value), value) for predicate, value in mention if predicate in (_ISO, _GEONAMES))
    return said[_ENTITY], Record(said[_TYPE], said[_NAME], tuple(sorted(codes)))


def _scheme(predicate: ox.NamedNode, code: str) -> str:
    if predicate == _GEONAMES:
        return "geonames"
    return "iso3166-2" if "-" in code else "iso3166-1"
