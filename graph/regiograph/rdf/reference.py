"""Reference data: what the gazetteer knows of a place that articles mention, and of the places it lies in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from regiograph.entities.gazetteer import place
from regiograph.entities.identity import BASE, entity_iri
from regiograph.entities.places import CITY, Place
from regiograph.rdf.facts import WITHIN
from regiograph.rdf.nodes import LABEL, TYPE, Triple, decimal, iri, rg, term, text
from regiograph.rdf.vocabulary import GEO


def reference(node: str, codes: Iterable[tuple[str, str]], *, base: str = BASE) -> tuple[Triple, ...]:
    """Return the gazetteer's data on the place `node`, and on each place up the chain that contains it.

    A code that the gazetteer does not know (it may be newer than the data) adds nothing.
    """
    found = [known for scheme, code in codes if (known := _place(scheme, code)) is not None]
    return tuple(dict.fromkeys(triple for known in found for triple in _chain(node, known, base)))


def _place(scheme: str, code: str) -> Place | None:
    try:
        return place(scheme, code)
    except KeyError:
        return None


def _chain(node: str, known: Place, base: str) -> Iterator[Triple]:
    subject = iri(node)
    yield from _described(subject, known)
    if known.parent is not None:
        container = place(*known.parent)
        name = entity_iri(base, container.type, container.name, salt=container.salt)
        yield Triple(subject, WITHIN, iri(name))
        yield from _chain(name, container, base)


def _described(node: ox.NamedNode, known: Place) -> Iterator[Triple]:
    yield Triple(node, TYPE, rg(known.type))
    yield Triple(node, LABEL, text(known.name))
    yield Triple(node, rg("geonamesId" if known.scheme == CITY else "isoCode"), text(known.code))
    if known.latitude is not None and known.longitude is not None:
        yield Triple(node, term(GEO.lat), decimal(f"{known.latitude:.5f}"))
        yield Triple(node, term(GEO.long), decimal(f"{known.longitude:.5f}"))
