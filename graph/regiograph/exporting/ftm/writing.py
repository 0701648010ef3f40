"""The store as lines of FollowTheMoney entities: documents first, then things, then what ties them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

import pyoxigraph as ox

from regiograph.exporting.articles import articles
from regiograph.exporting.ftm.book import Book
from regiograph.exporting.ftm.entities import Entity
from regiograph.exporting.ftm.telling import tell
from regiograph.network.facts import stated
from regiograph.network.projection import ALL_FACTS, project
from regiograph.rdf.nodes import rg, triple
from regiograph.rdf.store import Store

_TIES = frozenset({"Occupancy", "Membership", "Representation", "Ownership", "ProjectParticipant", "UnknownLink"})

LeftOut = tuple[tuple[str, int], ...]


def write(store: Store, out: IO[bytes]) -> LeftOut:
    """Write the store's entities and asserted facts; returns what was left out, the most frequent first.

    What is left out is called by a predicate ("hasIndicator", "planned investsIn"), by a qualifier of one ("amount of
    investsIn"), or by the type of an entity.

    Raises:
        OSError: the stream cannot be written to.
    """
    book = _told(store)
    for entity in sorted(book.entities.values(), key=_place):
        out.write(entity.line())
    return tuple(sorted(book.left_out.items(), key=lambda item: (-item[1], item[0])))


def _told(store: Store) -> Book:
    graph = project(store.quads, facts_at_most=ALL_FACTS)
    book = Book(graph, store.base, _countries(store.quads))
    for article in articles(store.quads):
        book.document(article)
    tell(book, stated(graph))
    for kind in book.untold():
        book.leave(kind)
    return book


def _countries(quads: ox.Store) -> Mapping[str, str]:
    """Return the code of the country that a country or region is or lies in, from its own ISO 3166 code."""
    found = map(triple, quads.quads_for_pattern(None, rg("isoCode"), None, None))
    codes = sorted((place.value, code.value) for place, _, code in found)
    return {place: code.split("-")[0].lower() for place, code in codes}


def _place(entity: Entity) -> tuple[int, str]:
    rank = 0 if entity.schema == "Article" else 2 if entity.schema in _TIES else 1
    return rank, entity.id
