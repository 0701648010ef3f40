"""How likely two names are of one thing: a logistic regression over how they compare, one for people, one for others.

The weights are fitted by `scripts/training/fit-matching` on names varied by rule; no name of the tests is among them.
"""

from __future__ import annotations

import json
import math
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from regiograph.entities import gazetteer
from regiograph.matching.comparing import Comparison, compare
from regiograph.terms import EntityType

_NEARLY = 0.8
_PLACES_NAMED = MappingProxyType(
    {
        EntityType.COUNTRY: gazetteer.countries_named,
        EntityType.REGION: gazetteer.subdivisions_named,
        EntityType.CITY: gazetteer.cities_named,
    }
)


def likeness(kind: EntityType, one: str, other: str) -> float:
    """Return how likely two names of entities of a type are of one, from 0 to 1.

    Of places that the gazetteer knows by both names it says so itself.
    """
    if one.casefold() == other.casefold():
        return 1.0
    first, second = (_codes(kind, name) for name in (one, other))
    if first and second:
        return 1.0 if first & second else 0.0
    met = compare(kind, one, other)
    if not (met.alike or met.acronym or met.whole > _NEARLY):
        return 0.0  # not a word in common
    return weighed(kind, met)


@lru_cache(maxsize=65536)
def _codes(kind: EntityType, name: str) -> frozenset[str]:
    """Return the codes of the places of this type that the gazetteer knows by a name."""
    named = _PLACES_NAMED.get(kind)
    return frozenset(place.code for place in named(name)) if named else frozenset()


def weighed(kind: EntityType, comparison: Comparison) -> float:
    """Return the probability that a comparison gives."""
    weights = _weights()["person" if kind is EntityType.PERSON else "other"]
    total = weights[-1] + sum(weight * value for weight, value in zip(weights, traits(comparison), strict=False))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def traits(comparison: Comparison) -> tuple[float, ...]:
    """Return what is weighed: the comparison's numbers, and those of their products that tell more than they do."""
    c = comparison
    return (*c, c.alike * c.alike, c.worst * c.last, c.first * c.last, c.more * c.single, c.apart * (1 - c.whole))


@cache
def _weights() -> dict[str, list[float]]:
    text = resources.files("regiograph.matching").joinpath("data/weights.json").read_text(encoding="utf-8")
    found: dict[str, list[float]] = json.loads(text)
    return found
