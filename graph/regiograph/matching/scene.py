"""What surrounds entities: how much it tells to stand with each, whose names sound like a word, whose a project is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from regiograph.matching.profiles import Profile
from regiograph.matching.spelling import sound, words
from regiograph.terms import EntityType

NAMES = 3
"""So many names of an entity are compared, the most frequent ones."""

_ASIDE = 3  # times less tells what two articles mention, than what is told to have to do with the two entities
_OWNERS = frozenset({EntityType.COMPANY, EntityType.ORGANIZATION})
_PLACES = frozenset({EntityType.CITY, EntityType.SITE, EntityType.REGION})


@dataclass(frozen=True, slots=True)
class Scene:
    """All entities by IRI, how much it tells to stand with each, and whose names have a word that sounds so."""

    known: Mapping[str, Profile]
    rarity: Mapping[str, float]
    bearers: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, known: Mapping[str, Profile]) -> Scene:
        """Return the scene of some entities: 1 for one that two articles know, less the more know it."""
        bearers: dict[str, set[str]] = defaultdict(set)
        for entity, profile in known.items():
            for name in profile.names[:NAMES]:
                for word in words(name):
                    bearers[sound(word)].add(entity)
        return cls(known, {e: min(1.0, 1 / math.log2(max(2, len(p.articles)))) for e, p in known.items()}, bearers)

    def is_near(self, word: str, *profiles: Profile) -> bool:
        """Whether a word sounds like one of the names of what one of some entities stands with."""
        bearers = frozenset(self.bearers.get(sound(word), ()))
        return any(not bearers.isdisjoint(each) for profile in profiles for each in (profile.near, profile.around))

    def company(self, one: Profile, other: Profile) -> tuple[frozenset[str], float]:
        """Return what a claim ties to one entity and an article or claim to the other, and how much the company tells.

        Without any it is what their articles mention, which tells less.
        """
        shared = (one.near & other.near) | (one.near & other.around) | (one.around & other.near)
        told = sum(self.rarity.get(entity, 0.0) for entity in sorted(shared or one.around & other.around))
        return shared, told if shared else told / _ASIDE

    def owners(self, profile: Profile) -> frozenset[str]:
        """Return the companies and organisations that a claim ties to a project."""
        if profile.type is not EntityType.PROJECT:
            return frozenset()
        return frozenset(e for e in profile.near if e in self.known and self.known[e].type in _OWNERS)

    def places(self, profile: Profile) -> frozenset[str]:
        """Return the cities, sites and regions that a claim ties to an entity."""
        return frozenset(e for e in profile.near if e in self.known and self.known[e].type in _PLACES)
