"""Which entities are worth comparing: those that share a word as it sounds, or initials; never all with all.

A key that many share is worth nothing by itself: of two entities with such keys, two of them must be common to both.
"""

from __future__ import annotations

from itertools import combinations

from regiograph.entities import names
from regiograph.entities.vocabulary import classes
from regiograph.matching.profiles import Profile
from regiograph.matching.spelling import sound, words
from regiograph.terms import EntityType

CROWDED = 60
"""Entities that share a key, beyond which they must share another."""
FULL = 120
"""Entities that share two keys, beyond which none of them is compared for these."""

_BODIES = frozenset({EntityType.COMPANY, EntityType.ORGANIZATION, EntityType.GOVERNMENT_BODY, EntityType.NETWORK})
_APART = frozenset({EntityType.COUNTRY, EntityType.SECTOR})  # of these the name is all there is
_CHIEF = 4  # names of an entity by which it is found
_INITIALS, _ACRONYM = "~", "="  # begin the keys of a name's initials, and of a name that is written as initials
_COMBINED = 6  # keys of an entity that are combined two by two


def group(kind: EntityType) -> str | None:
    """Return within what an entity of a type is looked for; None if it is not."""
    return None if kind in _APART else "body" if kind in _BODIES else kind.value


def keys(profile: Profile) -> tuple[str, ...]:
    """Return the keys by which an entity is found, sorted."""
    where = group(profile.type)
    if where is None:
        return ()
    found: set[str] = set()
    for name in profile.names[:_CHIEF]:
        found.update(sound(word) for word in words(name) if len(word) > 2 and not _says_kind(word, profile.type))
        if profile.type is not EntityType.PERSON:
            found.update(f"{_INITIALS}{initials.lower()}" for initials in names.acronyms(name))
            if names.is_acronym(name):
                found.add(f"{_ACRONYM}{names.bare(name).lower()}")
    found.update(f"@{day}" for day in profile.days)
    if profile.type is EntityType.PROJECT:
        found.update(f"&{near}" for near in profile.near)
    return tuple(sorted(f"{where} {key}" for key in found))


def met(key: str) -> tuple[str, ...]:
    """Return the keys by which those are found who may be whom a key finds.

    Names with the same initials are nothing to each other, unless one is written so.
    """
    where, _, said = key.partition(" ")
    if " + " in key or said[:1] not in (_INITIALS, _ACRONYM):
        return (key,)
    acronym, initials = f"{where} {_ACRONYM}{said[1:]}", f"{where} {_INITIALS}{said[1:]}"
    return (acronym, initials) if said[0] == _ACRONYM else (acronym,)


def pairs(single: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of an entity combined two by two, for where both are crowded."""
    return tuple(f"{one} + {other}" for one, other in combinations(single[:_COMBINED], 2))


def _says_kind(word: str, kind: EntityType) -> bool:
    """Whether a word of a body's name says of what kind it is, so that very many share it."""
    return kind is not EntityType.PERSON and bool({"government", "legal", "company", "site"} & set(classes(word)))
