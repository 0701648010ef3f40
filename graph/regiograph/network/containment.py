"""Which places lie in which, and the region that each belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from regiograph.terms import EntityType

PLACES = frozenset({EntityType.COUNTRY, EntityType.REGION, EntityType.CITY, EntityType.SITE})
_WIDE = (EntityType.COUNTRY, EntityType.REGION)

Parents = Callable[[Collection[str]], Iterable[tuple[str, str, str, str]]]
"""Tells of some places in what they lie: (place, whole, type of the whole, its name)."""


class Location(NamedTuple):
    """Where a place is.

    `area` is the IRI of the nearest region that it is or lies in, else of the city or of itself; `name` is that one's;
    `around` are the IRIs of all that it lies in, sorted.
    """

    area: str
    name: str
    around: tuple[str, ...]


def locations(places: Mapping[str, tuple[str, str]], parents: Parents) -> Mapping[str, Location]:
    """Return the location of each place; `places` are types and names by IRI."""
    known = dict(places)
    wholes: dict[str, set[str]] = defaultdict(set)
    waiting = set(places)
    while waiting:
        found = tuple(parents(sorted(waiting)))
        for place, whole, kind, name in found:
            wholes[place].add(whole)
            known.setdefault(whole, (kind, name))
        waiting = {whole for _, whole, _, _ in found} - wholes.keys() - waiting
    return {place: _location(place, known, wholes) for place in sorted(places)}


def _location(place: str, known: Mapping[str, tuple[str, str]], wholes: Mapping[str, Iterable[str]]) -> Location:
    levels = _levels(place, wholes)
    regions = [node for node in levels if known[node][0] == EntityType.REGION]
    cities = [node for node in levels if known[node][0] == EntityType.CITY]
    own = known[place][0]
    area = place if own in _WIDE else next(iter((*regions, *cities)), place)
    return Location(area, known[area][1], tuple(sorted(levels[1:])))


def _levels(place: str, wholes: Mapping[str, Iterable[str]]) -> list[str]:
    """Return a place and all that it lies in, the nearest first, those as near in the order of their IRIs."""
    found = [place]
    for node in found:
        found += sorted(set(wholes.get(node, ())) - set(found))
    return found
