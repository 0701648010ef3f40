"""Under which names articles speak of an entity, counted, so that its label follows from all of them."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from regiograph.rdf.nodes import rg

_ENTITY, _TYPE, _NAME = rg("entity"), rg("entityType"), rg("name")
_ISO, _GEONAMES = rg("isoCode"), rg("geonamesId")
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
        """Its names, the most frequent first, ties in the order of their code points."""
        counts: Counter[str] = Counter()
        for record, count in self.items():
            counts[record.name] += count
        return tuple(sorted(counts, key=lambda name: (-counts[name], name)))

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """All (scheme, code) pairs given for it."""
        return tuple(sorted({code for record in self for code in record.codes}))


class Tallies:
    """The tallies of a store's entities: read from its mentions when first asked for, the latest used ones kept.

    A name known to ten thousand articles is so counted once and not at every new article.
    """

    def __init__(self, quads: ox.Store) -> None:
        self._quads = quads
        self._kept: OrderedDict[str, Tally] = OrderedDict()

    def of(self, entity: str) -> Tally:
        """Return the tally of the entity with this IRI; empty if no article mentions it."""
        if entity not in self._kept:
            self._kept[entity] = self._read(entity)
        self._kept.move_to_end(entity)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[entity]

    def after(self, old: Mapping[str, Record], new: Mapping[str, Record]) -> dict[str, Tally]:
        """Return the tallies of the entities of an article once its mentions change from `old` to `new`."""
        found: dict[str, Tally] = {}
        for entity in sorted(old.keys() | new.keys()):
            counts = Tally(self.of(entity))
            counts.subtract([old[entity]] if entity in old else [])
            counts.update([new[entity]] if entity in new else [])
            found[entity] = Tally({record: count for record, count in counts.items() if count > 0})
        return found

    def keep(self, tallies: Mapping[str, Tally]) -> None:
        """Take over tallies that have been committed."""
        self._kept.update(tallies)

    def close(self) -> None:
        """Forget everything, the database included."""
        self._kept.clear()
        del self._quads

    def _read(self, entity: str) -> Tally:
        mentions = self._quads.quads_for_pattern(None, _ENTITY, ox.NamedNode(entity), None)
        quads = (q for m in mentions for q in self._quads.quads_for_pattern(m.subject, None, None, m.graph_name))
        return Tally(record for _, record in _grouped(quads))


def records(quads: Iterable[ox.Quad]) -> dict[str, Record]:
    """Return the mention records among the quads of one article's graph, by the entity's IRI."""
    return dict(_grouped(quads))


def _grouped(quads: Iterable[ox.Quad]) -> list[tuple[str, Record]]:
    said: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        if quad.predicate in (_ENTITY, _TYPE, _NAME, _ISO, _GEONAMES):
            said.setdefault(quad.subject.value, []).append(quad)
    return [_record(mention) for mention in said.values()]


def _record(mention: list[ox.Quad]) -> tuple[str, Record]:
    only = {quad.predicate: quad.object.value for quad in mention}
    codes = sorted(
        ("geonames" if quad.predicate == _GEONAMES else _iso(quad.object.value), quad.object.value)
        for quad in mention
        if quad.predicate in (_ISO, _GEONAMES)
    )
    return only[_ENTITY], Record(only[_TYPE], only[_NAME], tuple(codes))


def _iso(code: str) -> str:
    return "iso3166-2" if "-" in code else "iso3166-1"
