"""Which of the places with a name an article means: other places of the same country decide, then population."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from regiograph.entities import gazetteer
from regiograph.entities.clusters import AREAS, Cluster
from regiograph.entities.placenames import MACRO_REGIONS, fold, settlement, split_head
from regiograph.entities.places import Place
from regiograph.model import Mention
from regiograph.terms import EntityType

_NAMED = {
    EntityType.COUNTRY: gazetteer.countries_named,
    EntityType.REGION: gazetteer.subdivisions_named,
    EntityType.CITY: gazetteer.cities_named,
}
_LOCAL_HEADS = frozenset("district raion rayon municipality".split())
_NEVER_BARE = _LOCAL_HEADS | frozenset("region oblast krai kray territory regency governorate".split())
_CONTEXT = 2.0  # a country that the article speaks of is worth a hundred times the population
_SAME_AREA = 1.0
_UNKNOWN_POPULATION = 100_000


def retyped(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Read "Wakayama" as the prefecture where the article calls it one.

    A name without head word that elsewhere has one means that area, unless a city is called so too and the words are
    "in Wakayama", or the head is one that texts drop for the area only rarely ("Tomsk" and "the Tomsk region").
    """
    heads = {
        stem: set(head.split())
        for mention in mentions
        if mention.type is EntityType.REGION
        for stem, head in (split_head(fold(text[slice(*mention.span)])),)
        if head
    }
    return [_as_area(text, mention, heads) for mention in mentions]


def _as_area(text: str, mention: Mention, heads: Mapping[str, set[str]]) -> Mention:
    surface = text[slice(*mention.span)]
    if mention.type is EntityType.CITY and fold(surface) in MACRO_REGIONS:
        return replace(mention, type=EntityType.REGION)
    if mention.type is not EntityType.CITY or fold(surface) not in heads:
        return mention
    head = heads[fold(surface)]
    is_city = bool(gazetteer.cities_named(surface))
    in_it = text[: mention.span.start].endswith(("in ", "In "))
    if head & _NEVER_BARE if is_city else head & _LOCAL_HEADS:
        return mention
    return mention if is_city and in_it else replace(mention, type=EntityType.REGION)


def locate(clusters: Sequence[Cluster]) -> Counter[str]:
    """Set the place of each cluster that the gazetteer knows; return how much each country is spoken of.

    The result depends on the article as a whole, not on the order of its mentions.
    """
    options = [(cluster, candidates(cluster)) for cluster in clusters if cluster.type in AREAS]
    countries: Counter[str] = Counter()
    for cluster, places in options:
        if len({place.country for place in places}) == 1:
            countries[places[0].country] += len(cluster.spans)
    areas = {place.code for _, places in options if len(places) == 1 for place in places}
    for cluster, places in options:
        if places:
            cluster.place = _likeliest(places, countries, areas)
            cluster.votes = Counter({cluster.place.type: 1})
    return countries


def candidates(cluster: Cluster) -> tuple[Place, ...]:
    """Return the places that a cluster's names can stand for, of its type, or, where there are none, of another.

    A name of both a country and a subdivision (Georgia) gives both; of a country and its city (Singapore) the country.
    """
    own = _named(cluster, cluster.type)
    if cluster.type is EntityType.CITY:
        return _named(cluster, EntityType.COUNTRY) or own or _named(cluster, EntityType.REGION)
    if cluster.type is EntityType.REGION:
        cities = () if _says_region(cluster) else _named(cluster, EntityType.CITY)
        return (*own, *_named(cluster, EntityType.COUNTRY)) or cities
    return (*(own or _by_demonym(cluster)), *_named(cluster, EntityType.REGION))


def _says_region(cluster: Cluster) -> bool:
    return any(split_head(fold(name))[1] for name in cluster.names)


def _named(cluster: Cluster, kind: EntityType) -> tuple[Place, ...]:
    """Return the places of a kind with one of the cluster's names; a part of the world is none of them."""
    if any(fold(name) in MACRO_REGIONS for name in cluster.names):
        return ()
    return tuple(dict.fromkeys(place for name in cluster.names for place in _NAMED[kind](settlement(name))))


def _by_demonym(cluster: Cluster) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(place for name in cluster.names if (place := gazetteer.demonym(name))))


def _likeliest(places: Sequence[Place], countries: Counter[str], areas: set[str]) -> Place:
    def score(place: Place) -> float:
        size = math.log10(max(place.population or _UNKNOWN_POPULATION, 1000))
        return size + _CONTEXT * min(1.0, countries[place.country] / 2) + _SAME_AREA * (place.admin in areas)

    return min(places, key=lambda place: (-score(place), place.scheme, place.code))
