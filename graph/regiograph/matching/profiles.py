"""An entity as the articles that mention it have it together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from regiograph.matching.sheets import Sheet
from regiograph.terms import EntityType

TELLING = 200
"""So many articles of an entity, the first by IRI, make its profile; more would tell nothing new."""

_NOWHERE = frozenset({EntityType.COUNTRY, EntityType.SECTOR})  # to stand with these tells nothing
_OWNERS = frozenset({EntityType.COMPANY, EntityType.ORGANIZATION})
_PLACES = frozenset({EntityType.CITY, EntityType.SITE, EntityType.REGION})


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity by its own IRI, as the articles alone have it.

    `names` are the most frequent first; `near` are the entities that a claim ties to it, `owners` and `places` those of
    them that are companies or organisations, and cities, sites or regions; `around` are all that its articles mention,
    countries and sectors apart, and `named` how they call them; `posts` are the bodies in which it
    holds one; `countries` are ISO 3166-1 codes; `days` are those of an event, or its months or years, as ISO 8601 has
    them; `articles` are numbers of all articles that mention it.
    """

    entity: str
    type: EntityType
    names: tuple[str, ...]
    codes: frozenset[str]
    near: frozenset[str]
    owners: frozenset[str]
    places: frozenset[str]
    around: frozenset[str]
    named: frozenset[str]
    posts: frozenset[str]
    countries: frozenset[str]
    days: frozenset[str]
    articles: frozenset[int]

    @classmethod
    def of(cls, entity: str, sheets: Iterable[Sheet], articles: frozenset[int]) -> Profile:
        """Return the profile of an entity that all of some sheets, at least one, tell of."""
        kinds: Counter[EntityType] = Counter()
        names: Counter[str] = Counter()
        codes: set[str] = set()
        near: dict[str, EntityType] = {}
        around: set[str] = set()
        named: set[str] = set()
        posts: set[str] = set()
        countries: set[str] = set()
        days: set[str] = set()
        for sheet in sheets:
            told = sheet.entities[entity]
            kinds[told.type] += 1
            names.update(told.names)
            codes.update(told.codes)
            beside = {e: each for e, each in sheet.entities.items() if each.type not in _NOWHERE and e != entity}
            around.update(beside)
            named.update(name for each in beside.values() for name in each.names)
            tied = (end for tie in sheet.ties if entity in tie for end in tie)
            near.update((end, beside[end].type) for end in tied if end in beside)
            posts.update(body for holder, body in sheet.posts if holder == entity)
            countries.update(sheet.countries())
            days.update(sheet.days.get(entity, ()))
        return cls(
            entity,
            min(kinds, key=lambda kind: (-kinds[kind], kind)),
            tuple(sorted(names, key=lambda name: (-names[name], -len(name), name))),
            frozenset(codes),
            frozenset(near),
            frozenset(e for e, kind in near.items() if kind in _OWNERS),
            frozenset(e for e, kind in near.items() if kind in _PLACES),
            frozenset(around),
            frozenset(named),
            frozenset(posts),
            frozenset(countries),
            frozenset(days),
            articles,
        )

    def among(self, first: Callable[[str], str]) -> Profile:
        """Return it as it stands with groups of entities, each told by its `first`."""
        near, owners, places, around, posts = (
            frozenset(map(first, each)) for each in (self.near, self.owners, self.places, self.around, self.posts)
        )
        return replace(self, near=near, owners=owners, places=places, around=around, posts=posts)
